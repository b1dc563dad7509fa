import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Link } from 'wouter';

export interface MenuItem { label: ReactNode; icon?: ReactNode; href?: string; outside?: boolean; run?: () => void; heading?: boolean; divider?: boolean; danger?: boolean }

/** A button with a menu, as the ARIA practices describe it: arrows walk, Home
 * and End jump, Escape closes and gives the focus back. Written here because
 * a positioning library would be a sixth of what a first visit loads. */
export function Menu(p: { label: string; button: ReactNode; items: MenuItem[]; className?: string; up?: boolean; start?: boolean }) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const entries = () => [...(box.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
  useEffect(() => {
    if (!open) return;
    entries()[0]?.focus();
    const outside = (e: Event) => { if (!box.current?.contains(e.target as Node)) setOpen(false); };
    addEventListener('pointerdown', outside);
    addEventListener('focusin', outside);
    return () => { removeEventListener('pointerdown', outside); removeEventListener('focusin', outside); };
  }, [open]);
  const close = () => { setOpen(false); button.current?.focus(); };
  const onKey = (e: React.KeyboardEvent) => {
    if (!open) return;
    const all = entries();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[e.key];
    if (to !== undefined) { e.preventDefault(); all[to]?.focus(); } else if (e.key === 'Escape') { e.preventDefault(); close(); } else if (e.key === 'Tab') setOpen(false);
  };
  return (
    <div className="f-menu" ref={box} onKeyDown={onKey}>
      <button type="button" ref={button} className={p.className ?? 'f-icon'} aria-haspopup="menu" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}><span className="vh">{p.label}</span><span aria-hidden style={{ display: 'contents' }}>{p.button}</span></button>
      {open && (
        <div role="menu" id={id} aria-label={p.label} className="f-menu-list" data-up={p.up || undefined} data-start={p.start || undefined}>
          {p.items.map((x, i) => {
            if (x.divider) return <hr key={i} />;
            if (x.heading) return <p key={i} role="presentation">{x.label}</p>;
            const inner = <>{x.icon}<span>{x.label}</span></>;
            const props = { key: i, role: 'menuitem', tabIndex: -1, 'data-danger': x.danger || undefined, onClick: () => { setOpen(false); x.run?.(); } } as const;
            const { key, ...rest } = props;
            return x.href ? (x.outside ? <a key={key} href={x.href} {...rest}>{inner}</a> : <Link key={key} href={x.href} {...rest}>{inner}</Link>)
              : <button key={key} type="button" {...rest}>{inner}</button>;
          })}
        </div>
      )}
    </div>
  );
}
