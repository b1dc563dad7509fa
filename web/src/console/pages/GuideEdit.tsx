import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { graphql } from '../../lib/graphql.ts';
import { Failure, Loading, NotFound, Page } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { draftOf, newDraft, OneGuide } from '../guides/draft.ts';
import { guideEditWords } from '../guides/parts.ts';

const Editor = lazy(() => import('../guides/Editor.tsx'));
const Walk = lazy(() => import('../guides/ServerWalk.tsx'));

const Names = graphql(`query GuideProducts($ids: [ID!]!) { nodes(ids: $ids) { __typename ... on Product { id name status @_optional } } }`);

/** A guide: to be written by those who may, and to be walked by the others. */
export default function GuideEdit({ id }: { id: string }) {
  const t = guideEditWords.use();
  const may = useMay();
  const waiting = <Page title={t.title} crumbs={[{ title: t.title, href: '/guides' }]}><Loading card rows={6} /></Page>;
  if (id === 'new') return may('guide.save') ? <Suspense fallback={waiting}><Editor guide={null} draft={newDraft()} again={() => undefined} /></Suspense> : <NotFound home="/guides" />;
  return /^gde_[0-9a-z]{26}$/.test(id) ? <Found id={id} waiting={waiting} /> : <NotFound home="/guides" />;
}

function Found({ id, waiting }: { id: string; waiting: React.ReactNode }) {
  const t = guideEditWords.use();
  const [{ data, error }, load] = useQuery({ query: OneGuide, variables: { id } });
  const again = () => load({ requestPolicy: 'network-only' });
  const g = data?.guide;
  const ids = [...new Set(g?.document?.steps.flatMap((s) => s.result?.productIds ?? []) ?? [])];
  const [names] = useQuery({ query: Names, variables: { ids }, pause: !ids.length });
  if (!g) {
    if (codeOf(error) === 'NOT_FOUND' || (data && !error)) return <NotFound home="/guides" />;
    return error ? <Page title={t.title} crumbs={[{ title: t.title, href: '/guides' }]}><Failure error={error} retry={again} /></Page> : waiting;
  }
  if (!g.document) return <Suspense fallback={waiting}><Walk guide={g} /></Suspense>;
  if (ids.length && !names.data && !names.error) return waiting;
  const products = new Map(names.data?.nodes.flatMap((n) => (n?.__typename === 'Product' ? [[n.id, n] as const] : [])));
  // Another version is another draft: what was typed meanwhile is kept by the editor, which asks before it lets go of it.
  return <Suspense fallback={waiting}><Editor guide={g} draft={draftOf(g.key, g.category?.id ?? '', g.document, products)} again={again} /></Suspense>;
}
