import { useEffect, useId, useRef, useState } from 'react';
import { TextInput } from '@mantine/core';
import { useClient } from 'urql';
import { useLocation } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconSearch, IconX } from '../../ui/icons.ts';
import { IconButton } from '../../ui/kit.tsx';
import { Picture } from './parts.tsx';
import en from './Search.en.ts';

export const searchWords = words('Search', en);

const Suggest = graphql(`query Suggest($prefix: String!) {
  searchSuggestions(prefix: $prefix, first: 8) { text product { id name category { id name } pictures @_optional { id text picture(width: 160) { width height url } } } }
}`);

interface Hint { text: string; product?: { id: string; name: string; category: { name: string } | null; pictures?: { text: string | null; picture: { url: string; width: number; height: number } | null }[] | null } | null }

/** What to look for, with what it might be while it is typed: a combobox with a
 * listbox, as the ARIA practices describe it. Enter searches for what stands
 * there, or takes what the arrows have walked to. */
export function SearchBox({ value, onSearch }: { value: string; onSearch: (q: string) => void }) {
  const t = searchWords.use();
  const client = useClient();
  const [, go] = useLocation();
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [open, setOpen] = useState(false);
  const [hints, setHints] = useState<Hint[]>([]);
  const [active, setActive] = useState(-1);
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    const prefix = typed.trim();
    if (!open || !prefix) { setHints([]); return; }
    let over = false;
    const wait = setTimeout(() => {
      void client.query(Suggest, { prefix }).toPromise().then(({ data }) => { if (!over) { setHints(data?.searchSuggestions ?? []); setActive(-1); } });
    }, 160);
    return () => { over = true; clearTimeout(wait); };
  }, [typed, open, client]);
  useEffect(() => {
    const outside = (e: Event) => { if (!box.current?.contains(e.target as Node)) setOpen(false); };
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, []);
  const shown = open && hints.length > 0;
  const search = (q: string) => { setOpen(false); setTyped(q); onSearch(q.trim()); };
  const take = (h: Hint) => { if (h.product) { setOpen(false); go(`/products/${h.product.id}`); } else search(h.text); };
  const onKey = (e: React.KeyboardEvent) => {
    if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && hints.length) {
      e.preventDefault();
      setOpen(true);
      setActive((active + (e.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1) + hints.length) % hints.length);
    } else if (e.key === 'Enter' && shown && hints[active]) { e.preventDefault(); take(hints[active]); } else if (e.key === 'Escape' && shown) { e.preventDefault(); setOpen(false); }
  };
  return (
    <form className="sb" role="search" ref={box} onSubmit={(e) => { e.preventDefault(); search(typed); }}>
      <TextInput
        size="md" className="sb-field" aria-label={t.label} placeholder={t.placeholder} value={typed} leftSection={<IconSearch size={18} />} maxLength={200} autoComplete="off"
        rightSection={typed ? <IconButton label={t.clear} onClick={() => search('')}><IconX size={16} /></IconButton> : null}
        role="combobox" aria-expanded={shown} aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        onChange={(e) => { setTyped(e.currentTarget.value); setOpen(true); }} onKeyDown={onKey} onBlur={(e) => { if (!box.current?.contains(e.relatedTarget)) setOpen(false); }}
      />
      <ul className="sb-list" id={`${id}-list`} role="listbox" aria-label={t.suggestions} hidden={!shown}>
        {hints.map((h, i) => (
          <li key={h.product?.id ?? h.text} id={`${id}-${i}`} role="option" aria-selected={i === active} data-active={i === active || undefined}
            onPointerDown={(e) => e.preventDefault()} onPointerEnter={() => setActive(i)} onClick={() => take(h)}>
            {h.product ? <><span className="sb-thumb"><Picture of={h.product.pictures?.[0]} /></span><span><b>{h.product.name}</b>{h.product.category && <small>{h.product.category.name}</small>}</span></>
              : <><span className="sb-icon"><IconSearch size={16} /></span><span>{h.text}</span></>}
          </li>
        ))}
      </ul>
    </form>
  );
}
