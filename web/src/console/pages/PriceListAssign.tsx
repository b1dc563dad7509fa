import { useRef, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen } from '../../ui/form.tsx';
import { IconPlus, IconTrash } from '../../ui/icons.ts';
import { IconButton } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { toast } from '../../ui/toasts.tsx';
import type { PriceListData } from './PriceList.tsx';
import { listWords } from './priceListWords.tsx';

const Assign = graphql(`mutation AssignPriceList($input: AssignPriceListInput!, $key: String!) {
  assignPriceList(input: $input) @idempotent(key: $key) { priceList { id version } userErrors { field code message } }
}`);
const Segments = graphql(`query SegmentsToAssign { segments { id name } }`);

type Kind = 'organization' | 'segment' | 'everybody';
interface Row { n: number; kind: Kind; id: string; priority: string }

/** Says for whom a price list is, all of it at once. */
export default function PriceListAssign({ list: l, close, again }: { list: PriceListData; close: () => void; again: () => void }) {
  const t = listWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [version, refused] = useSeen(l.version);
  const [assign, busy] = useAction(Assign);
  const [{ data }] = useQuery({ query: Segments });
  const count = useRef(l.assignments.length);
  const [rows, setRows] = useState<Row[]>(() => l.assignments.map((a, n) => ({ n, kind: a.isEverybody ? 'everybody' : a.organization ? 'organization' : 'segment', id: a.organization?.id ?? a.segment?.id ?? '', priority: String(a.priority) })));
  const set = (n: number, change: Partial<Row>) => setRows((all) => all.map((r) => (r.n === n ? { ...r, ...change } : r)));
  const submit = async () => {
    const assignments = rows.map((r) => ({ organizationId: r.kind === 'organization' ? r.id : undefined, segmentId: r.kind === 'segment' ? r.id : undefined, priority: Number(r.priority) }));
    const input = { priceListId: l.id, version, assignments };
    const outcome = await assign({ input, key: keyFor(input) });
    if (isStale(outcome)) { refused(); again(); }
    if (form.take(outcome)) { toast(t.assignSaved); close(); again(); }
  };
  const wrong = (i: number, ...names: string[]) => form.refusals.find((r) => r.field?.includes(String(i)) && (!names.length || names.includes(r.field.at(-1)!)))?.message;
  const ready = rows.every((r) => (r.kind === 'everybody' || r.id) && /^\d{1,4}$/.test(r.priority));
  return (
    <Form form={form} names={rows.map((_, i) => String(i))} onSubmit={() => void submit()} label={t.assignTitle}>
      <p className="pr-hint">{t.assignText}</p>
      {!rows.length && <p className="muted">{t.assignedNone}</p>}
      <div className="pr-rows">{rows.map((r, i) => (
        <div key={r.n} className="pr-assign" role="group" aria-label={t.row(i + 1)}>
          <NativeSelect label={t.addFor} value={r.kind} onChange={(e) => set(r.n, { kind: e.currentTarget.value as Kind, id: '' })} data={Object.entries(t.kinds).map(([value, label]) => ({ value, label }))} />
          {r.kind === 'organization' ? <OrganizationPicker label={t.customer} placeholder={t.choose} value={r.id || undefined} onChange={(id) => set(r.n, { id: id ?? '' })} error={wrong(i, 'organizationId', 'segmentId', String(i))} />
            : r.kind === 'segment' ? <NativeSelect label={t.segment} value={r.id} onChange={(e) => set(r.n, { id: e.currentTarget.value })} data={[{ value: '', label: t.choose }, ...(data?.segments ?? []).map((s) => ({ value: s.id, label: s.name }))]} error={wrong(i, 'organizationId', 'segmentId', String(i))} />
              : <span />}
          <TextInput label={t.priority} inputMode="numeric" value={r.priority} onChange={(e) => set(r.n, { priority: e.currentTarget.value })} error={wrong(i, 'priority')} />
          <IconButton label={t.removeRow(t.row(i + 1))} onClick={() => setRows((all) => all.filter((x) => x.n !== r.n))}><IconTrash size={17} /></IconButton>
        </div>
      ))}</div>
      <div><Button size="compact-md" variant="default" leftSection={<IconPlus size={15} />} onClick={() => setRows((all) => [...all, { n: count.current++, kind: 'organization', id: '', priority: '10' }])}>{t.add}</Button></div>
      <FormEnd label={t.save} busy={busy} onCancel={close} disabled={!ready} />
    </Form>
  );
}
