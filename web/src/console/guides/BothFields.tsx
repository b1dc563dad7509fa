import { Textarea, TextInput } from '@mantine/core';
import type { Both } from './draft.ts';
import { guideEditWords } from './parts.ts';

/** A text in both languages, beside each other. */
export function BothFields(p: { label: string; value: Both; onChange: (value: Both) => void; error?: string; area?: boolean; most?: number }) {
  const t = guideEditWords.use();
  const field = (code: 'en' | 'de') => {
    const same = { label: `${p.label}, ${t.languages[code]}`, lang: code, value: p.value[code], maxLength: p.most ?? 2000, error: p.error && !p.value[code].trim() ? p.error : undefined };
    const set = (text: string) => p.onChange({ ...p.value, [code]: text });
    return p.area ? <Textarea key={code} {...same} rows={2} onChange={(e) => set(e.currentTarget.value)} /> : <TextInput key={code} {...same} onChange={(e) => set(e.currentTarget.value)} />;
  };
  return <div className="f-two" style={{ alignItems: 'start' }}>{field('en')}{field('de')}{p.error && p.value.en.trim() && p.value.de.trim() ? <p role="alert" style={{ color: 'var(--bad-text)', gridColumn: '1 / -1' }}>{p.error}</p> : null}</div>;
}
