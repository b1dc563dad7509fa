import { useEffect, useRef } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { IconArrowLeft, IconBulb, IconChevronRight, IconPencil, IconRefresh } from '../../ui/icons.ts';
import { Failure, Page, Skeleton } from '../../ui/kit.tsx';
import { ProductCardFields } from '../shop/card.ts';
import { shopWords } from '../shop/parts.tsx';
import { ProductCard } from '../shop/ProductCard.tsx';
import en from './Guide.en.ts';
import './guide.css';

const text = words('Guide', en);

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
  const t = text.use();
  const s = shopWords.use();
  const list = useList();
  const given = list.all('a');
  const [{ data, error, stale, fetching }, again] = useQuery({ query: Walk, variables: { key: id, answers: given } });
  const g = data?.guide;
  const step = g?.step;
  const question = useRef<HTMLHeadingElement>(null);
  const shown = useRef('');
  useEffect(() => { // a new question is read out from its beginning
    if (!step) return;
    if (shown.current && shown.current !== step.key) question.current?.focus();
    shown.current = step.key;
  }, [step]);
  const crumbs = [{ title: s.products, href: '/products' }, ...(g?.category ? [{ title: g.category.name, href: `/products/c/${g.category.id}` }] : []), { title: g?.title ?? t.guides }];
  if (error && !g && codeOf(error) !== 'NOT_FOUND') return <Page title={t.guides} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
  if ((error || data) && (!g || !step)) return <Page title={t.none} crumbs={crumbs}><section className="f-card f-state"><span className="f-state-icon"><IconBulb size={22} /></span><p>{t.noneText}</p><Button component={Link} href="/products" variant="default">{t.toProducts}</Button></section></Page>;
  if (!g || !step) return <Page title={' '} crumbs={crumbs}><section className="f-card gu"><Skeleton w="60%" h={22} /><div className="gu-answers"><Skeleton h={54} /><Skeleton h={54} /><Skeleton h={54} /></div></section></Page>;
  const answers = step.path.map((p) => p.answerKey);
  const to = (next: string[]) => list.set({ a: next });
  const asked = step.path.length;
  const busy = stale || fetching;
  const help = house.contactEmail && <p className="muted gu-ask">{t.ask}: <a href={`mailto:${house.contactEmail}?subject=${encodeURIComponent(g.title)}`}>{house.contactEmail}</a></p>;
  return (
    <Page title={g.title} crumbs={crumbs} sub={asked === 0 ? g.intro ?? undefined : undefined}>
      <div className="gu-columns">
        <div>
          {step.question ? (
            <section className="f-card gu" aria-labelledby="gu-question" aria-busy={busy || undefined}>
              <p className="muted gu-count">{t.step(asked + 1, asked + step.remaining)}</p>
              <div className="gu-progress" aria-hidden><i style={{ width: `${(asked / Math.max(1, asked + step.remaining)) * 100}%` }} /></div>
              <h2 id="gu-question" ref={question} tabIndex={-1}>{step.question.text}</h2>
              {step.question.help && <p className="muted">{step.question.help}</p>}
              <ul className="gu-answers">{step.question.answers.map((a) => (
                <li key={a.key}><button type="button" disabled={busy} onClick={() => to([...answers, a.key])}><span>{a.text}</span><IconChevronRight size={18} aria-hidden /></button></li>
              ))}</ul>
              {asked > 0 && <p><Button variant="subtle" leftSection={<IconArrowLeft size={16} />} onClick={() => to(answers.slice(0, -1))}>{t.back}</Button></p>}
            </section>
          ) : step.result && (
            <section aria-labelledby="gu-question">
              <h2 id="gu-question" className="gu-result" ref={question} tabIndex={-1}>{t.result}</h2>
              {step.result.text && <p className="gu-text">{step.result.text}</p>}
              {step.result.products.length > 0 ? <ul className="s-cards">{step.result.products.map((p) => <li key={p.id} style={{ display: 'grid' }}><ProductCard product={p} /></li>)}</ul>
                : !step.result.category && !step.result.search && !step.result.text && <p className="muted">{t.noProducts}</p>}
              <div className="f-actions" style={{ marginTop: 18 }}>
                {step.result.category && <Button component={Link} variant="default" href={`/products/c/${step.result.category.id}`}>{t.category(step.result.category.name)}</Button>}
                {step.result.search && <Button component={Link} variant="default" href={`/products?q=${encodeURIComponent(step.result.search)}`}>{t.search(step.result.search)}</Button>}
                <Button variant="subtle" leftSection={<IconArrowLeft size={16} />} onClick={() => to(answers.slice(0, -1))}>{t.back}</Button>
                <Button variant="subtle" leftSection={<IconRefresh size={16} />} onClick={() => to([])}>{t.restart}</Button>
              </div>
            </section>
          )}
          {help}
        </div>
        {asked > 0 && (
          <aside className="gu-path" aria-label={t.answers}><h2>{t.answers}</h2><ol>{step.path.map((p, i) => (
            <li key={p.key}><span><small>{p.question}</small>{p.answer}</span><button type="button" className="f-icon" aria-label={t.change(p.question)} title={t.change(p.question)} onClick={() => to(answers.slice(0, i))}><IconPencil size={15} /></button></li>
          ))}</ol></aside>
        )}
      </div>
    </Page>
  );
}
