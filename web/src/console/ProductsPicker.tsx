import { words } from '../lib/words.ts';
import { IconChevronDown, IconX } from '../ui/icons.ts';
import { IconButton, Pill } from '../ui/kit.tsx';
import { Picker, type Choice } from '../ui/Picker.tsx';
import { useFindProducts, type PickedProduct } from './ProductPicker.tsx';
import en from './ProductsPicker.en.ts';
import './products-picker.css';

const text = words('ProductsPicker', en);

/** Picks products, in an order that can be changed, by the beginning of a name or a whole sku. */
export function ProductsPicker(p: { label: string; value: PickedProduct[]; onChange: (list: PickedProduct[]) => void; most?: number; error?: string; description?: string }) {
  const t = text.use();
  const products = useFindProducts(p.value.map((v) => v.id));
  const known = new Map<string, PickedProduct>();
  const find = async (typed: string): Promise<Choice[]> => {
    const found = await products(typed);
    for (const x of found) known.set(x.id, x);
    return found.map((x) => ({ id: x.id, label: x.name, hint: x.status && x.status !== 'ACTIVE' ? t.unseen : x.skus.join(', ') }));
  };
  const move = (i: number, by: number) => { const next = [...p.value]; const [x] = next.splice(i, 1); next.splice(i + by, 0, x!); p.onChange(next); };
  const full = p.value.length >= (p.most ?? 20);
  return (
    <div className="pp">
      {!full && <Picker label={p.label} value={null} find={find} placeholder={t.find} error={p.error} description={p.description}
        onChange={(c) => { if (c) p.onChange([...p.value, known.get(c.id) ?? { id: c.id, name: c.label }]); }} />}
      {full && <p className="muted">{p.label}: {t.full}</p>}
      {p.value.length > 0 && <ol className="pp-list" aria-label={p.label}>{p.value.map((x, i) => (
        <li key={x.id}><span>{x.name}{x.status && x.status !== 'ACTIVE' && <> <Pill tone="warn">{t.unseen}</Pill></>}</span>
          <IconButton label={t.up(x.name)} disabled={i === 0} onClick={() => move(i, -1)}><IconChevronDown size={16} style={{ rotate: '180deg' }} /></IconButton>
          <IconButton label={t.down(x.name)} disabled={i === p.value.length - 1} onClick={() => move(i, 1)}><IconChevronDown size={16} /></IconButton>
          <IconButton label={t.remove(x.name)} onClick={() => p.onChange(p.value.filter((v) => v.id !== x.id))}><IconX size={16} /></IconButton></li>
      ))}</ol>}
    </div>
  );
}
