import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus, IconTrash, IconX } from '../../ui/icons.ts';
import { Card, IconButton, Notice } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { ProductsPicker } from '../ProductsPicker.tsx';
import { BothFields } from './BothFields.tsx';
import { freeKey, noText, type Draft, type DraftAnswer, type DraftStep, type Problem } from './draft.ts';
import { nameOf } from './Editor.tsx';
import { guideEditWords } from './parts.ts';

/** One step of a guide: a question and where its answers lead, or what they have led to. */
export function StepForm(p: {
  step: DraftStep; draft: Draft; number: ReadonlyMap<string, number>; lang: 'en' | 'de'; problems: Problem[]; says: (p: Problem) => string; categories: readonly { id: string; name: string; path: readonly { name: string }[] }[];
  change: (s: DraftStep) => void; first: () => void; remove: () => void; open: (key: string) => void; add: (kind: DraftStep['kind'], from: { step: string; answer: number }) => void;
}) {
  const t = guideEditWords.use();
  const k = kitWords.use();
  const s = p.step;
  const said = (field: string, answer?: number) => { const x = p.problems.find((y) => y.field === field && y.answer === answer); return x && p.says(x); };
  const placed = (x: Problem) => (x.answer !== undefined ? ['text', 'next'].includes(x.field ?? '') : ['question', 'help', 'text', 'search', 'categoryId', 'productIds'].includes(x.field ?? ''));
  const rest = p.problems.filter((x) => !placed(x));
  const others = p.draft.steps.filter((x) => x.key !== s.key).sort((a, b) => (p.number.get(a.key) ?? 0) - (p.number.get(b.key) ?? 0));
  const label = (x: DraftStep) => `${p.number.get(x.key)}. ${t.kinds[x.kind]}: ${nameOf(x, p.lang, t.nameless)}`;
  const setAnswer = (i: number, a: Partial<DraftAnswer>) => p.change({ ...s, answers: s.answers.map((x, n) => (n === i ? { ...x, ...a } : x)) });
  const move = (i: number, by: number) => { const next = [...s.answers]; const [x] = next.splice(i, 1); next.splice(i + by, 0, x!); p.change({ ...s, answers: next }); };
  const lead = (i: number, to: string) => (to === '+question' || to === '+result' ? p.add(to.slice(1) as DraftStep['kind'], { step: s.key, answer: i }) : setAnswer(i, { next: to }));
  return (
    <Card title={`${p.number.get(s.key)}. ${t.kinds[s.kind]}`} aside={<span style={{ display: 'inline-flex', gap: 8, flexWrap: 'wrap', justifyContent: 'end' }}>
      {s.key !== p.draft.start && s.kind === 'question' && <Button size="compact-sm" variant="subtle" onClick={p.first}>{t.makeFirst}</Button>}
      {p.draft.steps.length > 1 && <Button size="compact-sm" variant="subtle" leftSection={<IconTrash size={15} />} onClick={p.remove}>{t.removeStep}</Button>}
    </span>}>
      <div className="f-form">
        {rest.map((x, i) => <Notice key={i} tone="bad">{p.says(x)}</Notice>)}
        <NativeSelect label={t.kind} value={s.kind} onChange={(e) => { const kind = e.currentTarget.value as DraftStep['kind']; p.change({ ...s, kind, answers: kind === 'question' && !s.answers.length ? [{ key: 'a1', text: noText(), next: '' }] : s.answers }); }} data={Object.entries(t.kindsLong).map(([value, text]) => ({ value, label: text }))} />
        {s.kind === 'question' ? <>
          <BothFields label={t.question} area value={s.question} onChange={(question) => p.change({ ...s, question })} error={said('question')} />
          <BothFields label={`${t.help} (${k.optional})`} area value={s.help} onChange={(help) => p.change({ ...s, help })} error={said('help')} />
          <div className="ge-answers" role="group" aria-label={t.answers}>{s.answers.map((a, i) => (
            <section className="ge-answer" key={a.key} aria-label={t.answerNo(i + 1)} data-bad={p.problems.some((x) => x.answer === i) || undefined}>
              <header><h3>{t.answerNo(i + 1)}</h3>
                <IconButton label={t.answerUp(i + 1)} disabled={i === 0} onClick={() => move(i, -1)}><IconChevronDown size={16} style={{ rotate: '180deg' }} /></IconButton>
                <IconButton label={t.answerDown(i + 1)} disabled={i === s.answers.length - 1} onClick={() => move(i, 1)}><IconChevronDown size={16} /></IconButton>
                <IconButton label={t.answerRemove(i + 1)} onClick={() => p.change({ ...s, answers: s.answers.filter((_, n) => n !== i) })}><IconX size={16} /></IconButton>
              </header>
              <BothFields label={t.answer} value={a.text} onChange={(text) => setAnswer(i, { text })} error={said('text', i)} />
              <div className="ge-next">
                <NativeSelect label={t.leadsTo} value={others.some((x) => x.key === a.next) || a.next === s.key ? a.next : ''} onChange={(e) => lead(i, e.currentTarget.value)} error={said('next', i)}
                  data={[{ value: '', label: t.choose }, ...(a.next === s.key ? [{ value: s.key, label: label(s) }] : []), ...others.map((x) => ({ value: x.key, label: label(x) })), { value: '+question', label: t.newQuestion }, { value: '+result', label: t.newResult }]} />
                {others.some((x) => x.key === a.next) && <Button variant="default" rightSection={<IconChevronRight size={15} />} onClick={() => p.open(a.next)}>{t.goThere}</Button>}
              </div>
            </section>
          ))}</div>
          {s.answers.length < 20 && <p><Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => p.change({ ...s, answers: [...s.answers, { key: freeKey('a', s.answers), text: noText(), next: '' }] })}>{t.addAnswer}</Button></p>}
        </> : <>
          <BothFields label={`${t.text} (${k.optional})`} area value={s.text} onChange={(text) => p.change({ ...s, text })} error={said('text')} />
          <ProductsPicker label={t.products} description={t.productsHint} value={s.products} onChange={(products) => p.change({ ...s, products })} error={said('productIds')} />
          <div className="f-two">
            <NativeSelect label={`${t.toCategory} (${k.optional})`} value={s.categoryId} onChange={(e) => p.change({ ...s, categoryId: e.currentTarget.value })} error={said('categoryId')}
              data={[{ value: '', label: t.noOne }, ...p.categories.map((c) => ({ value: c.id, label: [...c.path.map((x) => x.name), c.name].join(' › ') }))]} />
            <TextInput label={`${t.toSearch} (${k.optional})`} maxLength={120} value={s.search} onChange={(e) => p.change({ ...s, search: e.currentTarget.value })} error={said('search')} />
          </div>
        </>}
      </div>
    </Card>
  );
}
