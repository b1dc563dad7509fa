import { useMemo, useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { number } from '../../lib/format.ts';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import { Notice } from '../../ui/kit.tsx';
import { amount, cells, isAmount } from '../amounts.ts';
import type { PriceListData } from './PriceList.tsx';
import { listWords } from './priceListWords.tsx';
import { SetPrices } from './setPrices.ts';

const most = 10_000;
const shown = 100;
interface Read { line: number; content: string; price?: { sku: string; minimumQuantity: number; unitPrice?: string }; wrong?: string }

/** Many prices from a table: each row is read here, checked by the API, and none is written when one is wrong. */
export default function PriceListPaste({ list, close, done }: { list: PriceListData; close: () => void; done: () => void }) {
  const t = listWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [set, busy] = useAction(SetPrices);
  const [text, setText] = useState('');
  const [fileError, setFileError] = useState('');
  const [refused, setRefused] = useState<{ line: number; content: string; why: string }[] | null>(null);
  const rows = useMemo(() => read(text, t), [text, t]);
  const good = rows.filter((r) => r.price);
  const skus = new Set(good.map((r) => r.price!.sku)).size;
  const general = !text.trim() ? null : rows.length > most ? t.tooMany : !rows.length ? t.empty : null;
  const take = async (file: File | undefined) => {
    if (!file) return;
    const content = file.size > 5e6 ? null : await file.text().catch(() => null);
    setFileError(file.size > 5e6 ? t.large : content === null || content.includes('\0') || content.includes('\ufffd') ? t.notText : '');
    if (content !== null && !content.includes('\0') && !content.includes('\ufffd')) setText(content);
  };
  const submit = async () => {
    const bad = rows.filter((r) => r.wrong);
    if (general) return;
    if (bad.length) { setRefused(bad.map((r) => ({ line: r.line, content: r.content, why: r.wrong! }))); return; }
    const input = { priceListId: list.id, prices: good.map((r) => r.price!) };
    const outcome = await set({ input, key: keyFor({ ...input, at: list.version }) });
    // What is refused is named by its place among the prices that were sent.
    const byRow = outcome.ok ? [] : outcome.refusals.flatMap((r) => {
      const at = good[Number(r.field?.[r.field.indexOf('prices') + 1] ?? NaN)];
      return at ? [{ line: at.line, content: at.content, why: r.message }] : [];
    });
    if (byRow.length) { setRefused(byRow); return; }
    if (!form.take(outcome)) return;
    toast(t.pasted(good.length));
    close();
    done();
  };
  if (refused) return (
    <div className="f-form">
      <Notice tone="bad"><b>{t.refusedTitle(refused.length)}</b><br />{t.refusedText}</Notice>
      <div className="pr-scroll" tabIndex={0} role="region" aria-label={t.refusedTitle(refused.length)}>
        <table className="f-table" aria-label={t.refusedTitle(refused.length)}>
          <thead><tr><th scope="col">{t.line}</th><th scope="col">{t.content}</th><th scope="col">{t.why}</th></tr></thead>
          <tbody>{refused.slice(0, shown).map((r, i) => <tr key={`${r.line} ${i}`}><td className="num">{number(r.line)}</td><td className="pr-code">{r.content}</td><td>{r.why}</td></tr>)}</tbody>
        </table>
      </div>
      {refused.length >= shown && <p className="muted">{t.moreErrors(shown)}</p>}
      <div className="f-form-end"><Button autoFocus onClick={() => { setRefused(null); form.clear(); }}>{t.back}</Button></div>
    </div>
  );
  return (
    <Form form={form} onSubmit={() => void submit()} label={t.pasteTitle}>
      <p className="pr-hint">{t.pasteText}</p>
      <Textarea label={t.pasteList} placeholder={t.pasteHint} rows={10} className="pr-paste" spellCheck={false} wrap="off" value={text} onChange={(e) => setText(e.currentTarget.value)} error={general ?? undefined} />
      <label className="pr-file"><span>{t.pasteFile}</span> <input type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={(e) => void take(e.currentTarget.files?.[0])} /></label>
      {fileError && <p role="alert" className="pr-wrong">{fileError}</p>}
      <p className="pr-hint" role="status">{good.length > 0 && t.summary(good.length, skus)}</p>
      <FormEnd label={t.check} busy={busy} onCancel={close} disabled={!rows.length || !!general} />
    </Form>
  );
}

function read(text: string, t: ReturnType<typeof listWords.get>): Read[] {
  const all = cells(text);
  const first = all[0]?.cells;
  // A row of names: where a price or a hyphen should be stands a word.
  const named = first && first.length > 1 && !isAmount(first.at(-1)!) && !/^[-–]?$/.test(first.at(-1)!) && !/\d/.test(first.at(-1)!);
  return (named ? all.slice(1) : all).map(({ line, cells: c }): Read => {
    const content = c.join('  ');
    if (c.length < 2 || c.length > 3 || !c[0]) return { line, content, wrong: t.columns };
    const [sku, quantity, price] = c.length === 2 ? [c[0], '1', c[1]!] : [c[0], c[1] || '1', c[2]!];
    if (!/^[1-9]\d{0,8}$/.test(quantity)) return { line, content, wrong: t.wrongQuantity };
    if (/^[-–]?$/.test(price)) return { line, content, price: { sku, minimumQuantity: Number(quantity) } };
    if (!isAmount(price)) return { line, content, wrong: t.wrongPrice };
    return { line, content, price: { sku, minimumQuantity: Number(quantity), unitPrice: amount(price) } };
  });
}
