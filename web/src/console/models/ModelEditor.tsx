import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { isStale, useAction, useKey, useTell } from '../../ui/form.tsx';
import { Card, Loading, Notice, Page, Pill, requestIdOf, useFailure } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { kitWords } from '../../words/index.ts';
import { findingFields, inputOf, parts, placeOf, SaveModel, type Doc, type Model, type PartName, type Place, type Problem } from './draft.ts';
import { modelWords, said, useProblems, type Work } from './fields.tsx';

const Overview = lazy(() => import('./Overview.tsx'));
const Groups = lazy(() => import('./Groups.tsx'));
const Rules = lazy(() => import('./ModelRules.tsx'));
const Prices = lazy(() => import('./PriceRules.tsx'));
const Times = lazy(() => import('./Times.tsx'));
const Parts = lazy(() => import('./BillOfMaterial.tsx'));
const Golden = lazy(() => import('./Golden.tsx'));
const Preview = lazy(() => import('./Preview.tsx'));
const Runs = lazy(() => import('./Runs.tsx'));
const Figures = lazy(() => import('./Figures.tsx'));
const Search = lazy(() => import('./WhereUsed.tsx'));
const Publish = lazy(() => import('./Publish.tsx'));

const Findings = graphql(`query ModelFindings($id: ID!) { node(id: $id) { __typename ... on ConfigurationModel { id findings @_optional { ...FindingFields } } } }`, [findingFields]);

/** How a product is configured: the draft in its parts, and what becomes of it. */
export default function Editor({ model: m, draft: read, again }: { model: Model; draft: Doc; again: () => void }) {
  const t = modelWords.use();
  const k = kitWords.use();
  const say = useFailure();
  const tell = useTell();
  const may = useMay();
  const list = useList();
  const keyFor = useKey();
  const [base, setBase] = useState({ doc: read, version: m.version }); // what was read, and by which version it is changed
  const [doc, setDoc] = useState(read);
  const [failure, setFailure] = useState<{ text: string; id?: string; stale?: boolean } | null>(null);
  const [refused, setRefused] = useState<readonly Problem[]>([]);
  const [publishing, publish] = useState(false);
  const [save, busy] = useAction(SaveModel);
  const [{ data: looked, error: unlooked, fetching: looking }, look] = useQuery({ query: Findings, variables: { id: m.id } });
  const dirty = useMemo(() => doc !== base.doc && JSON.stringify(doc) !== JSON.stringify(base.doc), [doc, base]);
  // Costs that a role does not see would be lost by its saving.
  const edits = may('configurationModel.save') && may('configuration.costs');
  const checked = useProblems(edits && dirty ? doc : null);
  const problems = dirty && checked ? checked : refused;
  // What somebody else saved, or one's own save: taken in as long as nothing is typed that it would undo.
  useEffect(() => { if (m.version !== base.version && !dirty) { setBase({ doc: read, version: m.version }); setDoc(read); } }, [m.version]);
  useEffect(() => {
    if (!dirty) return;
    const stay = (e: BeforeUnloadEvent) => e.preventDefault();
    addEventListener('beforeunload', stay);
    return () => removeEventListener('beforeunload', stay);
  }, [dirty]);
  const change = (next: Doc) => { setDoc(next); setRefused([]); };
  const part = (parts as readonly string[]).includes(list.get('part') ?? '') ? (list.get('part') as PartName) : 'overview';
  const open = (to: Place) => list.set({ part: to.part === 'overview' ? null : to.part, open: to.open ?? null });
  const work: Work = { doc, change, edits, problems, at: list.get('open'), open, close: () => list.set({ open: null }) };
  const send = async () => {
    setFailure(null);
    const input = { id: m.id, version: base.version, document: inputOf(doc) };
    const outcome = await save({ input, key: keyFor(input) });
    if (outcome.ok) {
      const saved = outcome.payload.model!;
      // The API may write it a little differently, such as amounts with their decimals.
      const next = saved.draft ?? doc;
      setBase({ doc: next, version: saved.version }); setDoc(next); setRefused([]);
      tell(outcome, t.saved);
      look({ requestPolicy: 'network-only' });
      return;
    }
    const stale = isStale(outcome);
    if (outcome.error) setFailure({ text: stale ? t.conflict : say(outcome.error), id: requestIdOf(outcome.error), stale });
    else { setRefused(outcome.payload?.problems ?? []); if (!outcome.payload?.problems.length) setFailure({ text: outcome.refusals[0]!.message }); }
    if (stale) again();
  };
  const theirs = () => { setFailure(null); setRefused([]); setBase({ doc: read, version: m.version }); setDoc(read); };
  const mine = () => { setFailure(null); setBase({ doc: read, version: m.version }); };
  const wrongIn = new Map<PartName, number>();
  for (const p of problems) { const to = placeOf(p.path).part; wrongIn.set(to, (wrongIn.get(to) ?? 0) + 1); }
  const findings = looked?.node?.__typename === 'ConfigurationModel' ? looked.node.findings : undefined;
  const counts: Partial<Record<PartName, number>> = {
    groups: doc.groups.length, rules: doc.rules.length, prices: doc.prices.length, times: doc.leadTimes.length, parts: doc.parts.length, golden: doc.golden.length,
  };
  const title = said(doc.title, m.product?.name ?? t.title);
  const href = (to: PartName) => (to === 'overview' ? `/models/${m.id}` : `/models/${m.id}?part=${to}`);
  const pages = {
    overview: <Overview work={work} model={m} findings={findings} error={unlooked} looking={looking} dirty={dirty} />,
    groups: <Groups work={work} />, rules: <Rules work={work} findings={findings} />, prices: <Prices work={work} />, times: <Times work={work} />,
    parts: <Parts work={work} />, golden: <Golden work={work} />, preview: <Preview model={m} saved={base.doc} version={base.version} dirty={dirty} />, runs: <Runs model={m} dirty={dirty} />, figures: <Figures model={m} doc={doc} open={open} />, search: <Search work={work} />,
  };
  return (
    <Page title={title} wide crumbs={[{ title: t.title, href: '/models' }, { title }]}
      after={dirty ? <Pill tone="warn">{t.unsaved}</Pill> : m.isChanged ? <Pill tone="info">{m.current ? t.changed : t.unpublished}</Pill> : <Pill tone="good">{t.asPublished}</Pill>}
      sub={[m.variant && t.orderedAs(m.variant.sku), m.current && t.versionNo(m.current.number), m.kept != null && t.kept(m.kept)].filter(Boolean).join(' · ')}
      actions={<>
        {m.product && <Button component="a" href={`/products/${m.product.id}/configure`} target="_blank" variant="subtle" style={m.current ? undefined : { display: 'none' }}>{t.openIt}</Button>}
        {dirty && <Button variant="default" onClick={theirs}>{t.undo}</Button>}
        {edits && dirty && <Button loading={busy} onClick={() => void send()}>{t.save}</Button>}
        {!dirty && m.isChanged && may('configurationModel.publish') && <Button onClick={() => publish(true)}>{t.publish}</Button>}
      </>}>
      {failure && <div className="mo-state"><Notice tone="bad">{failure.text}{failure.id && !failure.stale && <><br /><small>{k.requestId(failure.id)}</small></>}
        {failure.stale && <p style={{ marginTop: 8 }}><Button size="compact-sm" variant="default" onClick={theirs}>{t.takeTheirs}</Button>{' '}<Button size="compact-sm" variant="default" onClick={mine}>{t.keepMine}</Button></p>}</Notice></div>}
      {problems.length > 0 && <div className="mo-state"><Notice tone="bad"><b>{t.problems(problems.length)}</b>
        <ul className="mo-problems">{problems.slice(0, 6).map((p, i) => <li key={i}><button type="button" className="mo-link" onClick={() => open(placeOf(p.path))}>{nameOf(p, doc, t.part)}</button> {p.line ? `${t.at(p.line, p.column ?? 1)}: ` : ''}{p.message}</li>)}
          {problems.length > 6 && <li>{t.moreProblems(problems.length - 6)}</li>}</ul></Notice></div>}
      {may('configurationModel.save') && !edits && <div className="mo-state"><Notice tone="warn">{t.noCosts}</Notice></div>}
      <div className="mo-page">
        <nav className="mo-nav" aria-label={t.partsOf}>
          {parts.map((x) => <Link key={x} href={href(x)} aria-current={x === part ? 'page' : undefined}>{t.part[x]}
            {wrongIn.has(x) ? <span className="mo-bad" aria-label={t.problems(wrongIn.get(x)!)}>{wrongIn.get(x)}</span> : counts[x] !== undefined && <small>{counts[x]}</small>}</Link>)}
        </nav>
        <div className="f-stack"><Suspense fallback={<Card flush><Loading rows={5} /></Card>}>{pages[part]}</Suspense></div>
      </div>
      {publishing && <Suspense fallback={null}><Publish model={m} doc={doc} version={base.version ?? m.version!} close={() => publish(false)} open={(to) => { publish(false); open(to); }} done={() => { publish(false); again(); }} /></Suspense>}
    </Page>
  );
}

/** What a problem is in, in a word or two. */
function nameOf(p: Problem, doc: Doc, names: Record<PartName, string>): string {
  const to = placeOf(p.path);
  const n = Number(p.path[1]);
  const item = p.path[0] === 'rules' ? doc.rules[n]?.key : p.path[0] === 'groups' ? said(doc.groups[n]?.title, doc.groups[n]?.key) : p.path[0] === 'prices' ? doc.prices[n]?.key
    : p.path[0] === 'leadTimes' ? doc.leadTimes[n]?.key : p.path[0] === 'parts' ? doc.parts[n]?.sku : p.path[0] === 'golden' ? doc.golden[n]?.key : p.path[0] === 'steps' ? said(doc.steps[n]?.title, doc.steps[n]?.key) : undefined;
  return item ? `${names[to.part]}, ${item}:` : `${names[to.part]}:`;
}
