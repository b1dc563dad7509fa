import { useRef, useState } from 'react';
import { Button, Input } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { clock, day } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { idempotencyKey, useAction, useTell } from '../../ui/form.tsx';
import { IconAlert, IconCart, IconCheck, IconClock, IconHistory, IconNote, IconTruck, IconUser } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Pill, Time, type Tone } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import en from './Customer.en.ts';

const text = words('Customer', en);

const Events = graphql(`query CustomerTimeline($id: ID!, $filter: OrganizationTimelineFilter, $after: Cursor) {
  organization(id: $id) { id timeline(filter: $filter, after: $after, first: 20) @_optional {
    pageInfo { hasNextPage endCursor }
    edges { node {
      __typename key at actor { kind name @_optional }
      ... on OrganizationOrderEvent {
        order @_optional { id number }
        event @_optional {
          __typename key at
          ... on OrderStatusChanged { from to reason }
          ... on OrderPromiseChanged { oldDate newDate reason }
          ... on OrderDelayed { cause }
          ... on ShipmentCreated { carrier { code name } trackingNumber }
          ... on TrackingReported { status location message }
          ... on OrderNoteAdded { text @_optional visibility @_optional }
        }
      }
      ... on OrganizationPersonEvent { user @_optional { id name } change }
      ... on OrganizationNoteAdded { text }
    } }
  } }
}`);
const Add = graphql(`mutation AddOrganizationNote($input: AddOrganizationNoteInput!, $key: String!) {
  addOrganizationNote(input: $input) @idempotent(key: $key) { organization { id } userErrors { field code message } }
}`);

type Event = NonNullable<NonNullable<ResultOf<typeof Events>['organization']>['timeline']>['edges'][number]['node'];
type Kind = NonNullable<NonNullable<NonNullable<VariablesOf<typeof Events>['filter']>['kind']>>[number];
type Tab = 'ALL' | Kind;
interface Pending { key: string; at: string; text: string; name: string }

const dayOf = (at: string) => new Date(at).toDateString();

/** The heading above the events of a day. */
function useDay() {
  const t = text.use();
  return (at: string) => {
    if (dayOf(at) === new Date().toDateString()) return t.today;
    if (dayOf(at) === new Date(Date.now() - 86_400_000).toDateString()) return t.yesterday;
    return day(at);
  };
}

interface Told { icon: typeof IconNote; tone?: Tone; what: string; quote?: string | null; more?: string; internal?: boolean }

/** What an event means, in words. */
function useTold() {
  const t = text.use();
  const o = orderWords.use();
  return (e: Event): Told => {
    if (e.__typename === 'OrganizationNoteAdded') return { icon: IconNote, what: t.noteTitle, quote: e.text };
    if (e.__typename === 'OrganizationPersonEvent') return { icon: IconUser, tone: e.change === 'DISABLED' ? 'warn' : 'info', what: t.person[e.change](e.user?.name ?? t.somebody) };
    const x = e.event;
    switch (x?.__typename) {
      case 'OrderPlaced': return { icon: IconCart, tone: 'accent', what: t.placed };
      case 'OrderStatusChanged': return { icon: x.to === 'COMPLETED' ? IconCheck : IconCart, tone: x.to === 'CANCELLED' ? 'warn' : x.to === 'COMPLETED' ? 'good' : 'accent', what: o.status[x.to], quote: x.reason };
      case 'OrderPromiseChanged': return { icon: IconClock, tone: 'info', what: !x.newDate ? t.promiseGone : x.oldDate ? t.promiseInstead(day(x.newDate), day(x.oldDate)) : t.promise(day(x.newDate)), quote: x.reason };
      case 'OrderDelayed': return { icon: IconAlert, tone: 'warn', what: t.delayed, more: o.delay[x.cause] };
      case 'ShipmentCreated': return { icon: IconTruck, tone: 'accent', what: t.shipment(x.carrier.name), more: x.trackingNumber ?? undefined };
      case 'TrackingReported': return {
        icon: x.status === 'EXCEPTION' ? IconAlert : IconTruck, tone: x.status === 'DELIVERED' ? 'good' : x.status === 'EXCEPTION' || x.status === 'RETURNED_TO_SENDER' ? 'bad' : 'accent',
        what: o.shipment[x.status], more: [x.location, x.message].filter(Boolean).join(' · '),
      };
      case 'OrderNoteAdded': return { icon: IconNote, what: t.orderNote, quote: x.text, internal: x.visibility === 'INTERNAL' };
      default: return { icon: IconHistory, what: t.happened };
    }
  };
}

function Entry({ event }: { event: Event }) {
  const t = text.use();
  const told = useTold()(event);
  const Icon = told.icon;
  const order = event.__typename === 'OrganizationOrderEvent' ? event.order : null;
  const person = event.__typename === 'OrganizationPersonEvent' ? event.user : null;
  const may = useMay();
  return (
    <li className="cu-event">
      <span className="cu-dot" data-tone={told.tone} aria-hidden><Icon size={16} /></span>
      <div>
        <p>{event.__typename === 'OrganizationOrderEvent' && <>{order ? <Link href={`/orders/${encodeURIComponent(order.number)}`}>{t.order(order.number)}</Link> : t.anOrder}: </>}
          {person && may('people.contact') ? <Link href={`/people/${person.id}`}>{told.what}</Link> : told.what} {told.internal && <Pill>{t.internal}</Pill>}</p>
        {told.quote && <blockquote>{told.quote}</blockquote>}
        <small>{[told.more, event.actor.name ?? t.actors[event.actor.kind]].filter(Boolean).join(' · ')} · <Time at={event.at}>{clock(event.at)}</Time></small>
      </div>
    </li>
  );
}

/** One page of events, and below it the next one when it was asked for. Each
 * page starts where the one above ends, so that a new event moves them all. */
function Events20(p: { id: string; tab: Tab; after?: string; pages: number; more: () => void; last?: string; pending: Pending[] }) {
  const t = text.use();
  const headline = useDay();
  const [{ data, error, fetching }, again] = useQuery({ query: Events, variables: { id: p.id, filter: p.tab === 'ALL' ? null : { kind: [p.tab] }, after: p.after ?? null } });
  const page = data?.organization?.timeline;
  if (error && !page) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  if (!page) return <Loading rows={p.after ? 2 : 5} />;
  const events = page.edges.map((e) => e.node);
  // What was just written stands there until the server tells of it.
  const waiting = p.pending.filter((n) => !events.some((e) => e.__typename === 'OrganizationNoteAdded' && e.text === n.text && Date.parse(e.at) > Date.parse(n.at) - 60_000));
  const days: { at: string; events: Event[] }[] = [];
  for (const e of events) {
    if (days.length && dayOf(days.at(-1)!.at) === dayOf(e.at)) days.at(-1)!.events.push(e);
    else days.push({ at: e.at, events: [e] });
  }
  const first = !p.after;
  const now = new Date().toISOString();
  return (
    <>
      {waiting.length > 0 && (
        <>
          <h3 className="cu-day">{t.today}</h3>
          <ul className="cu-events">{waiting.map((n) => (
            <li className="cu-event" data-pending key={n.key}><span className="cu-dot" aria-hidden><IconNote size={16} /></span>
              <div><p>{t.noteTitle}</p><blockquote>{n.text}</blockquote><small>{n.name} · {t.saving}</small></div></li>
          ))}</ul>
        </>
      )}
      {first && !events.length && !waiting.length && <Empty icon={<IconHistory size={22} />} title={p.tab === 'ALL' ? t.empty : t.emptyKind} text={p.tab === 'ALL' ? t.emptyText : undefined} />}
      {days.map((d, i) => (
        <div key={d.at}>
          {!((i === 0 && p.last && dayOf(p.last) === dayOf(d.at)) || (i === 0 && waiting.length && dayOf(now) === dayOf(d.at))) && <h3 className="cu-day">{headline(d.at)}</h3>}
          <ul className="cu-events">{d.events.map((e) => <Entry key={e.key} event={e} />)}</ul>
        </div>
      ))}
      {page.pageInfo.hasNextPage && page.pageInfo.endCursor && (p.pages > 1
        ? <Events20 {...p} after={page.pageInfo.endCursor} pages={p.pages - 1} last={events.at(-1)?.at} pending={[]} />
        : <Button className="cu-more" variant="default" fullWidth loading={fetching && !first} onClick={p.more}>{t.more}</Button>)}
      {!page.pageInfo.hasNextPage && !first && <p className="cu-day" role="status">{t.end}</p>}
    </>
  );
}

/** Everything that happened with a customer, the latest first, and a place to write a note. */
export function Timeline({ id }: { id: string }) {
  const t = text.use();
  const may = useMay();
  const { viewer } = useSession();
  const [tab, setTab] = useState<Tab>('ALL');
  const [pages, setPages] = useState(1);
  const [note, setNote] = useState('');
  const [pending, setPending] = useState<Pending[]>([]);
  const [add] = useAction(Add);
  const tell = useTell();
  const key = useRef(idempotencyKey());
  const field = useRef<HTMLTextAreaElement>(null);
  const tabs: Tab[] = may('event.internal') ? ['ALL', 'ORDERS', 'PEOPLE', 'NOTES'] : [];
  const write = async () => {
    const written = note.trim();
    if (!written) { field.current?.focus(); return; }
    const entry = { key: key.current, at: new Date().toISOString(), text: written, name: viewer.name };
    if (tab === 'ORDERS' || tab === 'PEOPLE') setTab('ALL');
    setPending((all) => [entry, ...all]);
    setNote('');
    field.current?.focus();
    const outcome = await add({ input: { organizationId: id, text: written }, key: key.current });
    if (tell(outcome, t.noteAdded)) key.current = idempotencyKey(); // the list is asked for again, see client.ts
    else {
      setPending((all) => all.filter((n) => n !== entry));
      setNote((typed) => typed || written); // nothing that was written is lost
      if (outcome.refusals.length) key.current = idempotencyKey();
    }
  };
  return (
    <Card title={t.timeline} aside={tabs.length > 0 && (
      <span className="cu-tabs" role="group" aria-label={t.kindsOf}>
        {tabs.map((x) => <button key={x} type="button" aria-pressed={tab === x} onClick={() => { setTab(x); setPages(1); }}>{t.tabs[x]}</button>)}
      </span>
    )}>
      {may('organization.note') && (
        <form className="cu-note" onSubmit={(e) => { e.preventDefault(); void write(); }}>
          <Input component="textarea" multiline rows={1} maxLength={4000} ref={field} aria-label={t.note} placeholder={t.note} value={note}
            onChange={(e) => setNote(e.currentTarget.value)} onKeyDown={(e) => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); void write(); } }} />
          <Button type="submit" variant="default">{t.addNote}</Button>
          {note && <small>{t.noteHint}</small>}
        </form>
      )}
      <Events20 key={tab} id={id} tab={tab} pages={pages} more={() => setPages(pages + 1)} pending={tab === 'ALL' || tab === 'NOTES' ? pending : []} />
    </Card>
  );
}
