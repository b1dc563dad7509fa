import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { IconCopy, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Failure, Loading, NotFound, Notice, Page, Pill } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { roleName } from '../../words/roleNames.ts';
import { adminWords } from '../admin.ts';
import en from './Roles.en.ts';
import '../admin.css';

const RoleForm = lazy(() => import('./RoleForm.tsx'));
const text = words('Roles', en);

const All = graphql(`query AllRoles { roles { id key name kind builtIn version
  reads @_optional { name scope } actions @_optional { name scope } permissions @_optional { name scope } } }`);

/** A role with all that it opens. */
export type Role = ResultOf<typeof All>['roles'][number];

export default function Roles() {
  return useMay()('role.create') ? <RoleList /> : <NotFound />;
}

function RoleList() {
  const t = text.use();
  const may = useMay();
  const list = useList();
  const [{ data, error }, load] = useQuery({ query: All });
  const [asked, ask] = useState<{ role?: Role; change?: boolean } | null>(null);
  const again = () => load({ requestPolicy: 'network-only' });
  const roles = data?.roles ?? [];
  const now = roles.find((r) => r.key === list.get('role')) ?? roles.find((r) => r.kind === 'STAFF') ?? roles[0];
  return (
    <Page title={t.title} sub={t.sub} wide actions={<Button leftSection={<IconPlus size={16} />} onClick={() => ask({})}>{t.make}</Button>}>
      {error && !data ? <Failure error={error} retry={again} /> : !now ? <Loading card rows={8} /> : (
        <div className="ad-roles">
          <nav className="f-card" aria-label={t.title}>
            {(['STAFF', 'ORGANIZATION'] as const).map((kind) => (
              <div key={kind}><p className="ad-group">{t.kinds[kind]}</p>
                {roles.filter((r) => r.kind === kind).map((r) => (
                  <Link className="ad-role" key={r.id} href={`/roles?role=${r.key}`} aria-current={r.id === now.id ? 'page' : undefined}>{roleName(r)}<small>{r.key}{!r.builtIn && ` · ${t.made}`}</small></Link>
                ))}
              </div>
            ))}
          </nav>
          <div className="f-stack">
            <div className="ad-row">
              <span className="ad-end"><h2>{roleName(now)}</h2><Pill tone={now.builtIn ? 'calm' : 'accent'}>{now.builtIn ? t.builtIn : t.made}</Pill></span>
              <span className="ad-end">
                <Button variant="default" leftSection={<IconCopy size={16} />} onClick={() => ask({ role: now })}>{t.copy}</Button>
                {!now.builtIn && may('role.update') && <Button variant="default" onClick={() => ask({ role: now, change: true })}>{t.change}</Button>}
              </span>
            </div>
            {now.builtIn && <Notice>{t.builtInText}</Notice>}
            <Grants title={t.reads} of={now.reads} />
            <Grants title={t.actions} of={now.actions} />
            <Grants title={t.permissions} of={now.permissions} />
          </div>
        </div>
      )}
      <Dialog open={!!asked} onClose={() => ask(null)} wide title={asked?.change ? t.changeTitle(roleName(asked.role)) : t.make}>
        {asked && <Suspense fallback={<Loading />}><RoleForm all={roles} role={roles.find((r) => r.id === asked.role?.id) ?? asked.role} change={!!asked.change} again={again} done={(key) => { ask(null); if (key) list.set({ role: key }); }} /></Suspense>}
      </Dialog>
    </Page>
  );
}

function Grants({ title, of }: { title: string; of: Role['reads'] | undefined }) {
  const t = text.use();
  const a = adminWords.use();
  const rows = (of ?? []).map((g) => ({ ...g, id: g.name }));
  return (
    <Card title={title} flush aside={t.granted(rows.length)}>
      {!rows.length ? <p className="muted ad-pad">{t.nothing}</p> : (
        <dl className="f-rows">{[...new Set(rows.map((r) => r.scope))].map((scope) => (
          <div className="ad-scope" key={scope ?? ''}>
            <dt className={scope ? undefined : 'vh'}><Pill tone={scope === 'ALL' ? 'accent' : scope === 'OWN' ? 'calm' : 'info'}>{scope ? a.scope(scope) : t.yes}</Pill></dt>
            {rows.filter((r) => r.scope === scope).map((r) => <dd key={r.id} title={r.name}>{a.name(r.name)}</dd>)}
          </div>
        ))}</dl>
      )}
    </Card>
  );
}
