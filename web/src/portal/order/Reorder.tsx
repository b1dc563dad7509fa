import { useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { IconRepeat } from '../../ui/icons.ts';
import { Dialog, Notice } from '../../ui/kit.tsx';
import { orderText } from './Cards.tsx';

const Again = graphql(`mutation Reorder($input: ReorderInput!, $key: String!) {
  reorder(input: $input) @idempotent(key: $key) { cart { id version lines { id quantity } } skipped { position name quantity message configuration { id } } changed { position name quantity message configuration { id } } userErrors { field code message } }
}`);
/** Lines that are not as they were, and the copies that are kept of what was made to order. */
function Lines({ text, lines }: { text: string; lines: readonly { position: number; name: string; quantity: number; message: string; configuration?: { id: string } | null }[] }) {
  const t = orderText.use();
  return lines.length > 0 && <div><p className="muted">{text}</p>
    <ul style={{ marginTop: 8, display: 'grid', gap: 8 }}>{lines.map((x) => <li key={x.position}><b style={{ fontWeight: 560 }}>{number(x.quantity)} × {x.name}</b><br /><span className="muted">{x.message}</span>
      {x.configuration && <><br /><Link href={`/configurations/${x.configuration.id}`}>{t.toConfiguration}</Link></>}</li>)}</ul></div>;
}
type Result = ResultOf<typeof Again>['reorder'];

/** Puts what an order had into the cart once more, and says what could not be taken. */
export default function Reorder({ orderId, label, small }: { orderId: string; label?: string; small?: boolean }) {
  const t = orderText.use();
  const tell = useTell();
  const keyFor = useKey();
  const [act, busy] = useAction(Again);
  const [done, setDone] = useState<Result | null>(null);
  const [times, setTimes] = useState(0);
  const run = async () => {
    const outcome = await act({ input: { orderId }, key: keyFor({ orderId, times }) });
    if (!tell(outcome)) return;
    setTimes((n) => n + 1);
    setDone(outcome.payload);
  };
  return <>
    <Button variant="default" size={small ? 'compact-md' : undefined} aria-label={label} loading={busy} leftSection={<IconRepeat size={small ? 15 : 17} />} onClick={() => void run()}>{t.reorder}</Button>
    {done && (
      <Dialog open onClose={() => setDone(null)} title={!done.cart ? t.reorderNone : done.skipped.length ? t.reorderTitle : t.reorder}>
        <div className="f-stack" style={{ gap: 14 }}>
          {done.cart && <Notice tone="good">{t.reordered(done.cart.lines.length)}</Notice>}
          <Lines text={t.changedText} lines={done.changed} />
          <Lines text={t.skippedText} lines={done.skipped} />
          <div className="f-form-end"><Button variant="default" onClick={() => setDone(null)}>{t.stay}</Button>{done.cart && <Button component={Link} href="/cart">{t.toCart}</Button>}</div>
        </div>
      </Dialog>
    )}
  </>;
}
