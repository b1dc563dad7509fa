import { useId, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { regionName } from '../../lib/format.ts';
import { lang, words } from '../../lib/words.ts';
import en from './Address.en.ts';

export const addressWords = words('Address', en);

export interface Place { name?: string | null; line1?: string | null; line2?: string | null; postalCode?: string | null; city?: string | null; region?: string | null; country?: string | null }

/** The countries that are offered to choose from. */
export const countries = ['AT', 'AU', 'BE', 'BG', 'BR', 'CA', 'CH', 'CN', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GB', 'GR', 'HR', 'HU', 'IE', 'IN', 'IS', 'IT', 'JP', 'KR', 'LI', 'LT', 'LU', 'LV', 'MT', 'MX', 'NL', 'NO', 'NZ', 'PL', 'PT', 'RO', 'SE', 'SG', 'SI', 'SK', 'TR', 'UA', 'US'];

/** An address, typed. */
export function AddressForm(p: { value: Place | null; label: string; submit: string; busy: boolean; error?: (field: string) => string | undefined; onSave: (a: Place) => void; onCancel?: () => void; cancel?: string }) {
  const t = addressWords.use();
  const id = useId();
  const [a, setA] = useState<Place>({ country: '', ...p.value });
  const [missing, setMissing] = useState(false);
  const field = (key: keyof Place, auto: string) => ({
    name: `${id}-${key}`, autoComplete: auto, value: a[key] ?? '', error: p.error?.(key), onChange: (e: { currentTarget: { value: string } }) => { const v = e.currentTarget.value; setA((was) => ({ ...was, [key]: v })); setMissing(false); },
  });
  const all = [...new Set([...(a.country ? [a.country] : []), ...countries])].map((value) => ({ value, label: regionName(value) })).sort((x, y) => x.label.localeCompare(y.label, lang()));
  const save = () => {
    const clean = Object.fromEntries(Object.entries(a).filter(([k]) => k !== '__typename').map(([k, v]) => [k, (v ?? '').trim()])) as Place;
    if (!clean.name || !clean.line1 || !clean.city || !clean.country) { setMissing(true); return; }
    p.onSave(clean);
  };
  return (
    <form className="f-form f-address" noValidate aria-label={p.label} onSubmit={(e) => { e.preventDefault(); save(); }}>
      <TextInput label={t.name} {...field('name', 'organization')} />
      <TextInput label={t.line1} {...field('line1', 'address-line1')} />
      <TextInput label={`${t.line2} (${t.optional})`} {...field('line2', 'address-line2')} />
      <div className="f-two"><TextInput label={t.postalCode} {...field('postalCode', 'postal-code')} /><TextInput label={t.city} {...field('city', 'address-level2')} /></div>
      <div className="f-two"><TextInput label={`${t.region} (${t.optional})`} {...field('region', 'address-level1')} /><NativeSelect label={t.country} data={[{ value: '', label: '' }, ...all]} {...field('country', 'country')} /></div>
      {missing && <p role="alert" style={{ color: 'var(--bad-text)' }}>{t.incomplete}</p>}
      <div className="f-form-end">{p.onCancel && <Button variant="default" onClick={p.onCancel}>{p.cancel}</Button>}<Button type="submit" variant="default" loading={p.busy}>{p.submit}</Button></div>
    </form>
  );
}
