import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { ago, number } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { Card, Empty, Failure, Loading, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import type { Model } from './draft.ts';
import { modelWords } from './fields.tsx';

export const runFields = graphql(`fragment RunFields on Revalidation @_unmask { id number isDraft isDryRun isFinished seen valid repriced repaired needsCustomer createdAt finishedAt }`);
const All = graphql(`query RunsOfModel($id: ID!) { node(id: $id) { __typename ... on ConfigurationModel { id revalidations @_optional { ...RunFields } } } }`, [runFields]);
const Start = graphql(`mutation StartRun($input: RevalidateConfigurationsInput!, $key: String!) {
  revalidateConfigurations(input: $input) @idempotent(key: $key) { revalidation { ...RunFields } userErrors { field code message } }
}`, [runFields]);
export type Run = ResultOf<typeof runFields>;

/** The runs of a model, read again while one is under way; and the way to begin one. */
export function useRuns(id: string, published?: string) {
  const [{ data, error }, load] = useQuery({ query: All, variables: { id }, requestPolicy: 'cache-and-network' });
  const runs = data?.node?.__typename === 'ConfigurationModel' ? data.node.revalidations ?? [] : null;
  const under = !!runs?.some((r) => !r.isFinished);
  useEffect(() => {
    if (!under) return;
    const id = setInterval(() => load({ requestPolicy: 'network-only' }), 1_500);
    return () => clearInterval(id);
  }, [under]);
  // A version that is published begins one.
  const seen = useRef(published);
  useEffect(() => { if (seen.current !== published) { seen.current = published; load({ requestPolicy: 'network-only' }); } }, [published]);
  const [start, busy] = useAction(Start);
  const keyFor = useKey();
  const tell = useTell();
  const begin = async (draft: boolean) => {
    const input = { id, dryRun: true, draft };
    const outcome = await start({ input, key: keyFor({ input, after: runs?.[0]?.id ?? '' }) });
    tell(outcome);
    load({ requestPolicy: 'network-only' });
  };
  return { runs, under, error, begin, busy, load: () => load({ requestPolicy: 'network-only' }) };
}

/** What a run came to, as four numbers. */
export function RunFacts({ run: r }: { run: Run }) {
  const t = modelWords.use();
  return <dl className="mo-tiles" aria-label={t.runOf(r.number)}>
    <div><dt>{t.valid}</dt><dd>{number(r.valid)}</dd></div><div><dt>{t.repriced}</dt><dd>{number(r.repriced)}</dd></div>
    <div><dt>{t.repaired}</dt><dd>{number(r.repaired)}</dd></div><div><dt>{t.needsCustomer}</dt><dd>{number(r.needsCustomer)}</dd></div>
  </dl>;
}

/** What versions did to the configurations that customers keep, what the draft would do, and the versions themselves. */
export default function Runs({ model: m, dirty }: { model: Model; dirty: boolean }) {
  const t = modelWords.use();
  const may = useMay();
  const all = useRuns(m.id, m.current?.id);
  const trial = all.runs?.find((r) => r.isDraft);
  const columns: Column<Run>[] = [
    { key: 'what', title: t.run, phone: 'main', cell: (r) => <>{r.isDraft ? t.trialOf : t.versionNo(r.number)}<small>{r.isDryRun ? t.dry : t.real}</small></> },
    { key: 'when', title: t.begun, phone: 'label', cell: (r) => <Time at={r.createdAt}>{ago(r.createdAt)}</Time> },
    ...(['seen', 'valid', 'repriced', 'repaired', 'needsCustomer'] as const).map((key): Column<Run> => ({ key, title: t[key], end: true, phone: 'label', cell: (r) => <span className="num">{number(r[key])}</span> })),
    { key: 'state', title: t.state, end: true, cell: (r) => <Pill tone={r.isFinished ? 'good' : 'accent'}>{r.isFinished ? t.finished : t.underWay}</Pill> },
  ];
  type Version = NonNullable<Model['versions']>[number];
  const versions: Column<Version>[] = [
    { key: 'no', title: t.version, phone: 'main', cell: (v) => <>{t.versionNo(v.number)}{v.note && <small>{v.note}</small>}</> },
    { key: 'when', title: t.published, phone: 'label', cell: (v) => <Time at={v.publishedAt} /> },
    { key: 'facts', title: t.extent, phone: 'label', cell: (v) => t.facts(v.facts.groups, v.facts.options, v.facts.rules) },
    { key: 'count', title: t.possible, end: true, phone: 'label', cell: (v) => <span className="num">{!v.facts.count ? t.tooMany : v.facts.count.length > 12 ? t.about10(v.facts.count.length - 1) : number(Number(v.facts.count))}</span> },
    { key: 'state', title: t.state, end: true, cell: (v) => <Pill tone={v.status === 'ACTIVE' ? 'good' : 'calm'}>{t.versionStates[v.status]}</Pill> },
  ];
  return <>
    {may('configurationModel.publish') && <Card title={t.trial} aside={<Button size="compact-md" loading={all.busy} disabled={all.under || dirty || !m.isChanged} onClick={() => void all.begin(true)}>{t.tryIt}</Button>}>
      <div className="f-stack">
        <p className="mo-hint">{dirty ? t.tryDirty : !m.isChanged ? t.tryUnchanged : t.tryText}</p>
        {trial && <><RunFacts run={trial} /><p className="mo-hint" role="status">{trial.isFinished ? t.trialDone(trial.seen, ago(trial.createdAt)) : t.trialUnder(trial.seen)}</p></>}
      </div>
    </Card>}
    <Card title={t.runs} flush>
      {all.error && !all.runs ? <Failure error={all.error} retry={all.load} /> : !all.runs ? <Loading rows={3} /> : <Table label={t.runs} columns={columns} rows={all.runs} empty={<Empty title={t.noRuns} text={t.noRunsText} />} />}
    </Card>
    <Card title={t.versions} flush><Table label={t.versions} columns={versions} rows={m.versions ?? []} empty={<Empty title={t.noVersions} text={t.noVersionsText} />} /></Card>
  </>;
}
