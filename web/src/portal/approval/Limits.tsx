import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { day } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { LimitList, limitWords, type Around, type Person } from '../../ui/approval/Limits.tsx';
import { Form, FormEnd, useAction, useForm, useTell } from '../../ui/form.tsx';
import { Card, Dialog, Loading } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';

const Delegated = graphql(`query MyDelegation { viewer { id membership { id delegation @_optional { until delegate @_optional { id name } } } } }`);
const Delegate = graphql(`mutation DelegateApprovals($input: DelegateApprovalsInput!) { delegateApprovals(input: $input) {
  membership { id version delegation @_optional { until delegate @_optional { id name } } } userErrors { field code message } } }`);

/** Up to which amounts people order without asking, and who stands in for whom. */
export default function Limits(p: Around) {
  const may = useMay();
  return <>
    {may('spendingLimit.read') && <LimitList {...p} />}
    {may('approval.delegate') && <StandIn people={p.people} />}
  </>;
}

/** Who answers in one's own place. */
function StandIn({ people }: { people: Person[] }) {
  const t = limitWords.use();
  const tell = useTell();
  const form = useForm();
  const { viewer } = useSession();
  const [{ data }] = useQuery({ query: Delegated });
  const [delegate, busy] = useAction(Delegate);
  const [open, setOpen] = useState(false);
  const [who, setWho] = useState('');
  const [until, setUntil] = useState('');
  const d = data?.viewer.membership?.delegation;
  const others = people.filter((x) => x.userId !== viewer.id && x.role && ['ORG_MANAGER', 'ORG_ADMIN'].includes(x.role.key));
  if (!data) return <Loading rows={1} card />;
  return (
    <Card title={t.delegation}>
      <p>{d ? t.now(d.delegate?.name ?? '', day(d.until)) : t.nobody}</p>
      <p className="muted" style={{ margin: '4px 0 12px' }}>{t.delegationText}</p>
      {d ? <Button variant="default" loading={busy} onClick={() => void delegate({ input: {} }).then((x) => tell(x, t.ended))}>{t.end}</Button>
        : <Button variant="default" disabled={!others.length} onClick={() => setOpen(true)}>{t.set}</Button>}
      {open && <Dialog open onClose={() => setOpen(false)} title={t.set}>
        <Form form={form} names={['delegateUserId', 'until']} label={t.set} onSubmit={() => void delegate({ input: { delegateUserId: who, until: new Date(`${until}T23:59:59`).toISOString() } }).then((x) => { if (form.take(x)) { toast(t.named(others.find((o) => o.userId === who)?.name ?? '')); setOpen(false); } })}>
          <NativeSelect label={t.who} value={who} onChange={(e) => setWho(e.currentTarget.value)} data={[{ value: '', label: t.choose }, ...others.map((x) => ({ value: x.userId, label: x.name }))]} error={form.error('delegateUserId')} />
          <TextInput type="date" label={t.until} min={new Date().toISOString().slice(0, 10)} value={until} onChange={(e) => setUntil(e.currentTarget.value)} error={form.error('until')} />
          <FormEnd label={t.set} busy={busy} onCancel={() => setOpen(false)} disabled={!who || !until} />
        </Form>
      </Dialog>}
    </Card>
  );
}
