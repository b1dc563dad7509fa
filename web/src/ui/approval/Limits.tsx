import { useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { money } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen, useVersioned } from '../form.tsx';
import { IconDots, IconPlus } from '../icons.ts';
import { Card, Dialog, Failure, Loading } from '../kit.tsx';
import { Menu } from '../Menu.tsx';
import { useMay } from '../root.tsx';
import { toast } from '../toasts.tsx';
import { roleName } from '../../words/roleNames.ts';
import en from './Limits.en.ts';
import './limits.css';

/** The words of limits and of those who stand in. */
export const limitWords = words('Limits', en);

const All = graphql(`query SpendingLimits($organizationId: ID) { spendingLimits(organizationId: $organizationId) {
  id version period amount { amount currency } membership { id user { id name } } role { id key name } approver { id name }
} }`);
const Save = graphql(`mutation SaveSpendingLimit($input: SaveSpendingLimitInput!, $key: String!) { saveSpendingLimit(input: $input) @idempotent(key: $key) {
  spendingLimit { id version period amount { amount currency } approver { id name } } userErrors { field code message } } }`);
const Remove = graphql(`mutation DeleteSpendingLimit($input: DeleteSpendingLimitInput!) { deleteSpendingLimit(input: $input) { deletedId userErrors { field code message } } }`);

type Limit = ResultOf<typeof All>['spendingLimits'][number];
/** Somebody for whom a limit can be. */
export interface Person { membershipId: string; userId: string; name: string; role: { id: string; key: string; name: string } | null }
export interface Around { organizationId: string; currency: string; people: Person[]; roles: { id: string; key: string; name: string }[] }

/** Up to which amounts people order without asking. */
export function LimitList(p: Around) {
  const t = limitWords.use();
  const may = useMay();
  const [{ data, error }, again] = useQuery({ query: All, variables: { organizationId: p.organizationId } });
  const [editing, setEditing] = useState<Limit | 'new' | null>(null);
  const [removing, setRemoving] = useState<Limit | null>(null);
  const whom = (l: Limit) => l.membership?.user?.name ?? (l.role ? t.role(roleName(l.role)) : t.everybody);
  const rows = data?.spendingLimits;
  const reload = () => again({ requestPolicy: 'network-only' });
  const now = (l: Limit) => rows?.find((x) => x.id === l.id) ?? l; // as it stands by now
  return (
    <Card title={t.title} flush aside={may('spendingLimit.save') && <Button size="compact-sm" variant="default" leftSection={<IconPlus size={14} />} onClick={() => setEditing('new')}>{t.add}</Button>}>
      {error && !rows ? <Failure error={error} retry={reload} /> : !rows ? <Loading rows={2} /> : <>
        <p className="muted" style={{ padding: '14px 20px' }}>{rows.length ? t.text : t.none}</p>
        {rows.length > 0 && <ul className="f-limits">{rows.map((l) => (
          <li key={l.id}>
            <span><b>{whom(l)}</b><small>{l.approver && t.asks(l.approver.name)}</small></span>
            <span className="num">{money(l.amount)} <small>{t.each[l.period]}</small></span>
            {may('spendingLimit.save') && <Menu label={t.manage(whom(l))} button={<IconDots size={18} />} items={[{ label: t.edit, run: () => setEditing(l) }, ...(may('spendingLimit.delete') ? [{ label: t.remove, danger: true, run: () => setRemoving(l) }] : [])]} />}
          </li>
        ))}</ul>}
      </>}
      {editing && <EditLimit {...p} limit={editing === 'new' ? null : now(editing)} close={() => setEditing(null)} reload={reload} />}
      {removing && <RemoveLimit limit={now(removing)} whom={whom(removing)} close={() => setRemoving(null)} reload={reload} />}
    </Card>
  );
}

function RemoveLimit({ limit: l, whom, close, reload }: { limit: Limit; whom: string; close: () => void; reload: () => void }) {
  const t = limitWords.use();
  const { form, busy, send } = useVersioned(l.version, reload);
  const [remove] = useAction(Remove);
  const submit = async () => { if (await send({}, (version) => remove({ input: { id: l.id, version } }), t.removed)) { close(); reload(); } };
  return (
    <Dialog open onClose={close} title={t.removeTitle}>
      <Form form={form} label={t.removeTitle} onSubmit={() => void submit()}>
        <p>{whom}: {money(l.amount)} {t.each[l.period]}</p><FormEnd label={t.remove} busy={busy} danger onCancel={close} />
      </Form>
    </Dialog>
  );
}

function EditLimit(p: Around & { limit: Limit | null; close: () => void; reload: () => void }) {
  const t = limitWords.use();
  const form = useForm();
  const keyFor = useKey();
  const [save, busy] = useAction(Save);
  const l = p.limit;
  const [version, refused] = useSeen(l?.version ?? 0);
  const [whom, setWhom] = useState('');
  const [period, setPeriod] = useState<Limit['period']>(l?.period ?? 'ORDER');
  const [amount, setAmount] = useState(l?.amount.amount ?? '');
  const [currency, setCurrency] = useState(l?.amount.currency ?? p.currency);
  const [approver, setApprover] = useState(l?.approver?.id ?? '');
  const [wrong, setWrong] = useState(false);
  const approvers = p.people.filter((x) => x.role && ['ORG_MANAGER', 'ORG_ADMIN'].includes(x.role.key));
  const submit = async () => {
    const clean = amount.trim().replace(',', '.');
    setWrong(!/^\d+(\.\d{1,2})?$/.test(clean));
    if (!/^\d+(\.\d{1,2})?$/.test(clean)) return;
    const input = {
      ...(l ? { id: l.id, version } : { organizationId: p.organizationId, ...(whom.startsWith('m:') ? { membershipId: whom.slice(2) } : whom.startsWith('r:') ? { roleId: whom.slice(2) } : {}) }),
      period, amount: clean, currency, approverId: approver || undefined,
    };
    const outcome = await save({ input, key: keyFor(input) });
    if (isStale(outcome)) { refused(); p.reload(); }
    if (!form.take(outcome)) return;
    toast(t.saved);
    p.reload();
    p.close();
  };
  return (
    <Dialog open onClose={p.close} title={l ? t.edit : t.add}>
      <Form form={form} names={['amount', 'currency', 'approverId', 'membershipId', 'roleId', 'period']} onSubmit={() => void submit()} label={t.title}>
        {!l && <NativeSelect label={t.forWhom} value={whom} onChange={(e) => setWhom(e.currentTarget.value)} error={form.error('membershipId') ?? form.error('roleId')}
          data={[{ value: '', label: t.everybody }, ...p.roles.map((r) => ({ value: `r:${r.id}`, label: t.role(roleName(r)) })), ...p.people.map((x) => ({ value: `m:${x.membershipId}`, label: x.name }))]} />}
        <NativeSelect label={t.period} value={period} onChange={(e) => setPeriod(e.currentTarget.value as Limit['period'])} data={Object.entries(t.periods).map(([value, label]) => ({ value, label }))} error={form.error('period')} />
        <div className="f-two">
          <TextInput label={t.amount} inputMode="decimal" value={amount} onChange={(e) => { setAmount(e.currentTarget.value); setWrong(false); }} error={wrong ? t.wrongAmount : form.error('amount')} />
          <TextInput label={t.currency} maxLength={3} value={currency} onChange={(e) => setCurrency(e.currentTarget.value.toUpperCase())} error={form.error('currency')} />
        </div>
        <NativeSelect label={t.approver} value={approver} onChange={(e) => setApprover(e.currentTarget.value)} error={form.error('approverId')} data={[{ value: '', label: t.anybody }, ...approvers.map((x) => ({ value: x.userId, label: x.name }))]} />
        <FormEnd label={t.save} busy={busy} onCancel={p.close} disabled={!amount.trim() || currency.length !== 3} />
      </Form>
    </Dialog>
  );
}
