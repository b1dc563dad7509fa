import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, useAction, useForm, useTell } from '../../ui/form.tsx';
import { IconSearch } from '../../ui/icons.ts';
import { Dialog, Failure, Loading, Notice, Pill, ShipmentPill, Skeleton, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { kitWords } from '../../words/index.ts';
import type { Report } from './Parcels.tsx';
import en from './Parcels.en.ts';

const text = words('Parcels', en);

const One = graphql(`query ParcelReport($id: ID!) { node(id: $id) { __typename id
  ... on ParcelReport { trackingNumber status at receivedAt estimatedDelivery location message problem state handledAt dismissReason carrier { code name } shipment { id order { id number } } }
} }`);
const Find = graphql(`query OrdersOfParcel($filter: OrderFilter) {
  orders(filter: $filter, first: 6) @_optional { edges { node {
    id number purchaseOrderNumber organization @_optional { id name }
    shipments { id status trackingNumber carrier { code name } }
  } } }
}`);
const Assign = graphql(`mutation AssignParcelReport($input: AssignParcelReportInput!) {
  assignParcelReport(input: $input) { parcelReport { id state handledAt shipment { id order { id number } } } userErrors { field code message } }
}`);

type Found = NonNullable<NonNullable<NonNullable<NonNullable<ResultOf<typeof Find>['orders']>['edges']>[number]>['node']>;

/** What similar numbers begin with: the number without its last third, as carriers count upwards at the end. */
const beginning = (number: string) => number.slice(0, Math.max(4, Math.ceil(number.length * 0.66))).trimEnd();

/** One report: what the carrier says, and the shipment that it belongs to, to be found and chosen. */
export function ParcelReport(p: { id: string | null; mayAct: boolean; close: () => void; dismiss: (r: Report) => void; again: () => void }) {
  const t = text.use();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id: p.id ?? '' }, pause: !p.id });
  const r = data?.node?.__typename === 'ParcelReport' && data.node.id === p.id ? data.node : null;
  return (
    <Dialog open={!!p.id} wide onClose={p.close} title={r ? t.detail(r.trackingNumber) : t.title}>
      {error && !r ? <Failure error={error} retry={() => load({ requestPolicy: 'network-only' })} /> : !r ? <Loading rows={4} /> : (
        <div className="pa-dialog">
          <dl className="f-facts">
            <dt>{t.carrier}</dt><dd>{r.carrier.name}</dd>
            <dt>{t.says}</dt><dd><ShipmentPill status={r.status} /> {r.message}</dd>
            {r.location && <><dt>{t.where}</dt><dd>{r.location}</dd></>}
            <dt>{t.at}</dt><dd><Time at={r.at} /></dd>
            <dt>{t.receivedAt}</dt><dd><Time at={r.receivedAt} /></dd>
            {r.estimatedDelivery && <><dt>{t.expected}</dt><dd><Time at={r.estimatedDelivery} /></dd></>}
            <dt>{t.state}</dt><dd><Pill tone={r.state === 'WAITING' ? 'warn' : r.state === 'RECORDED' ? 'good' : 'calm'}>{t.states[r.state]}</Pill></dd>
            {r.shipment && <><dt>{t.recordedOn}</dt><dd><Link href={`/orders/${encodeURIComponent(r.shipment.order.number)}`}>{r.shipment.order.number}</Link></dd></>}
            {r.handledAt && <><dt>{t.handled}</dt><dd><Time at={r.handledAt} /></dd></>}
            {r.dismissReason && <><dt>{t.reason}</dt><dd>{r.dismissReason}</dd></>}
          </dl>
          {r.state === 'WAITING' && <Notice tone="warn">{t.problemText[r.problem]}</Notice>}
          {r.state === 'WAITING' && p.mayAct && <AssignForm report={r} {...p} />}
        </div>
      )}
    </Dialog>
  );
}

function AssignForm({ report, close, dismiss, again }: { report: Report; close: () => void; dismiss: (r: Report) => void; again: () => void }) {
  const t = text.use();
  const k = kitWords.use();
  const may = useMay();
  const form = useForm();
  const tell = useTell();
  const [run, busy] = useAction(Assign);
  const [typed, setTyped] = useState('');
  const [wanted] = useDebouncedValue(typed.trim(), 200);
  const [chosen, choose] = useState<{ shipment: string; order: string } | null>(null);
  const [missing, setMissing] = useState(false);
  const known = report.problem === 'AMBIGUOUS_PARCEL' || report.problem === 'WRONG_CLOCK' || report.problem === 'BEFORE_ORDER';
  const filter = wanted ? { search: wanted } : known ? { trackingNumber: report.trackingNumber } : { search: beginning(report.trackingNumber) };
  const [{ data, fetching, stale }] = useQuery({ query: Find, variables: { filter } });
  const orders = data?.orders?.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const submit = async () => {
    setMissing(!chosen);
    if (!chosen) return;
    const outcome = await run({ input: { parcelReportId: report.id, shipmentId: chosen.shipment } });
    if (form.take(outcome)) { tell(outcome, t.recorded(chosen.order)); close(); again(); } else if (outcome.refusals.some((x) => x.code === 'HANDLED')) again();
  };
  const choices = (o: Found) => o.shipments.map((s) => {
    const other = s.carrier.code !== report.carrier.code; // the API refuses another carrier's shipment
    return (
      <label key={s.id} className="pa-choice" data-off={other || undefined}>
        <input type="radio" name="shipment" value={s.id} disabled={other} checked={chosen?.shipment === s.id} onChange={() => { choose({ shipment: s.id, order: o.number }); setMissing(false); }} />
        <span>{s.carrier.name} · <span className="num">{s.trackingNumber ?? t.noNumber}</span></span><ShipmentPill status={s.status} />
        {other && <small>{t.otherCarrier(s.carrier.name)}</small>}
      </label>
    );
  });
  return (
    <Form form={form} names={[]} onSubmit={() => void submit()} label={t.whichShipment}>
      {may('parcelReport.assign') && (
        <>
          <TextInput label={t.whichShipment} placeholder={t.find} description={`${t.find}. ${t.findHint}`} autoFocus leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); choose(null); }} error={missing && t.choose} />
          <fieldset className="pa-found" aria-busy={fetching || stale}>
            <legend>{wanted ? t.results : t.suggestions}</legend>
            <ul>
              {!orders ? <li><div className="pa-order"><Skeleton w="50%" /></div></li> : orders.map((o) => (
                <li key={o.id}>
                  <div className="pa-order"><Link href={`/orders/${encodeURIComponent(o.number)}`}>{o.number}</Link><small>{[o.purchaseOrderNumber, o.organization?.name].filter(Boolean).join(' · ')}</small></div>
                  {o.shipments.length ? choices(o) : <div className="pa-choice" data-off>{t.noShipment}</div>}
                </li>
              ))}
            </ul>
            {orders?.length === 0 && <p className="muted" role="status">{wanted ? t.noResult : t.noSuggestion}</p>}
          </fieldset>
          <p className="muted">{t.whole}</p>
        </>
      )}
      <div className="f-form-end">
        {may('parcelReport.dismiss') && <Button variant="default" style={{ marginRight: 'auto' }} onClick={() => dismiss(report)}>{t.dismiss}</Button>}
        <Button variant="default" onClick={close}>{k.cancel}</Button>
        {may('parcelReport.assign') && <Button type="submit" loading={busy}>{t.record}</Button>}
      </div>
    </Form>
  );
}
