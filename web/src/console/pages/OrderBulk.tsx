import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useClient } from 'urql';
import { atMost } from '../../lib/bulk.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, idempotencyKey, isStale, useForm } from '../../ui/form.tsx';
import { IconAlert, IconCheck, IconClock, IconRefresh } from '../../ui/icons.ts';
import { Dialog, Notice, OrderPill, useFailure } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { actWords, type Act } from './orderAct.ts';
import { ActFields, noValues, useAct, useActTexts, useMissing, type ActValues } from './OrderActs.tsx';
import { useMay } from '../../ui/root.tsx';

/** An order that something is to be done with, as it was read when the dialog opened. */
export interface Chosen { id: string; number: string; version: number; status: string; fulfillmentStatus: string; availableActions: readonly string[]; organization: { name: string } | null }
type State = { is: 'waiting' | 'working' | 'done' | 'stopped' } | { is: 'refused' | 'stale' | 'failed'; why: string; now?: { status: string; fulfillmentStatus: string } };

const Again = graphql(`query BulkAgain($id: ID!) { order(id: $id) { id number version status fulfillmentStatus availableActions } }`);

/** One act on many orders: each is a mutation of its own, four at a time, with
 * an outcome of its own. Those that did not go can be tried again. */
export default function OrderBulk({ act, orders, onClose }: { act: Act; orders: Chosen[]; onClose: (undone: string[]) => void }) {
  const t = actWords.use();
  const k = kitWords.use();
  const may = useMay();
  const texts = useActTexts()(act);
  const missingOf = useMissing();
  const say = useFailure();
  const client = useClient();
  const form = useForm();
  const run = useAct();
  const [chosen] = useState(orders); // what changes below while the dialog is open must not be overwritten unseen
  const can = chosen.filter((o) => o.availableActions.includes(act));
  const cannot = chosen.filter((o) => !can.includes(o));
  const [values, set] = useState<ActValues>({ ...noValues, visibility: may('order.note.internal') ? 'INTERNAL' : 'CUSTOMER' });
  const [tried, setTried] = useState(false);
  const [states, setStates] = useState<Record<string, State> | null>(null);
  const [running, setRunning] = useState(false);
  const versions = useRef(new Map<string, number>());
  const keys = useRef(new Map<string, string>());
  const stop = useRef<AbortController | null>(null);

  const work = async (those: Chosen[]) => {
    stop.current = new AbortController();
    setRunning(true);
    const put = (id: string, s: State) => setStates((all) => ({ ...all, [id]: s }));
    for (const o of those) put(o.id, { is: 'waiting' });
    await atMost(4, those, async (o) => {
      put(o.id, { is: 'working' });
      const version = versions.current.get(o.id) ?? o.version;
      const wish = `${o.id} ${version}`; // after a lost answer the same key: the effect is had once
      if (!keys.current.has(wish)) keys.current.set(wish, idempotencyKey());
      const outcome = await run(act, { id: o.id, version }, values, keys.current.get(wish)!);
      if (outcome.ok) put(o.id, { is: 'done' });
      else if (isStale(outcome)) {
        const now = await client.query(Again, { id: o.id }, { requestPolicy: 'network-only' }).toPromise();
        if (now.data?.order) versions.current.set(o.id, now.data.order.version);
        put(o.id, { is: 'stale', why: t.stale, now: now.data?.order ?? undefined });
      } else if (outcome.error) put(o.id, { is: 'failed', why: say(outcome.error) });
      else {
        keys.current.delete(wish); // a refusal is remembered under its key; another try is another request
        put(o.id, { is: 'refused', why: outcome.refusals.map((r) => r.message).join(' ') });
      }
    }, stop.current.signal);
    setStates((all) => Object.fromEntries(Object.entries(all ?? {}).map(([id, s]) => [id, s.is === 'waiting' ? { is: 'stopped' as const } : s])));
    setRunning(false);
  };
  const submit = () => {
    setTried(true);
    if (!Object.keys(missingOf(act, values)).length) void work(can);
  };
  const all = Object.values(states ?? {});
  const good = all.filter((s) => s.is === 'done').length;
  const undone = can.filter((o) => states && states[o.id]?.is !== 'done');
  const worked = all.filter((s) => s.is !== 'waiting' && s.is !== 'working' && s.is !== 'stopped').length;
  const close = () => onClose(states ? undone.map((o) => o.id) : chosen.map((o) => o.id));
  const left = cannot.length > 0 && (
    <Notice tone="warn">{t.left(cannot.length)} {cannot.map((o, i) => <span key={o.id}>{i > 0 && ', '}{o.number}</span>)}</Notice>
  );
  return (
    <Dialog open onClose={close} fixed={running} wide={!!states} title={t.ofMany(texts.title, can.length)}>
      {!states ? (
        can.length === 0 ? <>
          <Notice tone="warn">{t.none}</Notice>
          <div className="f-form-end"><Button variant="default" onClick={close}>{t.over}</Button></div>
        </> : (
          <Form form={form} onSubmit={submit}>
            {left}
            <ActFields act={act} values={values} set={set} missing={tried ? missingOf(act, values) : {}} form={form} many />
            <FormEnd label={t.start(can.length)} busy={false} danger={act === 'CANCEL'} onCancel={close} />
          </Form>
        )
      ) : (
        <div className="f-form">
          {left}
          <div className="od-progress"><progress max={can.length} value={worked} aria-label={t.progress(worked, can.length)} /><span role="status">{running ? t.progress(worked, can.length) : t.result(good, can.length)}</span></div>
          <ul className="od-outcomes">
            {can.map((o) => <Row key={o.id} order={o} state={states[o.id] ?? { is: 'waiting' }} />)}
          </ul>
          <div className="f-form-end">
            {running ? <Button variant="default" onClick={() => stop.current?.abort()}>{t.stop}</Button> : <>
              {undone.length > 0 && <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={() => void work(undone)}>{t.retry(undone.length)}</Button>}
              <Button onClick={close} data-autofocus>{k.close}</Button>
            </>}
          </div>
        </div>
      )}
    </Dialog>
  );
}

function Row({ order, state }: { order: Chosen; state: State }) {
  const t = actWords.use();
  const bad = 'why' in state;
  return (
    <li data-state={state.is}>
      {state.is === 'done' ? <IconCheck size={17} /> : bad ? <IconAlert size={17} /> : <IconClock size={17} />}
      <span><a href={`/console/orders/${encodeURIComponent(order.number)}`} target="_blank" rel="noreferrer">{order.number}</a>{order.organization && <small>{order.organization.name}</small>}</span>
      <span>{bad ? state.why : t[state.is]}</span>
      {bad && state.now && <OrderPill order={state.now} />}
    </li>
  );
}
