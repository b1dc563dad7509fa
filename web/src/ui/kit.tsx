import { useEffect, useId, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import type { CombinedError } from '@urql/core';
import { Link } from 'wouter';
import { codeOf } from '../lib/client.ts';
import { day, moment } from '../lib/format.ts';
import { house } from './house.ts';
import { kitWords, orderWords } from '../words/index.ts';
import { IconAlert, IconCheck, IconCopy, IconInbox, IconX } from './icons.ts';

/** What a page is called, in the tab and above its content. */
export function Page(p: {
  title: string; before?: ReactNode; after?: ReactNode; sub?: ReactNode; crumbs?: { title: string; href?: string }[];
  actions?: ReactNode; wide?: boolean; children: ReactNode;
}) {
  useTitle(p.title);
  return (
    <div className="f-page" data-wide={p.wide || undefined}>
      {p.crumbs && (
        <nav className="f-crumbs" aria-label={kitWords.get().crumbs}>
          {p.crumbs.map((c, i) => (
            <span key={c.title} style={{ display: 'contents' }}>
              {i > 0 && <span aria-hidden>/</span>}
              {c.href ? <Link href={c.href}>{c.title}</Link> : <span aria-current="page">{c.title}</span>}
            </span>
          ))}
        </nav>
      )}
      <div className="f-head" data-before={p.before ? true : undefined}>
        {p.before}
        <div className="f-head-title"><h1 tabIndex={-1}>{p.title}</h1>{p.after}{p.sub && <div className="f-sub">{p.sub}</div>}</div>
        {p.actions && <div className="f-actions no-print">{p.actions}</div>}
      </div>
      {p.children}
    </div>
  );
}

/** Names the tab. */
export function useTitle(title: string) {
  useEffect(() => { document.title = title ? `${title} · ${house.name}` : house.name; }, [title]);
}

export function Card(p: { title?: string; aside?: ReactNode; flush?: boolean; children: ReactNode; id?: string; className?: string }) {
  const id = useId();
  return (
    <section className={`f-card ${p.className ?? ''}`} aria-labelledby={p.title ? id : undefined} id={p.id}>
      {p.title && <header><h2 id={id}>{p.title}</h2>{p.aside && <div>{p.aside}</div>}</header>}
      <div className="f-card-body" data-flush={p.flush || undefined}>{p.children}</div>
    </section>
  );
}

export type Tone = 'calm' | 'accent' | 'good' | 'warn' | 'bad' | 'info';
export const Pill = (p: { tone?: Tone; children: ReactNode }) => <span className="f-pill" data-tone={p.tone ?? 'calm'}>{p.children}</span>;

const orderTone: Record<string, Tone> = {
  DRAFT: 'calm', AWAITING_APPROVAL: 'warn', PLACED: 'info', CONFIRMING: 'info', CONFIRMED: 'accent', CANCELLED: 'calm', COMPLETED: 'good',
};
const parcelTone: Record<string, Tone> = {
  PENDING: 'warn', PICKED_UP: 'accent', IN_TRANSIT: 'accent', OUT_FOR_DELIVERY: 'accent', DELIVERED: 'good', EXCEPTION: 'bad', RETURNED_TO_SENDER: 'bad',
};
type OrderState = { status: keyof typeof orderTone & string; fulfillmentStatus: string };

/** Where an order stands, in one word: its way to the customer once it has begun, its status before. */
export function OrderPill({ order }: { order: OrderState }) {
  const t = orderWords.use();
  if (order.status === 'CONFIRMED' && order.fulfillmentStatus !== 'UNFULFILLED')
    return <Pill tone={order.fulfillmentStatus === 'DELIVERED' ? 'good' : 'accent'}>{t.fulfillment[order.fulfillmentStatus as keyof typeof t.fulfillment]}</Pill>;
  return <Pill tone={orderTone[order.status]}>{t.status[order.status as keyof typeof t.status]}</Pill>;
}
export function ShipmentPill({ status }: { status: string }) {
  const t = orderWords.use();
  return <Pill tone={parcelTone[status]}>{t.shipment[status as keyof typeof t.shipment]}</Pill>;
}

export const initials = (name: string) => name.split(/\s+/).filter(Boolean).map((w) => [...w][0]!).filter((_, i, a) => i === 0 || i === a.length - 1).join('').toUpperCase();
export const Avatar = ({ name, square }: { name: string; square?: boolean }) => <span className="f-avatar" data-square={square || undefined} aria-hidden>{initials(name)}</span>;

/** A time with its full form for whoever points at it, and for machines. */
export const Time = ({ at, children }: { at: string; children?: ReactNode }) =>
  <time dateTime={at} title={at.length === 10 ? day(at, true) : moment(at)}>{children ?? (at.length === 10 ? day(at) : moment(at))}</time>;

export const Skeleton = (p: { w?: number | string; h?: number | string; style?: CSSProperties }) =>
  <span className="f-skeleton" style={{ width: p.w ?? '100%', height: p.h ?? 14, ...p.style }} />;

/** The shape of what is still loading. Screen readers hear one word. */
export function Loading({ rows = 5, card }: { rows?: number; card?: boolean }) {
  const t = kitWords.use();
  const lines = (
    <div role="status" aria-live="polite" className="f-rows">
      <span className="vh">{t.loading}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} aria-hidden style={{ display: 'grid', gap: 8 }}><Skeleton w={`${62 - ((i * 17) % 30)}%`} /><Skeleton w={`${34 + ((i * 11) % 20)}%`} h={11} /></div>
      ))}
    </div>
  );
  return card ? <section className="f-card">{lines}</section> : lines;
}

/** Nothing is here, and that is all right: what would be, and what to do. */
export const Empty = (p: { title: string; text?: string; icon?: ReactNode; action?: ReactNode }) => (
  <div className="f-state">
    <span className="f-state-icon">{p.icon ?? <IconInbox size={22} />}</span>
    <h2>{p.title}</h2>{p.text && <p>{p.text}</p>}{p.action}
  </div>
);

/** What a failure means for the person, in their language. */
export function useFailure() {
  const t = kitWords.use();
  return (error: CombinedError): string => {
    if (error.networkError) return t.unreachable;
    switch (codeOf(error)) {
      case 'CONFLICT': return t.conflict;
      case 'NOT_FOUND': return t.gone;
      case 'RATE_LIMITED': return t.tooMany;
      default: return error.graphQLErrors[0]?.message ?? t.failed;
    }
  };
}
export const requestIdOf = (error: CombinedError): string | undefined =>
  (error.graphQLErrors[0]?.extensions?.requestId as string | undefined) ??
  (error.response as Response | undefined)?.headers?.get('X-Request-Id') ?? undefined;

/** Something could not be loaded: why, the request's id, and another try. */
export function Failure({ error, retry }: { error: CombinedError; retry?: () => void }) {
  const t = kitWords.use();
  const say = useFailure();
  const id = requestIdOf(error);
  return (
    <div className="f-state" data-tone="bad" role="alert">
      <span className="f-state-icon"><IconAlert size={22} /></span>
      <h2>{t.failed}</h2><p>{say(error)}</p>
      {id && <p><code>{t.requestId(id)}</code></p>}
      {retry && <Button variant="default" onClick={retry}>{t.retry}</Button>}
    </div>
  );
}

export function NotFound({ home = '/' }: { home?: string }) {
  const t = kitWords.use();
  useTitle(t.notFound);
  return <div className="f-page"><div className="f-state">
    <h1>{t.notFound}</h1><p>{t.notFoundText}</p><Button component={Link} href={home} variant="default">{t.home}</Button>
  </div></div>;
}

export const Notice = (p: { tone?: 'info' | 'good' | 'warn' | 'bad'; children: ReactNode; icon?: ReactNode }) => (
  <div className="f-notice" data-tone={p.tone} role={p.tone === 'bad' ? 'alert' : undefined}>{p.icon ?? <IconAlert size={17} />}<div>{p.children}</div></div>
);

/** A dialog of the browser's own: focus stays inside, Escape closes it. */
export function Dialog(p: { open: boolean; onClose: () => void; title: string; wide?: boolean; children: ReactNode; fixed?: boolean }) {
  const t = kitWords.use();
  const ref = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element | null>(null);
  const id = useId();
  useEffect(() => {
    const d = ref.current!;
    if (p.open && !d.open) {
      opener.current = document.activeElement;
      d.showModal();
      // Work begins in the first field, not at the button that closes.
      d.querySelector<HTMLElement>('.f-dialog-body :is(input, select, textarea):not([type=hidden], :disabled)')?.focus();
    }
    if (!p.open && d.open) d.close();
  }, [p.open]);
  // A dialog that is taken away instead of closed gives the focus back, too; to the heading when what opened it is gone.
  useEffect(() => () => {
    setTimeout(() => {
      if (!opener.current || (document.activeElement && document.activeElement !== document.body)) return;
      const to = opener.current.isConnected && opener.current !== document.body ? opener.current : document.querySelector('h1');
      if (to instanceof HTMLElement) to.focus({ preventScroll: true });
    });
  }, []);
  return (
    <dialog
      ref={ref} className="f-dialog" data-wide={p.wide || undefined} aria-labelledby={id}
      onCancel={(e) => { e.preventDefault(); if (!p.fixed) p.onClose(); }}
      onClick={(e) => { if (e.target === ref.current && !p.fixed) p.onClose(); }}
    >
      {p.open && <>
        <header><h2 id={id}>{p.title}</h2>{!p.fixed && <IconButton label={t.close} onClick={p.onClose}><IconX size={18} /></IconButton>}</header>
        <div className="f-dialog-body">{p.children}</div>
      </>}
    </dialog>
  );
}

/** A button that is only a picture; its name is for those who do not see it. */
export const IconButton = (p: { label: string; onClick?: () => void; children: ReactNode; pressed?: boolean; disabled?: boolean }) => (
  <button type="button" className="f-icon" aria-label={p.label} title={p.label} aria-pressed={p.pressed} onClick={p.onClick} disabled={p.disabled}>{p.children}</button>
);

export function CopyButton({ text }: { text: string }) {
  const t = kitWords.use();
  const [done, setDone] = useState(false);
  useEffect(() => { if (!done) return; const id = setTimeout(() => setDone(false), 1500); return () => clearTimeout(id); }, [done]);
  return <IconButton label={done ? t.copied : t.copy} onClick={() => { void navigator.clipboard?.writeText(text).then(() => setDone(true)); }}>
    {done ? <IconCheck size={15} /> : <IconCopy size={15} />}
  </IconButton>;
}
