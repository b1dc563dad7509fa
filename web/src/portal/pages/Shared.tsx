import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link, useLocation } from 'wouter';
import { day } from '../../lib/format.ts';
import { codeOf } from '../../lib/client.ts';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useKey, useTell } from '../../ui/form.tsx';
import { IconBookmark, IconExternal, IconSettings } from '../../ui/icons.ts';
import { Card, Failure, Loading, Page } from '../../ui/kit.tsx';
import { useMay, useSession } from '../../ui/root.tsx';
import { Answers } from '../configure/Answers.tsx';
import { answersOf } from '../configure/answers.ts';
import { written } from '../../ui/configure/choices.ts';
import { StateFields, VersionFields } from '../../ui/configure/documents.ts';
import { moreWords } from '../configure/keptMoreWords.ts';
import { keptWords } from '../configure/keptWords.ts';
import { PriceLines } from '../../ui/configure/PriceLines.tsx';
import { Lead, StatePill } from '../../ui/configure/Summary.tsx';
import { configureWords, price } from '../../ui/configure/words.ts';
import '../../ui/configure/configure.css';

const One = graphql(`query SharedConfiguration($code: String!) {
  sharedConfiguration(code: $code) {
    name from expiresAt quantity
    version { ...VersionFields model @_optional { id product @_optional { id name } } }
    state { ...StateFields }
  }
}`, [VersionFields, StateFields]);
const useWords = () => ({ ...keptWords.use(), ...moreWords.use() });
const Copy = graphql(`mutation CopyShared($input: CopyConfigurationInput!, $key: String!) {
  copyConfiguration(input: $input) @idempotent(key: $key) { configuration { id name } userErrors { field code message } }
}`);

/** What somebody has put together and shared, for whoever has the link. */
export default function Shared({ code }: { code: string }) {
  const t = useWords();
  const w = configureWords.use();
  const may = useMay();
  const { viewer } = useSession();
  const tell = useTell();
  const keyFor = useKey();
  const [, go] = useLocation();
  const [copy, copying] = useAction(Copy);
  const [{ data, error }, again] = useQuery({ query: One, variables: { code } });
  const x = data?.sharedConfiguration;
  if (!x) {
    if (error && !['NOT_FOUND', 'BAD_USER_INPUT'].includes(codeOf(error) ?? '')) return <Page title={t.sharedTitle}><section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section></Page>;
    if (error || data) return <Page title={t.sharedGone}><section className="f-card f-state"><span className="f-state-icon"><IconExternal size={22} /></span><p>{t.sharedGoneText}</p><Button component={Link} href="/products" variant="default">{t.toProducts}</Button></section></Page>;
    return <Page title={' '}><div className="cf"><Loading rows={8} card /><Loading rows={5} card /></div></Page>;
  }
  const product = x.version.model?.product;
  const keep = async () => {
    const outcome = await copy({ input: { code }, key: keyFor({ code }) });
    if (tell(outcome, t.copyDone) && outcome.payload.configuration) go(`/configurations/${outcome.payload.configuration.id}`);
  };
  const s = x.state;
  return (
    <Page title={x.name} sub={[x.version.title !== x.name && x.version.title, t.sharedFrom(x.from), x.quantity > 1 && t.pieces(x.quantity)].filter(Boolean).join(' · ')}>
      <div className="cf">
        <Card title={t.has}><Answers answers={answersOf(x.version, s)} /></Card>
        <aside className="cf-side">
          <section className="f-card cf-summary" aria-labelledby="sh-price">
            <div className="cf-summary-head"><h2 id="sh-price">{t.listPrice}</h2><StatePill state={s} /></div>
            {s.price ? <><p className="cf-price num">{price(s.price.unit)}</p><p className="muted">{t.sharedNet}</p><PriceLines lines={s.price.lines} /></> : <p className="cf-price">{w.noPrice}</p>}
            <Lead state={s} />
            <div className="cf-acts no-print">
              {may('configuration.create') && viewer.organization && <Button size="md" loading={copying} leftSection={<IconBookmark size={17} />} onClick={() => void keep()}>{t.makeCopy}</Button>}
              {viewer.kind === 'ANONYMOUS' && <Button size="md" component={Link} href={`/sign-in?then=${encodeURIComponent(location.pathname)}`}>{t.signIn}</Button>}
              {product && <Button variant="default" component={Link} leftSection={<IconSettings size={17} />} href={`/products/${product.id}/configure?${new URLSearchParams({ c: written(s.choices) })}`}>{t.configureFrom}</Button>}
              <p className="muted" style={{ fontSize: 13 }}>{t.sharedUntil(day(x.expiresAt))}</p>
            </div>
          </section>
        </aside>
      </div>
    </Page>
  );
}
