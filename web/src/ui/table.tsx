import { Fragment, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { kitWords } from '../words/index.ts';
import { IconChevronDown, IconChevronLeft, IconChevronRight } from './icons.ts';
import { IconButton, Loading } from './kit.tsx';

export interface Column<T> {
  key: string;
  title: string;
  /** The title is for those who do not see: what is in the column speaks for itself. */
  quiet?: boolean;
  cell: (row: T) => ReactNode;
  /** Numbers and times stand at the end. */
  end?: boolean;
  /** The sort field of the API that the heading turns. */
  sort?: string;
  /** On a phone: the first line of the card, or a line with the column's title before it. */
  phone?: 'main' | 'end' | 'label' | 'hide';
}

export interface Sort { field: string; direction: 'ASC' | 'DESC' }

/** A box to tick, of the browser's own: a list has many of them. */
export function Check(p: { label: string; checked: boolean; some?: boolean; onChange: () => void }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => { if (ref.current) ref.current.indeterminate = !p.checked && !!p.some; });
  return <input ref={ref} type="checkbox" className="f-check" aria-label={p.label} checked={p.checked} onChange={p.onChange} />;
}

/** A list. Rows lead somewhere, can be chosen, and can be walked through with j and k (o or Enter opens, x chooses). */
export function Table<T extends { id: string }>(p: {
  label: string; columns: Column<T>[]; rows: T[] | null; href?: (row: T) => string; name?: (row: T) => string;
  sort?: Sort; onSort?: (s: Sort) => void; selection?: ReadonlySet<string>; onSelect?: (s: Set<string>) => void; empty?: ReactNode;
  /** What a row unfolds to; instead of leading somewhere. */
  detail?: (row: T) => ReactNode;
}) {
  const t = kitWords.use();
  const [, go] = useLocation();
  const [current, setCurrent] = useState(-1);
  const body = useRef<HTMLTableSectionElement>(null);
  const rows = p.rows;
  const { href, selection, onSelect } = p;
  const id = useId();
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const unfold = p.detail && ((row: T) => setUnfolded((all) => { const next = new Set(all); if (!next.delete(row.id)) next.add(row.id); return next; }));
  useEffect(() => {
    const onKey = (e: globalThis.KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (e.metaKey || e.ctrlKey || e.altKey || at.closest('input, textarea, select, dialog, [role="menu"], [contenteditable]') || !rows?.length) return;
      if (e.key === 'j' || e.key === 'k') {
        const next = Math.max(0, Math.min(rows.length - 1, current + (e.key === 'j' ? 1 : -1)));
        setCurrent(next);
        body.current?.querySelectorAll('[data-row]')[next]?.scrollIntoView({ block: 'nearest' });
      } else if (e.key === 'o' && rows[current] && (href || unfold)) { if (href) go(href(rows[current])); else unfold?.(rows[current]); }
      else if (e.key === 'x' && rows[current] && onSelect && selection) {
        const next = new Set(selection);
        if (!next.delete(rows[current].id)) next.add(rows[current].id);
        onSelect(next);
      } else return;
      e.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [rows, current, href, selection, onSelect, unfold, go]);

  if (!rows) return <Loading rows={8} />;
  if (!rows.length && p.empty) return p.empty;
  const all = !!selection && rows.length > 0 && rows.every((r) => selection.has(r.id));
  const turn = (c: Column<T>) => p.onSort?.({ field: c.sort!, direction: p.sort?.field === c.sort && p.sort?.direction === 'ASC' ? 'DESC' : 'ASC' });
  const open = (row: T, e: { target: EventTarget }) => {
    if ((e.target as HTMLElement).closest('a, button, input, label')) return;
    if (href) go(href(row)); else if (!getSelection()?.toString()) unfold?.(row); // who marks a text to copy it wants no unfolding
  };
  return (
    <div className="f-scroll" tabIndex={-1}>
      <table className="f-table" data-cards aria-label={p.label}>
        <thead><tr>
          {selection && <th scope="col" style={{ width: 36 }}><Check label={t.selectAll} checked={all} some={rows.some((r) => selection.has(r.id))}
            onChange={() => onSelect!(all ? new Set() : new Set(rows.map((r) => r.id)))} /></th>}
          {p.columns.map((c) => {
            const on = c.sort && p.sort?.field === c.sort ? p.sort.direction : undefined;
            return (
              <th key={c.key} scope="col" data-end={c.end || undefined} aria-sort={on ? (on === 'ASC' ? 'ascending' : 'descending') : undefined}>
                {c.sort && p.onSort ? <button type="button" onClick={() => turn(c)} aria-label={t.sortBy(c.title)}>{c.title}<span aria-hidden>{on === 'ASC' ? '↑' : on === 'DESC' ? '↓' : ''}</span></button> : c.quiet ? <span className="vh">{c.title}</span> : c.title}
              </th>
            );
          })}
          {unfold && <th scope="col"><span className="vh">{t.details}</span></th>}
        </tr></thead>
        <tbody ref={body}>
          {rows.map((row, i) => <Fragment key={row.id}>
            <tr data-row data-link={href || unfold ? true : undefined} data-unfolded={unfolded.has(row.id) || undefined} data-current={i === current || undefined} onClick={(e) => open(row, e)}>
              {selection && <td data-select><Check label={t.select(p.name?.(row) ?? row.id)} checked={selection.has(row.id)}
                onChange={() => { const next = new Set(selection); if (!next.delete(row.id)) next.add(row.id); onSelect!(next); }} /></td>}
              {p.columns.map((c, n) => (
                <td key={c.key} data-end={c.end || undefined} data-main={c.phone === 'main' || (n === 0 && !c.phone) || undefined} data-label={c.phone === 'label' ? `${c.title}:` : undefined}
                  className={c.phone === 'hide' ? 'f-wide' : undefined}>
                  {n === 0 && href ? <Link className="f-rowlink" href={href(row)}>{c.cell(row)}</Link> : c.cell(row)}
                </td>
              ))}
              {unfold && <td data-unfold><button type="button" className="f-icon" aria-expanded={unfolded.has(row.id)} aria-controls={unfolded.has(row.id) ? `${id}-${i}` : undefined}
                aria-label={t.detailsOf(p.name?.(row) ?? row.id)} onClick={() => unfold(row)}><IconChevronDown size={17} /></button></td>}
            </tr>
            {p.detail && unfolded.has(row.id) && <tr className="f-detail" id={`${id}-${i}`}><td colSpan={p.columns.length + (selection ? 2 : 1)}>{p.detail(row)}</td></tr>}
          </Fragment>)}
        </tbody>
      </table>
    </div>
  );
}

export interface PageInfo { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }

/** The foot of a list: how many there are, and the pages before and after. Where one is stands in the address. */
export function Pager(p: { total?: number | null; info?: PageInfo | null; after?: string; before?: string; go: (to: { after?: string; before?: string }) => void; aside?: ReactNode }) {
  const t = kitWords.use();
  const back = p.before ? p.info?.hasPreviousPage : !!p.after;
  const on = p.before ? true : p.info?.hasNextPage;
  return (
    <div className="f-foot">
      <span>{p.total == null ? '' : t.count(p.total)}{p.aside}</span>
      {(back || on) && (
        <span style={{ display: 'flex', gap: 6 }}>
          {back && <Button size="compact-sm" variant="subtle" onClick={() => p.go({})}>{t.firstPage}</Button>}
          <IconButton label={t.previous} disabled={!back} onClick={() => p.go({ before: p.info?.startCursor ?? undefined })}><IconChevronLeft size={18} /></IconButton>
          <IconButton label={t.next} disabled={!on} onClick={() => p.go({ after: p.info?.endCursor ?? undefined })}><IconChevronRight size={18} /></IconButton>
        </span>
      )}
    </div>
  );
}

