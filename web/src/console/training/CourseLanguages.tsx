import { useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { languageName } from './languages.ts';
import type { Lang } from '../../lib/words.ts';
import { IconX } from '../../ui/icons.ts';
import { Dialog, IconButton } from '../../ui/kit.tsx';
import { lessonsOf, said, textsIn, written, type Doc } from './draft.ts';
import { courseWords } from './fields.tsx';

const isKept = (code: string): code is Lang => written.includes(code as Lang);

/** The languages of a draft, the first for whom none fits: one is added from those that the
 * API keeps, and one is taken out once it is said what goes with it. */
export function CourseLanguages({ doc: d, error, change }: { doc: Doc; error?: string; change: (languages: string[]) => void }) {
  const t = courseWords.use();
  const [taking, take] = useState<Lang | null>(null);
  const more = written.filter((l) => !d.languages.includes(l));
  const without = (code: string) => change(d.languages.filter((x) => x !== code));
  const ask = (code: string) => { if (isKept(code) && textsIn(d, code)) take(code); else without(code); };
  return <fieldset className="mo-set"><legend>{t.languagesOf}</legend><p className="mo-hint">{t.languagesHint}</p>
    <ul className="tr-picked" aria-label={t.languagesOf}>{d.languages.map((code) => (
      <li key={code}><span>{languageName(code)}{!isKept(code) && <small className="muted"> {t.otherLanguage}</small>}</span>
        {d.languages.length > 1 && <IconButton label={t.remove(languageName(code))} onClick={() => ask(code)}><IconX size={16} /></IconButton>}</li>
    ))}</ul>
    {more.length > 0 && <NativeSelect mt={8} aria-label={t.addLanguage} value="" onChange={(e) => { if (e.currentTarget.value) change([...d.languages, e.currentTarget.value]); }}
      data={[{ value: '', label: t.addLanguage }, ...more.map((l) => ({ value: l, label: languageName(l) }))]} />}
    {error && <p className="mo-wrong" role="alert">{error}</p>}
    {taking && <Dialog open onClose={() => take(null)} title={t.takeLanguage(languageName(taking))}>
      <p>{t.takeLanguageText(textsIn(d, taking))}</p>
      <ul className="tr-lost">{lost(d, taking, t).map(([name, n], i) => <li key={i}>{name} <small className="muted">{t.textCount(n)}</small></li>)}</ul>
      <p className="muted">{t.takeLanguageHint}</p>
      <div className="f-form-end" style={{ marginTop: 16 }}><Button variant="default" onClick={() => take(null)}>{t.cancel}</Button><Button data-danger onClick={() => { without(taking); take(null); }}>{t.take}</Button></div>
    </Dialog>}
  </fieldset>;
}

/** What is written in a language, by its place: what the course is, its chapters, its lessons. */
const lost = (d: Doc, l: Lang, t: ReturnType<typeof courseWords.use>): [string, number][] => {
  const places: [string, number][] = [
    [t.part.about, textsIn([d.title, d.summary], l)], [t.certificate, textsIn(d.certificate, l)], [t.chapterTitles, textsIn(d.modules.map((m) => m.title), l)],
    ...lessonsOf(d).map((x): [string, number] => [said(x.title, t.untitledLesson), textsIn(x, l)]),
  ];
  return places.filter(([, n]) => n);
};
