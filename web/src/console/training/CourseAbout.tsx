import { useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Card, IconButton } from '../../ui/kit.tsx';
import { IconTrash, IconX } from '../../ui/icons.ts';
import { Whole } from '../models/fields.tsx';
import { CourseLanguages } from './CourseLanguages.tsx';
import { CoursePicker } from './CoursePicker.tsx';
import { below, noText, said, says, spoken, type Doc } from './draft.ts';
import { courseWords, Markdown, Texts, type Work } from './fields.tsx';

const Titles = graphql(`query CourseTitles { courses(first: 100) { edges { node { id key title } } } }`);
const colours = ['#4f46e5', '#0f766e', '#b45309', '#be123c', '#1d4ed8', '#7c3aed', '#15803d', '#475569'];

/** What a course is called and about, what is needed for it, and what is certified at its end. */
export default function About({ work: w, courseKey }: { work: Work; courseKey: string }) {
  const t = courseWords.use();
  const d = w.doc;
  const to = spoken(d);
  const set = (next: Partial<Doc>) => w.change({ ...d, ...next });
  const [{ data }] = useQuery({ query: Titles });
  const titles = new Map(data?.courses.edges?.flatMap((e) => (e?.node ? [[e.node.key, e.node.title] as const] : [])));
  const certificate = below(w.problems, 'certificate');
  const c = d.certificate;
  return <>
    <Card title={t.part.about}><div className="f-form">
      <Texts label={t.title} name="title" value={d.title} to={to} problems={w.problems} onChange={(title) => set({ title })} />
      <Texts label={t.summary} name="summary" area most={2000} value={d.summary} to={to} problems={w.problems} onChange={(summary) => set({ summary })} />
      <CourseLanguages doc={d} error={says(w.problems, 'languages')} change={(languages) => set({ languages })} />
      <fieldset className="mo-set"><legend>{t.cover}</legend><div className="tr-colours">
        {colours.map((x, i) => <button key={x} type="button" style={{ background: x }} aria-label={t.colourNo(i + 1)} aria-pressed={d.cover?.toLowerCase() === x} onClick={() => set({ cover: x })} />)}
        <TextInput aria-label={t.coverCode} placeholder="#1d4ed8" maxLength={7} spellCheck={false} value={d.cover ?? ''} error={says(w.problems, 'cover')} onChange={(e) => set({ cover: e.currentTarget.value })} />
      </div></fieldset>
    </div></Card>
    <Card title={t.prerequisites}><div className="f-form">
      <p className="mo-hint">{t.prerequisitesHint}</p>
      <CoursePicker label={t.addPrerequisite} value={undefined} without={[...d.prerequisites, courseKey]} error={says(w.problems, 'prerequisites')} onChange={(_, x) => x?.key && set({ prerequisites: [...d.prerequisites, x.key] })} />
      {d.prerequisites.length > 0 && <ul className="tr-picked" aria-label={t.prerequisites}>{d.prerequisites.map((key) => <li key={key}><span>{titles.get(key) ?? key}</span><IconButton label={t.remove(titles.get(key) ?? key)} onClick={() => set({ prerequisites: d.prerequisites.filter((x) => x !== key) })}><IconX size={16} /></IconButton></li>)}</ul>}
    </div></Card>
    <Card title={t.certificate} aside={c && <IconButton label={t.removeCertificate} onClick={() => set({ certificate: null })}><IconTrash size={17} /></IconButton>}>
      {c ? <div className="f-form">
        <Texts label={t.certifies} name="title" value={c.title} to={to} problems={certificate} onChange={(title) => set({ certificate: { ...c, title } })} />
        <Markdown label={t.criteria} hint={t.criteriaHint} name="criteria" rows={4} most={4000} value={c.criteria} to={to} problems={certificate} onChange={(criteria) => set({ certificate: { ...c, criteria } })} />
        <div className="f-two mo-top">
          <Whole label={t.validMonths} description={t.validMonthsHint} value={c.validMonths} error={says(certificate, 'validMonths')} onChange={(n) => set({ certificate: { ...c, validMonths: n ?? 0 } })} />
          <Days label={t.remindDays} hint={t.remindDaysHint} value={c.remindDays} error={says(certificate, 'remindDays')} onChange={(remindDays) => set({ certificate: { ...c, remindDays } })} />
        </div>
      </div> : <><p className="muted" style={{ marginBottom: 12 }}>{t.noCertificateText}</p><Button variant="default" onClick={() => set({ certificate: { title: { en: said(d.title), de: said(d.title), ...(d.title.en ? { en: d.title.en } : {}), ...(d.title.de ? { de: d.title.de } : {}) }, criteria: noText(), validMonths: 24, remindDays: [90, 30, 7] } })}>{t.addCertificate}</Button></>}
    </Card>
  </>;
}

/** Some whole numbers, separated by commas. */
function Days(p: { label: string; hint: string; value: readonly number[]; error?: string; onChange: (all: number[]) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  return <TextInput label={p.label} description={p.hint} error={p.error} value={typed ?? p.value.join(', ')} onBlur={() => setTyped(null)}
    onChange={(e) => { setTyped(e.currentTarget.value); p.onChange(e.currentTarget.value.split(/[\s,;]+/).filter((x) => /^\d{1,4}$/.test(x)).map(Number)); }} />;
}
