import { useEffect, useRef, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { words } from '../../lib/words.ts';
import { Notice, useTitle } from '../../ui/kit.tsx';
import { signOut, useSession } from '../../ui/root.tsx';
import en from '../pages/Links.en.ts';
import './links.css';

/** The words of the pages that links in mails lead to. */
export const linksText = words('Links', en);

/** The heading of a page, and of what comes after it: then it takes the focus. */
export function Head(p: { title: string; later?: boolean; children?: ReactNode }) {
  const ref = useRef<HTMLHeadingElement>(null);
  useTitle(p.title);
  useEffect(() => { if (p.later) ref.current?.focus(); }, [p.later]);
  return <><h1 ref={ref} tabIndex={-1}>{p.title}</h1>{p.children && <p className="muted">{p.children}</p>}</>;
}

/** Says so when somebody is signed in already. other: going on signs somebody else in. */
export function Present({ other }: { other?: boolean }) {
  const t = linksText.use();
  const { viewer } = useSession();
  if (viewer.kind !== 'MEMBER' && viewer.kind !== 'STAFF') return null;
  return (
    <div className="ln-present"><Notice>
      {other ? t.hereOther(viewer.name) : t.here(viewer.name)} <button type="button" className="ln-plain" onClick={() => void signOut()}>{t.another}</button>
    </Notice></div>
  );
}

/** The ways on from a page where there is nothing to fill in. */
export function Ways(p: { children?: ReactNode }) {
  const t = linksText.use();
  const { viewer } = useSession();
  return (
    <div className="ln-ways">
      {p.children}
      <Button component={Link} href="/" size="md" fullWidth variant={p.children ? 'default' : 'filled'}>{viewer.kind === 'ANONYMOUS' ? t.toSignIn : t.toPortal}</Button>
    </div>
  );
}

/** Where the focus goes when the browser, not the API, finds a field empty. */
export const toFirstError = (form: HTMLFormElement | null) => setTimeout(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0);
