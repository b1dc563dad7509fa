import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { IconPencil, IconPlus, IconUsers, IconX } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, IconButton, Loading, Notice, Page } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { useMay } from '../../ui/root.tsx';
import { catalogWords } from './catalog.tsx';
import { segmentWords } from './Segments.tsx';

const SegmentForm = lazy(() => import('./SegmentForm.tsx'));
const One = graphql(`query OneSegment($id: ID!) {
  segment(id: $id) { id key name description version organizationCount organizations(first: 100) { id name address { city } } }
  priceLists(first: 100) @_optional { edges { node { id name assignments { segment { id } } } } }
}`);
const Products = graphql(`query SegmentProducts($filter: ProductFilter) { products(filter: $filter, first: 5) { totalCount edges { node { id name } } } }`);
const More = graphql(`query MoreMembers($id: ID!, $after: ID) { segment(id: $id) { id organizations(first: 100, after: $after) { id name address { city } } } }`);
const Members = graphql(`mutation SetSegmentMembers($input: SetSegmentMembersInput!, $key: String!) {
  setSegmentMembers(input: $input) @idempotent(key: $key) { segment { id version organizationCount organizations(first: 100) { id name address { city } } } userErrors { field code message } } }`);

interface Member { id: string; name: string; address: { city: string | null } | null }

/** A segment: who is in it, and where it counts. */
export default function Segment({ id }: { id: string }) {
  const t = segmentWords.use();
  const c = catalogWords.use();
  const may = useMay();
  const client = useClient();
  const [{ data, error }, load] = useQuery({ query: One, variables: { id } });
  const [{ data: used }] = useQuery({ query: Products, variables: { filter: { segmentId: id } }, pause: !may('catalog.audience') });
  const again = () => load({ requestPolicy: 'network-only' });
  const [asked, ask] = useState<{ what: 'edit' | 'add' } | { what: 'remove'; member: Member } | null>(null);
  const [further, setFurther] = useState<Member[]>([]);
  const [loading, setLoading] = useState(false);
  const crumbs = [{ title: c.segments, href: '/products/segments' }];
  const s = data?.segment;
  useEffect(() => setFurther([]), [s?.version]);
  if (!s) {
    if (error && codeOf(error) !== 'NOT_FOUND' && codeOf(error) !== 'BAD_USER_INPUT') return <Page title={t.segment} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={again} /></section></Page>;
    if (error || data) return <Page title={t.notFound} crumbs={crumbs}><section className="f-card"><Empty icon={<IconUsers size={22} />} title={t.notFound} text={t.notFoundText} action={<Button component={Link} href="/products/segments" variant="default">{t.toSegments}</Button>} /></section></Page>;
    return <Page title={t.segment} crumbs={crumbs}><Loading card rows={5} /></Page>;
  }
  const members = [...s.organizations, ...further];
  const more = async () => {
    setLoading(true);
    const answer = await client.query(More, { id, after: members.at(-1)!.id }, { requestPolicy: 'network-only' }).toPromise();
    setLoading(false);
    setFurther([...further, ...(answer.data?.segment?.organizations ?? [])]);
  };
  const lists = data.priceLists?.edges?.flatMap((e) => (e?.node?.assignments.some((a) => a.segment?.id === id) ? [e.node] : [])) ?? [];
  const products = used?.products.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? [];
  return (
    <Page title={s.name} crumbs={[...crumbs, { title: s.name }]} sub={s.description ?? undefined}
      actions={may('segment.save') && <Button variant="default" leftSection={<IconPencil size={16} />} onClick={() => ask({ what: 'edit' })}>{c.edit}</Button>}>
      <div className="f-columns">
        <Card title={t.customers} flush aside={may('segment.members') ? <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={15} />} onClick={() => ask({ what: 'add' })}>{t.add}</Button> : c.customersOf(s.organizationCount)}>
          {!members.length ? <Empty icon={<IconUsers size={22} />} title={t.empty} text={t.emptyText} action={may('segment.members') && <Button onClick={() => ask({ what: 'add' })}>{t.add}</Button>} /> : (
            <ul className="f-rows" aria-label={t.customers}>
              {members.map((m) => (
                <li key={m.id} className="ca-row"><span><Link href={`/customers/${m.id}`}>{m.name}</Link>{m.address?.city && <small>{m.address.city}</small>}</span>
                  {may('segment.members') && <IconButton label={t.takeOut(m.name)} onClick={() => ask({ what: 'remove', member: m })}><IconX size={16} /></IconButton>}</li>
              ))}
              {members.length < s.organizationCount && <li><Button size="compact-sm" variant="default" loading={loading} onClick={() => void more()}>{t.more(s.organizationCount - members.length)}</Button></li>}
            </ul>
          )}
        </Card>
        <div className="f-stack">
          <Card title={t.used}>
            {used && <><h3 className="ca-label">{t.products}</h3>
              {!products.length ? <p className="muted">{t.noProducts}</p> : <ul>{products.map((p) => <li key={p.id}><Link href={`/products/${p.id}`}>{p.name}</Link></li>)}
                {used.products.totalCount > products.length && <li><Link href={`/products?segment=${id}`}>{t.allProducts(used.products.totalCount)}</Link></li>}</ul>}</>}
            {data.priceLists && <><h3 className="ca-label">{t.lists}</h3>{!lists.length ? <p className="muted">{t.noLists}</p> : <ul>{lists.map((l) => <li key={l.id}>{l.name}</li>)}</ul>}</>}
          </Card>
          <Card title={t.about}><dl className="f-facts"><dt>{t.key}</dt><dd><code>{s.key}</code></dd><dt>{t.customers}</dt><dd className="num">{s.organizationCount}</dd></dl></Card>
        </div>
      </div>
      <Dialog open={asked?.what === 'edit'} onClose={() => ask(null)} title={t.editTitle(s.name)}>
        <Suspense fallback={<Loading rows={3} />}><SegmentForm segment={s} again={again} onClose={() => ask(null)} /></Suspense>
      </Dialog>
      <Dialog open={asked?.what === 'add'} onClose={() => ask(null)} title={t.add}>{asked?.what === 'add' && <AddForm segment={s} again={again} onClose={() => ask(null)} />}</Dialog>
      <Dialog open={asked?.what === 'remove'} onClose={() => ask(null)} title={t.removeTitle}>{asked?.what === 'remove' && <RemoveForm segment={s} member={asked.member} again={again} onClose={() => ask(null)} />}</Dialog>
    </Page>
  );
}

interface FormProps { segment: { id: string; version: number }; again: () => void; onClose: () => void }

function AddForm({ segment: s, again, onClose }: FormProps) {
  const t = segmentWords.use();
  const { form, busy, send } = useVersioned(s.version, again);
  const [save] = useAction(Members);
  const [chosen, setChosen] = useState<{ id: string; name: string }[]>([]);
  const submit = async () => {
    const add = chosen.map((x) => x.id);
    if (await send(add, (version, key) => save({ input: { segmentId: s.id, version, add }, key }), t.added(add.length))) onClose();
  };
  return (
    <Form form={form} names={['add']} onSubmit={() => void submit()}>
      <p className="muted">{t.addText}</p>
      <OrganizationPicker label={t.customer} placeholder={t.pick} value={undefined} error={form.error('add')} onChange={(id, choice) => { if (id && choice && !chosen.some((x) => x.id === id)) setChosen([...chosen, { id, name: choice.label }]); }} />
      {chosen.length > 0 && <ul className="ca-picked" aria-label={t.customers}>{chosen.map((x) => <li key={x.id}><span>{x.name}</span><IconButton label={t.takeOut(x.name)} onClick={() => setChosen(chosen.filter((y) => y.id !== x.id))}><IconX size={16} /></IconButton></li>)}</ul>}
      <FormEnd label={t.add} busy={busy} disabled={!chosen.length} onCancel={onClose} />
    </Form>
  );
}

function RemoveForm({ segment: s, member, again, onClose }: FormProps & { member: Member }) {
  const t = segmentWords.use();
  const { form, busy, send } = useVersioned(s.version, again);
  const [save] = useAction(Members);
  const submit = async () => {
    if (await send({ remove: member.id }, (version, key) => save({ input: { segmentId: s.id, version, remove: [member.id] }, key }), t.takenOut(member.name))) onClose();
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <Notice tone="warn">{t.removeText(member.name)}</Notice>
      <FormEnd label={t.remove} busy={busy} danger onCancel={onClose} />
    </Form>
  );
}
