import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import { day, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconCheck, IconDots, IconDownload, IconPlus, IconUserPlus, IconUsers } from '../../ui/icons.ts';
import { Avatar, Card, Dialog, Empty, Failure, Loading, Page, Pill, type Tone } from '../../ui/kit.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { roleName } from '../../words/roleNames.ts';
import { trainingWords } from '../training/parts.tsx';
import en from './Team.en.ts';
import '../training/team.css';

export const teamWords = words('Team', en);
const RequirementDialog = lazy(() => import('../training/RequirementDialog.tsx'));
const PeopleDialog = lazy(() => import('../training/PeopleDialog.tsx'));

const Matrix = graphql(`query TeamMatrix($missing: Boolean!, $first: Int, $after: Cursor) {
  trainingMatrix(missingOnly: $missing, first: $first, after: $after) {
    courses { key title required held course { id } }
    people { user @_optional { id name } cells { status dueAt expiresAt percent } }
    peopleCount missingCount endCursor hasNextPage
  }
}`);
const Sheet = graphql(`query TeamSheet { trainingMatrix { csvUrl @_optional } }`);
const Rules = graphql(`query TrainingRules { trainingRequirements { id version title dueAt dueDays enroll course { id key } roles { id key name } people @_optional { id name } } }`);
const Delete = graphql(`mutation DeleteTrainingRequirement($input: DeleteTrainingRequirementInput!) { deleteTrainingRequirement(input: $input) { id userErrors { field code message } } }`);

type M = ResultOf<typeof Matrix>['trainingMatrix'];
type Cell = M['people'][number]['cells'][number];
type Row = { id: string; name: string; cells: Cell[] };
export type Rule = ResultOf<typeof Rules>['trainingRequirements'][number];
const tones: Record<Cell['status'], Tone> = { NOT_REQUIRED: 'calm', HELD: 'good', EXPIRING: 'warn', LEARNING: 'accent', MISSING: 'calm', OVERDUE: 'bad' };
const size = 50;

/** Who must hold what, and where they stand. */
export default function Team() {
  const t = teamWords.use();
  const s = trainingWords.use();
  const k = kitWords.use();
  const may = useMay();
  const tell = useTell();
  const client = useClient();
  const list = useList();
  const missing = list.get('show') === 'missing';
  const [{ data, error }, again] = useQuery({ query: Matrix, variables: { missing, first: size, after: list.after } });
  const [{ data: ruled, error: noRules }, askRules] = useQuery({ query: Rules });
  const [remove, removing] = useAction(Delete);
  const [dialog, setDialog] = useState<{ what: 'rule' | 'delete'; rule?: Rule } | { what: 'people' } | null>(null);
  const [loading, setLoading] = useState(false);
  const m = data?.trainingMatrix;
  const rules = ruled?.trainingRequirements;
  const reload = () => { again({ requestPolicy: 'network-only' }); askRules({ requestPolicy: 'network-only' }); };
  const rows: Row[] | null = m ? m.people.map((p, i) => ({ id: p.user?.id ?? String(i), name: p.user?.name ?? '', cells: p.cells })) : null;
  const say = (c: Cell) => (c.status === 'HELD' || c.status === 'EXPIRING' ? (c.expiresAt ? t.until(day(c.expiresAt)) : '') : c.dueAt ? (c.status === 'OVERDUE' ? t.since(day(c.dueAt)) : t.by(day(c.dueAt))) : '');
  const columns: Column<Row>[] = [
    { key: 'name', title: t.person, phone: 'main', cell: (r) => <span className="te-who"><Avatar name={r.name} /><b>{r.name}</b></span> },
    ...(m?.courses ?? []).map((c, i): Column<Row> => ({ key: c.key, title: c.title, phone: 'label', cell: (r) => { const x = r.cells[i]!; return x.status === 'NOT_REQUIRED' ? null : <><Pill tone={tones[x.status]}>{x.status === 'LEARNING' && x.percent != null ? t.percent(x.percent) : t.status[x.status]}</Pill><small>{say(x)}</small></>; } })),
  ];
  const load = async () => {
    setLoading(true);
    // The link works for some minutes, and the page may have been open for longer.
    const url = (await client.query(Sheet, {}, { requestPolicy: 'network-only' }).toPromise()).data?.trainingMatrix.csvUrl;
    setLoading(false);
    if (url) window.location.assign(url);
    else toast(k.exportFailed, 'bad');
  };
  const take = async (rule: Rule) => { if (tell(await remove({ input: { id: rule.id } }), t.deleted(rule.title))) { setDialog(null); reload(); } };
  return (
    <Page title={t.title} sub={t.sub} crumbs={[{ title: s.title, href: '/training' }, { title: t.title }]} actions={<>
      {!!m?.courses.length && may('people.names') && <Button variant="default" loading={loading} leftSection={<IconDownload size={16} />} onClick={() => void load()}>{k.exportCsv}</Button>}
      {may('enrollment.create') && <Button variant="default" leftSection={<IconUserPlus size={16} />} onClick={() => setDialog({ what: 'people' })}>{t.enroll}</Button>}
      {may('trainingRequirement.save') && <Button leftSection={<IconPlus size={16} />} onClick={() => setDialog({ what: 'rule' })}>{t.add}</Button>}
    </>}>
      <div className="f-stack">
        {error && !m ? <section className="f-card"><Failure error={error} retry={reload} /></section> : !m ? <Loading rows={8} card /> : !m.courses.length ? (
          <section className="f-card"><Empty icon={<IconUsers size={22} />} title={t.none} text={t.noneText} action={may('trainingRequirement.save') && <Button onClick={() => setDialog({ what: 'rule' })}>{t.add}</Button>} /></section>
        ) : <>
          <ul className="te-courses" aria-label={t.summary}>{m.courses.map((c) => (
            <li key={c.key} className="f-card"><b>{c.course ? <Link href={`/training/${c.key}`}>{c.title}</Link> : c.title}</b><span className="te-share" aria-hidden><i style={{ width: `${c.required ? (c.held / c.required) * 100 : 0}%` }} /></span><small>{t.held(number(c.held), number(c.required))}</small></li>
          ))}</ul>
          <nav className="te-tabs" aria-label={t.show}>
            <Link href="/training/team" aria-current={missing ? undefined : 'page'}>{t.all}</Link><Link href="/training/team?show=missing" aria-current={missing ? 'page' : undefined}>{t.onlyMissing}</Link>
            <span className="muted" role="status">{m.missingCount ? s.teamMissing(m.missingCount) : s.teamGood}</span>
          </nav>
          <Card flush className="te-matrix">
            <Table label={t.title} columns={columns} rows={rows} empty={<Empty icon={<IconCheck size={22} />} title={missing ? t.nobody : t.noPeople} text={missing ? t.nobodyText : undefined} />} />
            {(m.hasNextPage || list.after) && <div className="f-foot"><span>{k.count(m.peopleCount)}</span><span style={{ display: 'flex', gap: 8 }}>
              {list.after && <Button size="compact-sm" variant="subtle" onClick={() => list.turn({})}>{k.firstPage}</Button>}
              {m.hasNextPage && <Button size="compact-sm" variant="default" onClick={() => list.turn({ after: m.endCursor ?? undefined })}>{k.next}</Button>}</span></div>}
          </Card>
        </>}
        {noRules && !rules && <Card title={t.rules}><Failure error={noRules} retry={() => askRules({ requestPolicy: 'network-only' })} /></Card>}
        {!!rules?.length && <Card title={t.rules} flush><ul>{rules.map((r) => (
          <li key={r.id} className="te-rule"><span><b>{r.title}</b><small>{[r.roles.length || r.people?.length ? [...r.roles.map((x) => roleName(x)), ...(r.people ?? []).map((p) => p.name)].join(', ') : t.everybody, r.dueAt && t.dueNow(day(r.dueAt)), r.dueDays && t.dueLater(r.dueDays), r.enroll && t.enrolls].filter(Boolean).join(' · ')}</small></span>
            {(may('trainingRequirement.save') || may('trainingRequirement.delete')) && <Menu label={t.actions(r.title)} button={<IconDots size={18} />} items={[
              ...(may('trainingRequirement.save') ? [{ label: t.change, run: () => setDialog({ what: 'rule', rule: r }) }] : []),
              ...(may('trainingRequirement.delete') ? [{ label: t.delete, danger: true, run: () => setDialog({ what: 'delete', rule: r }) }] : []),
            ]} />}</li>
        ))}</ul></Card>}
      </div>
      {dialog?.what === 'rule' && <Suspense><RequirementDialog rule={rules?.find((r) => r.id === dialog.rule?.id) ?? dialog.rule} taken={(rules ?? []).flatMap((r) => (r.course ? [r.course.id] : []))} close={() => setDialog(null)} done={reload} /></Suspense>}
      {dialog?.what === 'people' && <Suspense><PeopleDialog close={() => setDialog(null)} done={reload} /></Suspense>}
      {dialog?.what === 'delete' && dialog.rule && <Dialog open onClose={() => setDialog(null)} title={t.deleteTitle(dialog.rule.title)}>
        <p>{t.deleteText}</p>
        <div className="f-form-end" style={{ marginTop: 16 }}><Button variant="default" onClick={() => setDialog(null)}>{k.cancel}</Button><Button data-danger loading={removing} onClick={() => void take(dialog.rule!)}>{t.delete}</Button></div>
      </Dialog>}
    </Page>
  );
}
