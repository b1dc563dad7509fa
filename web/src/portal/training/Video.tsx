import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Notice } from '../../ui/kit.tsx';
import { lessonWords } from '../pages/Lesson.tsx';
import { note, place } from './learned.ts';

const Address = graphql(`query LessonAddress($id: ID!, $lesson: String!) { enrollment(id: $id) { id lesson(key: $lesson) { key content { url } } } }`);
const often = 10 * 60_000;
const clock = (n: number) => `${Math.floor(n / 60)}:${String(Math.floor(n % 60)).padStart(2, '0')}`;

/** A video that goes on where it was left, and tells which stretches of it were watched. */
export default function Video(p: { enrollmentId: string; lesson: string; url: string; title: string; seconds: number; resumeAt: number; send: () => Promise<void> }) {
  const t = lessonWords.use();
  const client = useClient();
  const [url, setUrl] = useState(p.url); // another address for the same video would begin it anew
  const [failed, setFailed] = useState(false);
  const asked = useRef(-Infinity);
  const bad = useRef(''); // an address fails once, however often that is heard
  const was = useRef<{ at: number; played: boolean } | null>(null);
  const video = useRef<HTMLVideoElement>(null);
  const from = useRef<number | null>(null);
  const last = useRef(0);
  const { enrollmentId, lesson, seconds, send } = p;
  const [at] = useState(place); // what was watched is told when one has begun to act for another, too
  const tell = useRef<(to?: number) => void>(() => undefined);
  tell.current = (to = last.current) => {
    const start = from.current;
    from.current = null;
    if (start === null) return;
    const a = Math.floor(start), b = Math.min(seconds || Math.ceil(to), Math.ceil(to));
    if (b > a && to - start > 0.4) { note({ enrollmentId, lesson, kind: 'WATCHED', from: a, to: b }, at); void send(); }
  };
  useEffect(() => () => tell.current(), []);
  const time = () => video.current?.currentTime ?? 0;
  const tick = () => {
    const now = time();
    if (video.current?.paused || video.current?.seeking) return;
    if (from.current === null) from.current = now;
    else if (Math.abs(now - last.current) > 2) { tell.current(); from.current = now; } // somebody has jumped
    else if (now - from.current >= 15) { last.current = now; tell.current(now); from.current = now; }
    last.current = now;
  };
  // An address is good for a while only: where it fails, another one is asked for, and the video goes on by it.
  // What fails again soon after is no matter of the address.
  const fail = async () => {
    if (bad.current === url) return;
    bad.current = url;
    tell.current();
    const v = video.current;
    if (!v || performance.now() - asked.current < often) { setFailed(true); return; }
    asked.current = performance.now();
    was.current = v.currentTime > 0 ? { at: v.currentTime, played: !v.paused } : was.current;
    const { data } = await client.query(Address, { id: enrollmentId, lesson }, { requestPolicy: 'network-only' }).toPromise();
    const now = data?.enrollment?.lesson?.content?.url;
    if (now && now !== url) setUrl(now);
    else setFailed(true);
  };
  const begin = () => {
    if (was.current && video.current) {
      const { at, played } = was.current;
      was.current = null;
      video.current.currentTime = at;
      if (played) video.current.play().catch(() => undefined); // a browser that wants to be asked for it shows its button
    } else if (p.resumeAt > 2 && video.current && p.resumeAt < (video.current.duration || seconds) - 3) video.current.currentTime = p.resumeAt;
  };
  // A video begins to load when its element is made. What happens to it before the page has
  // taken the element in, which can wait for other parts of the page, is told to nobody.
  useLayoutEffect(() => {
    if (video.current?.error) void fail();
    else if (video.current?.readyState) begin();
  }, []);
  if (failed) return <Notice tone="bad">{t.videoFailed}</Notice>;
  return (
    <figure className="le-video">
      <video ref={video} src={url} controls playsInline preload="metadata" aria-label={t.videoOf(p.title)} onLoadedMetadata={begin} onTimeUpdate={tick} onSeeking={() => tell.current()}
        onPause={() => { tell.current(); }} onEnded={() => { tell.current(seconds || last.current); }} onError={() => void fail()} />
      {p.resumeAt > 2 && <figcaption className="muted">{t.resumed(clock(p.resumeAt))}</figcaption>}
    </figure>
  );
}
