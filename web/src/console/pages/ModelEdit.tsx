import { lazy, Suspense } from 'react';
import { useQuery } from 'urql';
import { codeOf } from '../../lib/client.ts';
import { Failure, Loading, NotFound, Page } from '../../ui/kit.tsx';
import { OneModel } from '../models/draft.ts';
import { modelWords } from '../models/fields.tsx';

const Editor = lazy(() => import('../models/ModelEditor.tsx'));

/** How a product is configured. */
export default function ModelEdit({ id }: { id: string }) {
  const t = modelWords.use();
  const [{ data, error }, load] = useQuery({ query: OneModel, variables: { id } });
  const again = () => load({ requestPolicy: 'network-only' });
  const crumbs = [{ title: t.title, href: '/models' }];
  const waiting = <Page title={t.title} wide crumbs={crumbs}><Loading card rows={8} /></Page>;
  const m = data?.node?.__typename === 'ConfigurationModel' ? data.node : null;
  if (!m) {
    if (codeOf(error) === 'NOT_FOUND' || (data && !error)) return <NotFound home="/models" />;
    return error ? <Page title={t.title} crumbs={crumbs}><Failure error={error} retry={again} /></Page> : waiting;
  }
  return m.draft ? <Suspense fallback={waiting}><Editor model={m} draft={m.draft} again={again} /></Suspense> : <NotFound home="/models" />;
}
