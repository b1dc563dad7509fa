import { useState } from 'react';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { day, number } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { Form, useAction, useForm, useKey, useTell } from '../../ui/form.tsx';
import { IconBulb, IconSearch } from '../../ui/icons.ts';
import { Dialog, Empty, Failure, Loading, Notice, Pill, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import type { PickedProduct } from '../ProductPicker.tsx';
import { ProductsPicker } from '../ProductsPicker.tsx';
import { answerText, missTone, missWords } from './parts.ts';

const One = graphql(`query SearchMiss($id: ID!) { node(id: $id) { __typename ... on SearchMiss {
  id term count people firstAt lastAt status hidden answer version answerSynonym answerTextEnglish answerTextGerman
  answerProducts { id name status @_optional } mergedInto { id term }
  filters { category { id name } type { id name } attributes count }
  followers @_optional { since user { id name } }
} } }`);
const Decide = graphql(`mutation DecideSearchMiss($input: DecideSearchMissInput!, $key: String!) {
  decideSearchMiss(input: $input) @idempotent(key: $key) { searchMiss { id status answer version people answerSynonym answerTextEnglish answerTextGerman answerProducts { id name status @_optional } followers @_optional { since user { id name } } } userErrors { field code message } }
}`);

type Found = Extract<NonNullable<ResultOf<typeof One>['node']>, { __typename: 'SearchMiss' }>;
type Input = VariablesOf<typeof Decide>['input'];
type How = 'products' | 'synonym' | 'text';

/** One search without hits: who looked for it how, and what they are told. */
export default function Miss({ id, close, again }: { id: string; close: () => void; again: () => void }) {
  const t = missWords.use();
  const may = useMay();
  const known = /^[a-z]+_[0-9a-z]{26}$/.test(id);
  const [{ data, error }, load] = useQuery({ query: One, variables: { id }, pause: !known });
  const reload = () => load({ requestPolicy: 'network-only' });
  const m = data?.node?.__typename === 'SearchMiss' ? data.node : null;
  const gone = !known || (!m && !!data);
  return (
    <Dialog open wide onClose={close} title={m ? t.detail(m.term) : t.title}>
      {gone ? <Empty icon={<IconSearch size={22} />} title={t.gone} text={t.goneText} /> : error && !m ? <Failure error={error} retry={reload} /> : !m ? <Loading rows={5} /> : (
        <div className="sm-dialog">
          <dl className="f-facts">
            <dt>{t.state}</dt><dd><Pill tone={missTone[m.status]}>{t.states[m.status]}</Pill> {answerText(m, t)}</dd>
            <dt>{t.count}</dt><dd>{t.times(m.count)}, <Time at={m.firstAt}>{day(m.firstAt)}</Time>{day(m.firstAt) !== day(m.lastAt) && <> – <Time at={m.lastAt}>{day(m.lastAt)}</Time></>}</dd>
            <dt>{t.why}</dt><dd>{m.hidden === null ? t.hiddenUnknownText : m.hidden ? t.hiddenText : t.nothingText}</dd>
          </dl>
          {m.filters.length > 0 && <section><h3>{t.filters}</h3><ul className="sm-list">{m.filters.map((f, i) => (
            <li key={i}><span>{[f.category?.name, f.type?.name, ...f.attributes].filter(Boolean).join(' · ')}</span><span className="num">{number(f.count)}×</span></li>
          ))}</ul></section>}
          {m.people > 0 && <section><h3>{t.waiting(m.people)}</h3><p className="muted">{t.consent}</p>
            {!!m.followers?.length && <ul className="sm-list" style={{ marginTop: 6 }}>{m.followers.map((f, i) => <li key={i}><span>{f.user ? (may('people.contact') ? <Link href={`/people/${f.user.id}`}>{f.user.name}</Link> : f.user.name) : t.somebody}</span><Time at={f.since}>{t.since(day(f.since))}</Time></li>)}</ul>}</section>}
          {m.status === 'ANSWERED' && <section><h3>{t.told}</h3><Told synonym={m.answerSynonym} products={m.answerProducts} english={m.answerTextEnglish} german={m.answerTextGerman} term={m.term} /></section>}
          {m.status === 'MERGED' ? <Notice>{t.isMerged(m.mergedInto?.term ?? '')}</Notice> : may('searchMiss.decide') && <Answer key={m.version} of={m} close={close} again={() => { reload(); again(); }} />}
        </div>
      )}
    </Dialog>
  );
}

/** What somebody reads who searches for it. */
function Told(p: { term: string; synonym?: string | null; products: readonly PickedProduct[]; english?: string | null; german?: string | null }) {
  const t = missWords.use();
  return (
    <div className="sm-told">
      {p.synonym && <p><IconSearch size={15} /> {t.toldSynonym(p.synonym, p.term)}</p>}
      {(p.english || p.german) && <p lang={p.english ? 'en' : 'de'}><IconBulb size={15} /> {p.english || p.german}</p>}
      {p.english && p.german && <p lang="de" className="muted">{p.german}</p>}
      {p.products.length > 0 && <ul>{p.products.map((x) => <li key={x.id}>{x.name} {x.status && x.status !== 'ACTIVE' && <Pill tone="warn">{t.notOffered}</Pill>}</li>)}</ul>}
      {!p.synonym && !p.products.length && !p.english && !p.german && <p className="muted">{t.toldNothing}</p>}
    </div>
  );
}

function Answer({ of: m, close, again }: { of: Found; close: () => void; again: () => void }) {
  const t = missWords.use();
  const form = useForm();
  const tell = useTell();
  const keyFor = useKey();
  const [how, setHow] = useState<How>(m.answer === 'TEXT' ? 'text' : m.answer === 'SYNONYM' ? 'synonym' : 'products');
  const [products, setProducts] = useState<PickedProduct[]>([...m.answerProducts]);
  const [synonym, setSynonym] = useState(m.answerSynonym ?? '');
  const [english, setEnglish] = useState(m.answerTextEnglish ?? '');
  const [german, setGerman] = useState(m.answerTextGerman ?? '');
  const [tried, setTried] = useState(false);
  const [run, busy] = useAction(Decide);
  const send = async (input: Input, done: string) => {
    const outcome = await run({ input, key: keyFor(input) });
    if (form.take(outcome)) { tell(outcome, done); again(); close(); } else if (outcome.refusals.some((r) => r.code === 'STALE' || r.code === 'MERGED')) again();
  };
  const base = { searchMissId: m.id, version: m.version };
  const texts = english.trim() || german.trim();
  const wrong: Record<string, string> = {
    ...(how === 'products' && !products.length ? { productIds: t.chooseProduct } : {}), ...(how === 'synonym' && !synonym.trim() ? { synonym: t.writeSynonym } : {}),
    ...((how === 'text' || texts) && !english.trim() ? { textEnglish: t.writeText } : {}), ...((how === 'text' || texts) && !german.trim() ? { textGerman: t.writeText } : {}),
  };
  const submit = () => {
    setTried(true);
    if (Object.keys(wrong).length) { form.clear(); return; }
    void send({ ...base, decision: 'ANSWERED', ...(how === 'products' ? { productIds: products.map((p) => p.id) } : how === 'synonym' ? { synonym: synonym.trim() } : {}), textEnglish: english.trim() || null, textGerman: german.trim() || null }, t.answered(m.term, m.people));
  };
  const said = (name: string) => (tried ? wrong[name] : undefined) ?? form.error(name);
  return (
    <Form form={form} names={['productIds', 'synonym', 'textEnglish', 'textGerman']} onSubmit={submit} label={t.doAnswer}>
      <fieldset className="sm-how"><legend>{m.status === 'ANSWERED' ? t.other : t.doAnswer}</legend>
        {(['products', 'synonym', 'text'] as const).map((x) => <label key={x}><input type="radio" name="how" checked={how === x} onChange={() => setHow(x)} />{t.hows[x]}</label>)}
      </fieldset>
      {how === 'products' && <ProductsPicker label={t.products} description={t.productsHint} value={products} onChange={setProducts} error={said('productIds')} />}
      {how === 'synonym' && <TextInput label={t.synonym} description={t.synonymHint} value={synonym} maxLength={200} onChange={(e) => setSynonym(e.currentTarget.value)} error={said('synonym')} />}
      <div className="f-two">
        <Textarea label={how === 'text' ? t.english : `${t.english} (${t.optional})`} rows={3} maxLength={1000} lang="en" value={english} onChange={(e) => setEnglish(e.currentTarget.value)} error={said('textEnglish')} />
        <Textarea label={how === 'text' ? t.german : `${t.german} (${t.optional})`} rows={3} maxLength={1000} lang="de" value={german} onChange={(e) => setGerman(e.currentTarget.value)} error={said('textGerman')} />
      </div>
      <section aria-live="polite"><h3>{t.preview}</h3><Told term={m.term} synonym={how === 'synonym' ? synonym.trim() : null} products={how === 'products' ? products : []} english={english.trim()} german={german.trim()} /></section>
      <div className="f-form-end">
        <span style={{ marginRight: 'auto', display: 'inline-flex', gap: 8, flexWrap: 'wrap' }}>
          {m.status !== 'DISMISSED' && <Button variant="default" onClick={() => void send({ ...base, decision: 'DISMISSED' }, t.dismissed(1))}>{t.dismiss}</Button>}
          {m.status !== 'PLANNED' && <Button variant="default" onClick={() => void send({ ...base, decision: 'PLANNED' }, t.planned)}>{t.plan}</Button>}
        </span>
        <Button type="submit" loading={busy}>{m.people ? t.sendAnswer(m.people) : t.saveAnswer}</Button>
      </div>
    </Form>
  );
}
