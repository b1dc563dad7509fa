import { Link } from 'wouter';
import { useQuery } from 'urql';
import { useEvery } from '../../lib/every.ts';
import { ago, number } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Skeleton } from '../../ui/kit.tsx';
import { jobWords } from './jobWords.ts';

const Queues = graphql(`query JobQueues { jobQueues { name available running scheduled retryable discarded oldestAvailableAt } }`);
const figures = [['available', 'AVAILABLE'], ['running', 'RUNNING'], ['scheduled', 'SCHEDULED'], ['retryable', 'RETRYABLE'], ['discarded', 'DISCARDED']] as const;

/** How much waits in each queue; a figure leads to what it counts. */
export function JobQueues() {
  const t = jobWords.use();
  const [{ data }, again] = useQuery({ query: Queues });
  useEvery(5_000, () => again({ requestPolicy: 'network-only' }));
  return (
    <section className="w-queues" aria-label={t.queues}>
      {(data?.jobQueues ?? [null, null, null]).map((q, i) => (
        <div className="f-card w-queue" key={q?.name ?? i}>
          <header><h2>{q ? t.queueNames[q.name] ?? q.name : <Skeleton w={90} />}</h2><small>{q && (q.oldestAvailableAt ? `${t.oldest}: ${ago(q.oldestAvailableAt)}` : t.nothingWaits)}</small></header>
          <ul>{figures.map(([field, state]) => {
            const n = q?.[field] ?? 0;
            // A queue's work that is due later also waits for something else.
            const query = state === 'SCHEDULED' ? 'state=SCHEDULED&state=PENDING' : `state=${state}`;
            return <li key={field} data-none={n === 0 || undefined} data-tone={n === 0 ? undefined : field === 'discarded' ? 'bad' : field === 'retryable' ? 'warn' : undefined}>
              {q ? <Link href={`/jobs?queue=${encodeURIComponent(q.name)}&${query}`} title={t.show(t.queueNames[q.name] ?? q.name, t[field])}><b>{number(n)}</b><span>{t[field]}</span></Link> : <Skeleton h={38} />}
            </li>;
          })}</ul>
        </div>
      ))}
    </section>
  );
}
