import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import type { FormState } from '../../ui/form.tsx';
import { catalogWords, decimal } from './catalog.tsx';
import type { ConsoleProduct, Definition } from './productFields.ts';

export type Values = Record<string, string | string[]>;

/** Values as they are given, for a form. */
export const valuesOf = (defs: readonly Definition[], of: ConsoleProduct['attributes']): Values => Object.fromEntries(defs.map((d) => {
  const a = of?.find((x) => x.key === d.key);
  return [d.key, d.kind === 'CHOICES' ? (a?.values ?? []) : (a?.given ?? '')];
}));

/** What differs, as the API takes it. */
export const changesOf = (defs: readonly Definition[], was: Values, now: Values) => defs.flatMap((d) => {
  const v = now[d.key]!;
  if (JSON.stringify(v) === JSON.stringify(was[d.key])) return [];
  return [Array.isArray(v) ? { key: d.key, values: v } : { key: d.key, value: d.kind === 'NUMBER' ? decimal(v) : v.trim() }];
});

/** What was refused of one attribute: an attribute may be called as a field is. */
export const refusedAttribute = (form: FormState) => (key: string) => form.refusals.find((r) => r.field?.[0] === 'attributes' && r.field[1] === key)?.message;

/** A field for each attribute of a type, by its kind. */
export function AttributeFields(p: { defs: readonly Definition[]; values: Values; set: (v: Values) => void; error: (key: string) => string | undefined }) {
  const c = catalogWords.use();
  return <>{p.defs.map((d) => {
    const v = p.values[d.key] ?? '';
    const put = (value: string | string[]) => p.set({ ...p.values, [d.key]: value });
    const hint = [d.internal && c.internal, d.required && c.required].filter(Boolean).join(' · ') || undefined;
    const label = d.unit ? `${d.name} (${d.unit})` : d.name;
    const common = { label, description: hint, error: p.error(d.key) };
    const gone = (chosen: string[]) => chosen.filter((x) => x && !d.options?.includes(x)); // kept by products that have it until they are saved
    switch (d.kind) {
      case 'BOOLEAN': return <NativeSelect key={d.key} {...common} value={v} onChange={(e) => put(e.currentTarget.value)} data={[{ value: '', label: c.notSaid }, { value: 'true', label: c.yes }, { value: 'false', label: c.no }]} />;
      case 'CHOICE': return <NativeSelect key={d.key} {...common} value={v} onChange={(e) => put(e.currentTarget.value)} data={[{ value: '', label: c.notSaid }, ...gone([v as string]), ...(d.options ?? [])]} />;
      case 'CHOICES': return (
        <Checkbox.Group key={d.key} {...common} value={v as string[]} onChange={put}>
          <div className="ca-checks" style={{ marginTop: 6 }}>{[...gone(v as string[]), ...(d.options ?? [])].map((x) => <Checkbox key={x} value={x} label={x} />)}</div>
        </Checkbox.Group>
      );
      case 'DATE': return <TextInput key={d.key} {...common} type="date" value={v} onChange={(e) => put(e.currentTarget.value)} />;
      case 'NUMBER': return <TextInput key={d.key} {...common} inputMode="decimal" value={v} onChange={(e) => put(e.currentTarget.value)} />;
      default: return <TextInput key={d.key} {...common} maxLength={500} value={v} onChange={(e) => put(e.currentTarget.value)} />;
    }
  })}</>;
}
