import { Button, Switch } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconSettings } from '../../ui/icons.ts';
import { Card, Empty, Failure, Loading, Page } from '../../ui/kit.tsx';
import { answersOf, type Answer } from '../configure/answers.ts';
import { VersionFields } from '../../ui/configure/documents.ts';
import { KeptPill } from '../configure/KeptPill.tsx';
import { moreWords } from '../configure/keptMoreWords.ts';
import { keptWords } from '../configure/keptWords.ts';
import { delta, price } from '../../ui/configure/words.ts';
import '../configure/compare.css';

const One = graphql(`query ConfigurationToCompare($id: ID!) {
  configuration(id: $id) {
    id name status quantity modelVersion @_optional { ...VersionFields }
    state { isConsistent isComplete groups { key isVisible number { value } } changed { group option isSelected } price { unit { amount currency } } leadTime { days } }
  }
}`, [VersionFields]);
const useWords = () => ({ ...keptWords.use(), ...moreWords.use() });
type Side = NonNullable<ResultOf<typeof One>['configuration']>;

/** Two configurations beside each other, question by question. */
export default function Compare() {
  const t = useWords();
  const list = useList();
  const [a, b] = [list.get('a'), list.get('b')];
  const [left, againLeft] = useQuery({ query: One, variables: { id: a ?? '' }, pause: !a });
  const [right, againRight] = useQuery({ query: One, variables: { id: b ?? '' }, pause: !b });
  const only = list.get('all') !== '1';
  const crumbs = [{ title: t.title, href: '/configurations' }, { title: t.compare }];
  const error = left.error ?? right.error;
  const sides = [left.data?.configuration, right.data?.configuration];
  if (!a || !b || (left.data && right.data && !(sides[0] && sides[1]))) return <Page title={t.compareTitle} crumbs={crumbs}><section className="f-card"><Empty icon={<IconSettings size={22} />} title={t.compareHint} text={t.needsTwo} action={<Button component={Link} href="/configurations" variant="default">{t.toList}</Button>} /></section></Page>;
  if (error && !(sides[0] && sides[1])) return <Page title={t.compareTitle} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={() => { againLeft({ requestPolicy: 'network-only' }); againRight({ requestPolicy: 'network-only' }); }} /></section></Page>;
  if (!sides[0] || !sides[1]) return <Page title={t.compareTitle} crumbs={crumbs}><Loading rows={8} card /></Page>;
  return (
    <Page title={t.compareTitle} crumbs={crumbs} actions={<>
      <Switch checked={only} label={t.differences} onChange={(e) => list.set({ all: e.currentTarget.checked ? null : '1' })} />
      <Button component={Link} href={`/configurations?with=${a}&with=${b}`} variant="default">{t.change}</Button>
    </>}>
      <Both left={sides[0]} right={sides[1]} only={only} />
    </Page>
  );
}

const answers = (s: Side): Answer[] => (s.modelVersion && s.state ? answersOf(s.modelVersion, s.state) : []);

function Both({ left, right, only }: { left: Side; right: Side; only: boolean }) {
  const t = useWords();
  const [l, r] = [answers(left), answers(right)];
  const keys = [...l, ...r.filter((x) => !l.some((y) => y.key === x.key))];
  const rows = keys.map(({ key, title, step }) => ({ key, title, step, values: [l, r].map((side) => side.find((x) => x.key === key)?.value ?? '–') as [string, string] }));
  const shown = rows.filter((x) => !only || x.values[0] !== x.values[1]);
  const [p, q] = [left.state?.price?.unit, right.state?.price?.unit];
  const gap = p && q && p.currency === q.currency && p.amount !== q.amount ? { amount: (Number(q.amount) - Number(p.amount)).toFixed(q.amount.split('.')[1]?.length ?? 0), currency: q.currency } : null;
  return (
    <Card flush>
      <div className="f-scroll" tabIndex={0} role="group" aria-label={t.compareTitle}>
        <table className="f-table co-table" aria-label={t.compareTitle}>
          <thead><tr><th scope="col">{t.question}</th>{[left, right].map((x) => <th scope="col" key={x.id}><Link href={`/configurations/${x.id}`}>{x.name}</Link> <KeptPill kept={x} /></th>)}</tr></thead>
          <tbody>
            <tr className="co-total"><th scope="row">{t.price}</th>{[p, q].map((m, i) => <td key={i} className="num">{m ? price(m) : '–'}{i === 1 && gap && <small>{delta(gap, '')}</small>}</td>)}</tr>
            <tr><th scope="row">{t.lead_}</th>{[left, right].map((x) => <td key={x.id}>{x.state ? t.days(x.state.leadTime.days) : '–'}</td>)}</tr>
            {shown.map((x) => <tr key={x.key} data-differs={x.values[0] !== x.values[1] || undefined}><th scope="row">{x.title}<small>{x.step}</small></th>{x.values.map((v, i) => <td key={i}>{v}</td>)}</tr>)}
            {!shown.length && <tr><td colSpan={3} className="muted">{t.same}</td></tr>}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
