import { useSyncExternalStore } from 'react';
import { kitWords } from '../words/index.ts';
import { IconAlert, IconCheck, IconX } from './icons.ts';

interface Toast { id: number; text: string; tone: 'good' | 'bad' }
let toasts: Toast[] = [];
let next = 1;
const listeners = new Set<() => void>();
const set = (t: Toast[]) => { toasts = t; for (const l of listeners) l(); };
const subscribe = (l: () => void) => { listeners.add(l); return () => { listeners.delete(l); }; };

/** Says in a corner what has happened. What went wrong stays until it is closed. */
export function toast(text: string, tone: 'good' | 'bad' = 'good'): void {
  const id = next++;
  set([...toasts.slice(-3), { id, text, tone }]);
  if (tone === 'good') setTimeout(() => set(toasts.filter((t) => t.id !== id)), 5_000);
}

export function Toasts() {
  const t = kitWords.use();
  const list = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="f-toasts no-print" role="status" aria-live="polite">
      {list.map((x) => (
        <div className="f-toast" data-tone={x.tone} key={x.id}>
          {x.tone === 'good' ? <IconCheck size={18} /> : <IconAlert size={18} />}<span>{x.text}</span>
          <button type="button" aria-label={t.close} onClick={() => set(toasts.filter((y) => y.id !== x.id))}><IconX size={16} /></button>
        </div>
      ))}
    </div>
  );
}
