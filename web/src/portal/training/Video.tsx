import { useEffect, useRef, useState } from 'react';
import { Notice } from '../../ui/kit.tsx';
import { lessonWords } from '../pages/Lesson.tsx';
import { note } from './learned.ts';

const clock = (n: number) => `${Math.floor(n / 60)}:${String(Math.floor(n % 60)).padStart(2, '0')}`;

/** A video that goes on where it was left, and tells which stretches of it were watched. */
export default function Video(p: { enrollmentId: string; lesson: string; url: string; title: string; seconds: number; resumeAt: number; send: () => Promise<void> }) {
  const t = lessonWords.use();
  const [url] = useState(p.url); // another address for the same video would begin it anew
  const [failed, setFailed] = useState(false);
  const video = useRef<HTMLVideoElement>(null);
  const from = useRef<number | null>(null);
  const last = useRef(0);
  const { enrollmentId, lesson, seconds, send } = p;
  const tell = useRef<(to?: number) => void>(() => undefined);
  tell.current = (to = last.current) => {
    const start = from.current;
    from.current = null;
    if (start === null) return;
    const a = Math.floor(start), b = Math.min(seconds || Math.ceil(to), Math.ceil(to));
    if (b > a && to - start > 0.4) { note({ enrollmentId, lesson, kind: 'WATCHED', from: a, to: b }); void send(); }
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
  const begin = () => { if (p.resumeAt > 2 && video.current && p.resumeAt < (video.current.duration || seconds) - 3) video.current.currentTime = p.resumeAt; };
  if (failed) return <Notice tone="bad">{t.videoFailed}</Notice>;
  return (
    <figure className="le-video">
      <video ref={video} src={url} controls playsInline preload="metadata" aria-label={t.videoOf(p.title)} onLoadedMetadata={begin} onTimeUpdate={tick} onSeeking={() => tell.current()}
        onPause={() => { tell.current(); }} onEnded={() => { tell.current(seconds || last.current); }} onError={() => setFailed(true)} />
      {p.resumeAt > 2 && <figcaption className="muted">{t.resumed(clock(p.resumeAt))}</figcaption>}
    </figure>
  );
}
