import { useMemo, useState } from 'react';
import { NativeSelect, TextInput } from '@mantine/core';
import { graphql, type VariablesOf } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen, useTell } from '../../ui/form.tsx';
import { Notice } from '../../ui/kit.tsx';
import { adminWords } from '../admin.ts';
import type { Role } from './Roles.tsx';
import en from './Roles.en.ts';
import { roleName } from '../../words/roleNames.ts';

const text = words('Roles', en);

const Create = graphql(`mutation CreateRole($input: CreateRoleInput!, $key: String!) {
  createRole(input: $input) @idempotent(key: $key) { role { id key name version } userErrors { field code message } }
}`);
const Update = graphql(`mutation UpdateRole($input: UpdateRoleInput!) {
  updateRole(input: $input) { role { id key name version reads { name scope } actions { name scope } permissions { name scope } } userErrors { field code message } }
}`);

type Kind = Role['kind'];
type Given = VariablesOf<typeof Update>['input']['reads'] & object;
type Scope = NonNullable<NonNullable<Role['reads']>[number]['scope']>;
type Chosen = Record<string, Scope | 'YES' | ''>;

const scopes: Record<Kind, Scope[]> = { ORGANIZATION: ['OWN', 'SELECTED', 'ORGANIZATION', 'TREE', 'ALL'], STAFF: ['OWN', 'ASSIGNED', 'ALL'] };
const groups = ['reads', 'actions', 'permissions'] as const;

/** Makes a role, or changes one: for each thing that a role can open, how far. */
export default function RoleForm({ all, role, change, again, done }: { all: Role[]; role?: Role; change: boolean; again: () => void; done: (key?: string) => void }) {
  const t = text.use();
  const a = adminWords.use();
  const form = useForm();
  const tell = useTell();
  const idempotent = useKey();
  const [version, refused] = useSeen(role?.version ?? 0);
  const [kind, setKind] = useState<Kind>(role?.kind ?? 'STAFF');
  const [name, setName] = useState(change ? role!.name : role ? t.copyName(roleName(role)) : '');
  const [key, setKey] = useState(role && !change ? `${role.key}_COPY` : '');
  const [chosen, setChosen] = useState<Chosen>(() => Object.fromEntries(groups.flatMap((g) => (role?.[g] ?? []).map((x) => [`${g} ${x.name}`, x.scope ?? ('YES' as const)]))));
  const [create, creating] = useAction(Create);
  const [update, updating] = useAction(Update);
  // What there is to give is what some role has: the API names no more.
  const names = useMemo(() => Object.fromEntries(groups.map((g) => [g, [...new Set(all.filter((r) => r.kind === kind || !r.builtIn).flatMap((r) => (r[g] ?? []).map((x) => x.name)))].sort()])), [all, kind]);
  const given = (g: 'reads' | 'actions'): Given => names[g]!.flatMap((n) => { const s = chosen[`${g} ${n}`]; return s && s !== 'YES' ? [{ name: n, scope: s }] : []; });
  const submit = async () => {
    const rest = { name: name.trim(), reads: given('reads'), actions: given('actions'), permissions: names.permissions!.filter((n) => chosen[`permissions ${n}`]) };
    if (change) {
      const outcome = await update({ input: { roleId: role!.id, version, ...rest } });
      if (form.take(outcome)) { tell(outcome, t.saved(rest.name)); done(); } else if (isStale(outcome)) { refused(); again(); }
      return;
    }
    const input = { key: key.trim(), kind, ...rest };
    const outcome = await create({ input, key: idempotent(input) });
    if (form.take(outcome)) { tell(outcome, t.created(rest.name)); done(input.key); }
  };
  return (
    <Form form={form} names={['name', 'key', 'kind']} onSubmit={() => void submit()}>
      {change && <Notice tone="warn">{t.warn}</Notice>}
      <div className="f-two">
        <TextInput label={t.name} autoFocus value={name} maxLength={120} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        {!change && <TextInput label={t.key} description={t.keyHint} inputWrapperOrder={['label', 'input', 'description', 'error']} spellCheck={false} value={key} onChange={(e) => setKey(e.currentTarget.value.toUpperCase().replace(/[^A-Z0-9_]/g, '_'))} error={form.error('key')} />}
      </div>
      {!role && <NativeSelect label={t.kind} value={kind} onChange={(e) => { setKind(e.currentTarget.value as Kind); setChosen({}); }} data={Object.entries(t.kindsShort).map(([value, label]) => ({ value, label }))} error={form.error('kind')} />}
      <div className="ad-grants" tabIndex={0} role="group" aria-label={t.scope}>
        {groups.map((g) => (
          <section key={g}><h3>{t[g]}</h3>{names[g]!.map((n) => {
            const at = `${g} ${n}`;
            return (
              <div key={n}><span>{a.name(n)}</span>
                <NativeSelect size="xs" aria-label={`${t[g]}: ${a.name(n)}`} value={chosen[at] ?? ''} onChange={(e) => { const value = e.currentTarget.value as Scope | 'YES' | ''; setChosen((c) => ({ ...c, [at]: value })); }}
                  data={[{ value: '', label: t.none }, ...(g === 'permissions' ? [{ value: 'YES', label: t.yes }] : scopes[kind].map((s) => ({ value: s, label: a.scope(s) })))]} /></div>
            );
          })}</section>
        ))}
      </div>
      <FormEnd label={change ? t.save : t.create} busy={creating || updating} disabled={!name.trim() || (!change && !key.trim())} onCancel={() => done()} />
    </Form>
  );
}
