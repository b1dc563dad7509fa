import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { useEvery } from '../../lib/every.ts';
import { money, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useTell } from '../../ui/form.tsx';
import { IconCheck, IconUpload } from '../../ui/icons.ts';
import { Card, Dialog, Failure, Loading, NotFound, Notice, Page, Pill, Time } from '../../ui/kit.tsx';
import { codeOf } from '../../lib/client.ts';
import { useMay } from '../../ui/root.tsx';
import { ImportRejections } from './ImportRejections.tsx';
import { goesOn, importTone, importWords, ordered, sum } from './importWords.ts';
import './work.css';

const ImportStart = lazy(() => import('./ImportStart.tsx'));

const One = graphql(`query Import($id: ID!) { node(id: $id) { __typename id ... on ImportRun {
  source status dryRun createdAt startedAt finishedAt percent step failure user { id name }
  counts { entity created updated deleted unchanged stale rejected } totals @_optional { amount currency }
} } }`);
const Cancel = graphql(`mutation CancelImport($input: CancelImportInput!) {
  cancelImport(input: $input) { importRun { id status finishedAt percent step } userErrors { field code message } }
}`);
const figures = ['created', 'updated', 'deleted', 'unchanged', 'stale', 'rejected'] as const;

/** One import: how far it is, what became of the rows, and which were wrong. */
export default function Import({ id }: { id: string }) {
  const t = importWords.use();
  const may = useMay();
  const [, go] = useLocation();
  const [{ data, error }, again] = useQuery({ query: One, variables: { id } });
  const run = data?.node?.__typename === 'ImportRun' ? data.node : null;
  useEvery(run && goesOn(run) ? 1_000 : null, () => again({ requestPolicy: 'network-only' }));
  const [asked, ask] = useState<'cancel' | 'real' | null>(null);
  const crumbs = [{ title: t.title, href: '/imports' }];
  if (!run) {
    const code = codeOf(error);
    if (code === 'NOT_FOUND' || code === 'BAD_USER_INPUT' || (data && !error)) return <NotFound home="/imports" />;
    return <Page title={t.title} crumbs={crumbs} wide>{error ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : <Loading rows={4} card />}</Page>;
  }
  const active = goesOn(run);
  const stopping = run.status === 'CANCELLED' && active;
  const rejected = sum(run.counts, 'rejected');
  const title = run.dryRun ? t.oneDry(run.source) : t.one(run.source);
  const seconds = run.startedAt && run.finishedAt ? Math.max(1, Math.round((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000)) : null;
  return (
    <Page title={title} wide crumbs={[...crumbs, { title }]}
      after={<> <Pill tone={importTone[run.status]}>{stopping ? t.stopping : t.states[run.status]}</Pill></>}
      actions={<>
        {active && !stopping && may('import.cancel') && <Button variant="default" onClick={() => ask('cancel')}>{t.cancel}</Button>}
        {!active && run.dryRun && run.status === 'DONE' && may('import.start') && <Button leftSection={<IconUpload size={16} />} onClick={() => ask('real')}>{t.real}</Button>}
      </>}
    >
      <div role="status" className="w-state">
        {active ? null
          : run.status === 'FAILED' ? <Notice tone="bad">{run.dryRun ? t.failedDry : t.failedText}{run.failure && <p className="w-failure">{run.failure}</p>}</Notice>
            : run.status === 'CANCELLED' ? <Notice tone="warn">{run.dryRun ? t.cancelledDry : t.cancelledText}</Notice>
              : run.dryRun ? <Notice tone={rejected ? 'warn' : 'good'} icon={rejected ? undefined : <IconCheck size={17} />}>{t.dryText} {rejected ? t.dryRejected(rejected) : t.dryClean}{!ordered.has(id) && <> {t.dryAgain}</>}</Notice>
                : <Notice tone={rejected ? 'warn' : 'good'} icon={rejected ? undefined : <IconCheck size={17} />}>{rejected ? t.doneRejected(rejected) : t.doneText}</Notice>}
      </div>
      <div className="f-columns">
        <div className="f-stack">
          {active && (
            <Card title={t.progress} aside={<span className="num">{run.percent} %</span>}>
              <div className="w-progress" role="progressbar" aria-label={t.progress} aria-valuenow={run.percent} aria-valuemin={0} aria-valuemax={100}><i style={{ width: `${run.percent}%` }} /></div>
              <p className="w-hint">{stopping ? t.stoppingText : run.status === 'WAITING' ? t.waiting : run.step ? t.at(run.step) : ' '}</p>
            </Card>
          )}
          <Card title={run.dryRun ? t.countsDry : t.counts} flush>
            {run.counts.length === 0 ? <p className="w-none">{t.noCounts}</p> : (
              <div className="f-scroll" tabIndex={0} role="region" aria-label={run.dryRun ? t.countsDry : t.counts}>
                <table className="f-table w-counts">
                  <thead><tr><th scope="col">{t.entity}</th>{figures.map((f) => <th key={f} scope="col" data-end>{t[f]}</th>)}</tr></thead>
                  <tbody>{run.counts.map((c) => (
                    <tr key={c.entity}><th scope="row">{t.entities[c.entity] ?? c.entity}</th>
                      {figures.map((f) => <td key={f} data-end className={`num ${c[f] === 0 ? 'muted' : f === 'rejected' ? 'w-bad' : ''}`}>{number(c[f])}</td>)}</tr>
                  ))}</tbody>
                </table>
              </div>
            )}
          </Card>
          <ImportRejections id={id} source={run.source} count={rejected} active={active} />
        </div>
        <Card title={t.facts}>
          <dl className="f-facts">
            <dt>{t.source}</dt><dd>{run.source}</dd>
            <dt>{t.by}</dt><dd>{run.user?.name ?? t.server}</dd>
            <dt>{t.started}</dt><dd className="num"><Time at={run.createdAt} /></dd>
            {run.startedAt && <><dt>{t.begun}</dt><dd className="num"><Time at={run.startedAt} /></dd></>}
            {run.finishedAt && <><dt>{t.finished}</dt><dd className="num"><Time at={run.finishedAt} />{seconds !== null && <small className="f-second">{t.took(t.duration(Math.floor(seconds / 60), seconds % 60))}</small>}</dd></>}
            {!!run.totals?.length && <><dt className="f-total">{t.worth}</dt><dd className="f-total num">{run.totals.map((m) => <div key={m.currency}>{money(m)}</div>)}</dd></>}
          </dl>
        </Card>
      </div>
      <Dialog open={asked === 'cancel'} onClose={() => ask(null)} title={t.cancelTitle}><CancelForm id={id} dry={run.dryRun} done={() => ask(null)} /></Dialog>
      {asked === 'real' && <Suspense fallback={null}><ImportStart again={ordered.get(id) ?? { mapping: '', files: [] }} onClose={() => ask(null)} onStarted={(next) => { ask(null); go(`/imports/${next}`); }} /></Suspense>}
    </Page>
  );
}

function CancelForm({ id, dry, done }: { id: string; dry: boolean; done: () => void }) {
  const t = importWords.use();
  const form = useForm();
  const tell = useTell();
  const [cancel, busy] = useAction(Cancel);
  const submit = async () => {
    const outcome = await cancel({ input: { importId: id } });
    if (form.take(outcome)) { tell(outcome, t.cancelled); done(); }
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p>{dry ? t.cancelDry : t.cancelText}</p>
      <FormEnd label={t.cancelDo} busy={busy} danger onCancel={done} />
    </Form>
  );
}
