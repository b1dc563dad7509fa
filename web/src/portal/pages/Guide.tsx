import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { GuideWalk, guideWords } from '../../ui/GuideWalk.tsx';
import { house } from '../../ui/house.ts';
import { IconBulb } from '../../ui/icons.ts';
import { Failure, Page, Skeleton } from '../../ui/kit.tsx';
import { ProductCardFields } from '../shop/card.ts';
import { shopWords } from '../shop/parts.tsx';
import { ProductCard } from '../shop/ProductCard.tsx';

const Walk = graphql(`query WalkGuide($key: String!, $answers: [String!]!) {
  guide(key: $key) { id key title intro questions category { id name }
    step(answers: $answers) {
      key remaining
      path { key question answerKey answer }
      question { text help answers { key text } }
      result { text search category { id name } products { ...ProductCardFields } }
    }
  }
}`, [ProductCardFields]);

/** Not sure what one needs: one question at a time, and then what fits. The
 * answers stand in the address, so the browser's own way back is a step back. */
export default function Guide({ id }: { id: string }) {
  const t = guideWords.use();
  const s = shopWords.use();
  const list = useList();
  const given = list.all('a');
  const [{ data, error, stale, fetching }, again] = useQuery({ query: Walk, variables: { key: id, answers: given } });
  const g = data?.guide;
  const step = g?.step;
  const crumbs = [{ title: s.products, href: '/products' }, ...(g?.category ? [{ title: g.category.name, href: `/products/c/${g.category.id}` }] : []), { title: g?.title ?? t.guides }];
  if (error && !g && codeOf(error) !== 'NOT_FOUND') return <Page title={t.guides} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
  if ((error || data) && (!g || !step)) return <Page title={t.none} crumbs={crumbs}><section className="f-card f-state"><span className="f-state-icon"><IconBulb size={22} /></span><p>{t.noneText}</p><Button component={Link} href="/products" variant="default">{t.toProducts}</Button></section></Page>;
  if (!g || !step) return <Page title={' '} crumbs={crumbs}><section className="f-card gu"><Skeleton w="60%" h={22} /><div className="gu-answers"><Skeleton h={54} /><Skeleton h={54} /><Skeleton h={54} /></div></section></Page>;
  const r = step.result;
  return (
    <Page title={g.title} crumbs={crumbs} sub={step.path.length === 0 ? g.intro ?? undefined : undefined}>
      <GuideWalk step={step} busy={stale || fetching} to={(next) => list.set({ a: next })} nothing={!!r && !r.products.length && !r.category && !r.search && !r.text}
        products={!!r?.products.length && <ul className="s-cards">{r.products.map((p) => <li key={p.id} style={{ display: 'grid' }}><ProductCard product={p} /></li>)}</ul>}
        links={<>
          {r?.category && <Button component={Link} variant="default" href={`/products/c/${r.category.id}`}>{t.category(r.category.name)}</Button>}
          {r?.search && <Button component={Link} variant="default" href={`/products?q=${encodeURIComponent(r.search)}`}>{t.search(r.search)}</Button>}
        </>}
        foot={house.contactEmail && <p className="muted gu-ask">{t.ask}: <a href={`mailto:${house.contactEmail}?subject=${encodeURIComponent(g.title)}`}>{house.contactEmail}</a></p>} />
    </Page>
  );
}
