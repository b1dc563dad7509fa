import { useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useTell } from '../../ui/form.tsx';
import { Dialog, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import type { Job } from './Jobs.tsx';
import { jobWords } from './jobWords.ts';

const Retry = graphql(`mutation RetryJob($input: JobInput!) { retryJob(input: $input) { job { number state } userErrors { field code message } } }`);
const Cancel = graphql(`mutation CancelJob($input: JobInput!) { cancelJob(input: $input) { job { number state } userErrors { field code message } } }`);
const canRetry: Job['state'][] = ['RETRYABLE', 'DISCARDED', 'CANCELLED'];
const canCancel: Job['state'][] = ['AVAILABLE', 'SCHEDULED', 'PENDING', 'RETRYABLE', 'DISCARDED'];

/** One piece of work unfolded: what it is about, what went wrong, and what can be done. */
export function JobDetail({ job }: { job: Job }) {
  const t = jobWords.use();
  const may = useMay();
  const tell = useTell();
  const [asked, ask] = useState(false);
  const [retry, busy] = useAction(Retry);
  const again = async () => { tell(await retry({ input: { number: job.number } }), t.retried); };
  const retries = may('job.retry') && canRetry.includes(job.state);
  const cancels = may('job.cancel') && canCancel.includes(job.state);
  return (
    <div className="w-detail">
      <dl className="w-facts">
        {job.about.length > 0 && <><dt>{t.about}</dt><dd>{job.about.map((a) => <div key={a.name}>{a.name}: {a.value.startsWith('imp_') && may('importRun.read') ? <Link href={`/imports/${a.value}`}><code>{a.value}</code></Link> : <code>{a.value}</code>}</div>)}</dd></>}
        <dt>{t.due}</dt><dd><Time at={job.scheduledAt} /></dd>
        {job.attemptedAt && <><dt>{t.attempted}</dt><dd><Time at={job.attemptedAt} /></dd></>}
        {job.finishedAt && <><dt>{t.finished}</dt><dd><Time at={job.finishedAt} /></dd></>}
        <dt>{t.errors}</dt>
        <dd>{job.errors.length === 0 ? <span className="muted">{t.noErrors}</span> : (
          <ol className="w-errors">{job.errors.map((e) => <li key={`${e.attempt} ${e.at}`}><small>{t.attempt(e.attempt)} · <Time at={e.at} /></small><code>{e.message}</code></li>)}</ol>
        )}</dd>
      </dl>
      {(retries || cancels) && <div className="w-acts">
        {retries && <Button size="compact-sm" variant="default" loading={busy} onClick={() => void again()}>{t.retry}</Button>}
        {cancels && <Button size="compact-sm" variant="default" onClick={() => ask(true)}>{t.cancel}</Button>}
      </div>}
      <Dialog open={asked} onClose={() => ask(false)} title={t.cancelTitle(t.kinds[job.kind] ?? job.kind)}><CancelForm number={job.number} done={() => ask(false)} /></Dialog>
    </div>
  );
}

function CancelForm({ number, done }: { number: string; done: () => void }) {
  const t = jobWords.use();
  const form = useForm();
  const tell = useTell();
  const [cancel, busy] = useAction(Cancel);
  const submit = async () => {
    const outcome = await cancel({ input: { number } });
    if (form.take(outcome)) { tell(outcome, t.cancelled); done(); }
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <p>{t.cancelText}</p>
      <FormEnd label={t.cancel} busy={busy} danger onCancel={done} />
    </Form>
  );
}
