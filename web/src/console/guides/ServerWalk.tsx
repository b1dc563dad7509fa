import { useState } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { GuideWalk, guideWords } from '../../ui/GuideWalk.tsx';
import { Failure, Loading, Page, Pill } from '../../ui/kit.tsx';
import { guideEditWords, guideTone } from './parts.ts';
import { Result } from './Result.tsx';

const Step = graphql(`query GuideStepOf($id: ID!, $answers: [String!]!) { guide(id: $id) { id step(answers: $answers) {
  key remaining path { key question answerKey answer } question { text help answers { key text } }
  result { text search category { id name } products { id name status @_optional } } } } }`);

/** A guide for those who do not write it: as customers walk through it. */
export default function ServerWalk({ guide: g }: { guide: { id: string; title: string; intro: string | null; status?: 'DRAFT' | 'PUBLISHED' | 'RETIRED' | null } }) {
  const t = guideEditWords.use();
  const w = guideWords.use();
  const [answers, to] = useState<string[]>([]);
  const [{ data, error, stale, fetching }, again] = useQuery({ query: Step, variables: { id: g.id, answers } });
  const step = data?.guide?.step;
  const r = step?.result;
  return (
    <Page title={g.title} crumbs={[{ title: t.title, href: '/guides' }, { title: g.title }]} sub={g.intro ?? undefined} after={g.status ? <Pill tone={guideTone[g.status]}>{t.states[g.status]}</Pill> : undefined}>
      {error && !step ? <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /> : !step ? <Loading card rows={4} />
        : <GuideWalk step={step} busy={stale || fetching} to={to} nothing={!!r && !r.products.length && !r.category && !r.search && !r.text}
          products={r && <Result products={r.products} />} links={<>{r?.category && <span className="muted">{w.category(r.category.name)}</span>}{r?.search && <span className="muted">{w.search(r.search)}</span>}</>} />}
    </Page>
  );
}
