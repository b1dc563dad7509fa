import { useEffect, useId, useRef, useState } from 'react';
import { TextInput } from '@mantine/core';
import { words } from '../lib/words.ts';
import en from '../words/picker.en.ts';
import { IconChevronDown, IconX } from './icons.ts';
import { IconButton } from './kit.tsx';
import './picker.css';

export const pickerWords = words('picker', en);

/** Something that can be picked. */
export interface Choice { id: string; label: string; hint?: string }

/** Picks one of many by typing the beginning of its name: a combobox with a
 * listbox, as the ARIA practices describe it. The focus stays in the field;
 * arrows walk, Enter picks, Escape closes and then empties, Tab goes on.
 * find looks up what begins with a text; an empty text asks for the first few. */
export function Picker(p: {
  label: string; value: Choice | null; onChange: (choice: Choice | null) => void; find: (text: string) => Promise<Choice[]>;
  placeholder?: string; hideLabel?: boolean; error?: string; description?: string; required?: boolean; className?: string;
}) {
  const t = pickerWords.use();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null); // null: nothing is being typed, the value stands there
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState<Choice[] | null>(null);
  const [failed, setFailed] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const find = useRef(p.find);
  find.current = p.find;

  useEffect(() => {
    if (!open) return;
    let over = false;
    // The first look is at once; what is typed waits for the next letter.
    const wait = setTimeout(() => {
      find.current((typed ?? '').trim()).then(
        (all) => { if (!over) { setFound(all); setFailed(false); setActive(typed ? Math.min(0, all.length - 1) : -1); } },
        () => { if (!over) { setFound([]); setFailed(true); } });
    }, typed ? 180 : 0);
    return () => { over = true; clearTimeout(wait); };
  }, [open, typed]);
  useEffect(() => { list.current?.children[active]?.scrollIntoView({ block: 'nearest' }); }, [active]);

  const close = () => { setOpen(false); setFound(null); setTyped(null); setActive(-1); };
  const pick = (choice: Choice) => { p.onChange(choice); close(); };
  const onKey = (e: React.KeyboardEvent) => {
    const all = found ?? [];
    if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      if (!open) setOpen(true);
      else if (all.length) setActive((active + (e.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1) + all.length) % all.length);
    } else if (e.key === 'Enter' && open) {
      e.preventDefault(); // a form is not sent by picking
      const choice = all[active];
      if (choice) pick(choice);
    } else if (e.key === 'Escape') {
      if (open) { e.preventDefault(); e.stopPropagation(); close(); } else if (p.value) { e.preventDefault(); e.stopPropagation(); p.onChange(null); }
    }
  };
  const shown = open && found !== null && found.length > 0;
  return (
    <div className={`f-picker ${p.className ?? ''}`} onBlur={(e) => { if (!e.currentTarget.contains(e.relatedTarget)) close(); }}>
      <TextInput
        ref={input} label={p.hideLabel ? undefined : p.label} aria-label={p.hideLabel ? p.label : undefined} placeholder={p.placeholder}
        error={p.error} description={p.description} withAsterisk={false} aria-required={p.required || undefined} autoComplete="off" spellCheck={false}
        role="combobox" aria-expanded={shown} aria-controls={shown ? `${id}-list` : undefined} aria-autocomplete="list" aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        value={typed ?? p.value?.label ?? ''} onKeyDown={onKey} onClick={() => setOpen(true)} onFocus={(e) => e.currentTarget.select()}
        onChange={(e) => { setTyped(e.currentTarget.value); setOpen(true); if (!e.currentTarget.value && p.value) p.onChange(null); }}
        rightSectionPointerEvents={p.value ? 'all' : 'none'}
        rightSection={p.value ? <IconButton label={t.clear(p.label)} onClick={() => { p.onChange(null); close(); input.current?.focus(); }}><IconX size={15} /></IconButton> : <IconChevronDown size={15} />}
      />
      {shown && (
        <ul className="f-picker-list" role="listbox" id={`${id}-list`} aria-label={p.label} ref={list}>
          {found.map((c, i) => (
            // mousedown would take the focus out of the field before the click arrives
            <li key={c.id} id={`${id}-${i}`} role="option" aria-selected={c.id === p.value?.id} data-active={i === active || undefined}
              onMouseDown={(e) => e.preventDefault()} onMouseEnter={() => setActive(i)} onClick={() => pick(c)}>{c.label}{c.hint && <small>{c.hint}</small>}</li>
          ))}
        </ul>
      )}
      {open && found?.length === 0 && <div className="f-picker-none" aria-hidden>{failed ? t.failed : t.none}</div>}
      <span className="vh" role="status">{open ? (found === null ? '' : failed ? t.failed : found.length ? t.found(found.length) : t.none) : ''}</span>
    </div>
  );
}
