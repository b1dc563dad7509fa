import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { number } from '../../lib/format.ts';
import { Form, FormEnd, useAction, useForm, useKey } from '../form.tsx';
import { Dialog, Pill } from '../kit.tsx';
import { toast } from '../toasts.tsx';
import { CartFields } from './cart.ts';
import { cartWords } from './Totals.tsx';
import './quick.css';

const Quick = graphql(`mutation QuickOrder($input: QuickOrderInput!, $key: String!) {
  quickOrder(input: $input) @idempotent(key: $key) {
    added refused lines { line sku quantity outcome message } cart { ...CartFields } userErrors { field code message }
  }
}`, [CartFields]);
type Result = ResultOf<typeof Quick>['quickOrder'];

/** Many things at once, by their skus: first what would become of each line, then into the cart. */
export default function QuickOrder(p: { cartId?: string; close: () => void; done: () => void }) {
  const t = cartWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [quick, busy] = useAction(Quick);
  const [list, setList] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<Result | null>(null);
  const [round, setRound] = useState(0);
  const send = async (dryRun: boolean) => {
    const input = { cartId: p.cartId, dryRun, ...(file ? { file } : { text: list }) };
    const outcome = await quick({ input, key: keyFor({ ...input, file: file && `${file.name} ${file.size} ${file.lastModified}`, round }) });
    if (!form.take(outcome)) return;
    if (dryRun) { setFound(outcome.payload); setRound((n) => n + 1); return; }
    toast(t.taken(outcome.payload.added));
    p.done();
    p.close();
  };
  if (found) {
    // What stays out is what has to be read; of what fits, the first few.
    const bad = found.lines.filter((l) => l.outcome !== 'ADDED' && l.outcome !== 'MERGED');
    const good = found.lines.filter((l) => l.outcome === 'ADDED' || l.outcome === 'MERGED');
    const shown = [...bad.slice(0, 200), ...good.slice(0, 50)];
    return (
      <Dialog open onClose={p.close} title={t.quickTitle} wide>
        <Form form={form} onSubmit={() => void send(false)} label={t.quickTitle}>
          <p className="qo-foot" role="status"><b>{found.added ? t.fits(found.added) : t.noneFits}</b>{found.refused > 0 && <span className="muted">{t.refusedLines(found.refused)}</span>}</p>
          <div className="qo-table" tabIndex={0} role="region" aria-label={t.outcome}>
            <table className="f-table" aria-label={t.outcome}>
              <thead><tr><th scope="col">{t.line}</th><th scope="col">{t.quickList}</th><th scope="col">{t.outcome}</th></tr></thead>
              <tbody>{shown.map((l) => {
                const fits = l.outcome === 'ADDED' || l.outcome === 'MERGED';
                return <tr key={l.line}><td className="num">{number(l.line)}</td><td><b style={{ fontWeight: 560, overflowWrap: 'anywhere' }}>{l.sku}</b>{l.quantity != null && <small>{l.quantity}</small>}</td><td><Pill tone={fits ? 'good' : 'bad'}>{fits ? t.good : t.bad}</Pill> <small>{l.message}</small></td></tr>;
              })}</tbody>
            </table>
          </div>
          {good.length > 50 && <p className="muted">{t.moreLines(number(good.length - 50))}</p>}
          <div className="f-form-end"><Button variant="default" onClick={() => { setFound(null); form.clear(); }}>{t.back}</Button><Button type="submit" loading={busy} disabled={!found.added}>{t.take(found.added)}</Button></div>
        </Form>
      </Dialog>
    );
  }
  return (
    <Dialog open onClose={p.close} title={t.quickTitle}>
      <p className="muted" style={{ marginBottom: 14 }}>{t.quickText}</p>
      <Form form={form} names={['text', 'file']} onSubmit={() => void send(true)} label={t.quickTitle}>
        <Textarea label={t.quickList} placeholder={t.quickPlaceholder} rows={8} value={list} disabled={!!file} onChange={(e) => setList(e.currentTarget.value)} error={form.error('text')} styles={{ input: { fontFamily: 'ui-monospace, monospace' } }} />
        <label className="qo-file"><span>{t.quickFile}</span> <input type="file" accept=".csv,.txt,text/csv,text/plain" onChange={(e) => setFile(e.currentTarget.files?.[0] ?? null)} /></label>
        {form.error('file') && <p role="alert" style={{ color: 'var(--bad-text)' }}>{form.error('file')}</p>}
        <FormEnd label={t.check} busy={busy} onCancel={p.close} disabled={!list.trim() && !file} />
      </Form>
    </Dialog>
  );
}
