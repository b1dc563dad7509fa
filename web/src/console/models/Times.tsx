import { TextInput } from '@mantine/core';
import { freeKey, noText } from './draft.ts';
import { modelWords, RuleText, said, Tick, Two, useSays, Whole, type Work } from './fields.tsx';
import { Listed } from './Listed.tsx';

/** How long it takes, and what makes it take longer. */
export default function Times({ work: w }: { work: Work }) {
  const t = modelWords.use();
  const says = useSays();
  return <Listed work={w} part="times" name="leadTimes" title={t.part.times} text={t.noTimesText} add={t.addTime} nameOf={(x) => said(x.title, x.key)}
    above={<div className="mo-tools"><Whole label={t.baseDays} description={t.baseDaysHint} value={w.doc.baseDays} error={says(w.problems, 'baseDays')} onChange={(n) => w.edits && w.change({ ...w.doc, baseDays: n ?? 0 })} /></div>}
    make={() => ({ key: freeKey('time', w.doc.leadTimes), title: noText(), when: null, days: 1, added: false })}
    row={(x) => <><span>{x.added ? t.addedDays(x.days) : t.atLeastDays(x.days)}</span>{x.when && <small>{t.when} <code className="mo-key">{x.when}</code></small>}</>}
    form={(x, set, problems) => <>
      <Two label={t.titleForCustomers} most={200} value={x.title} error={says(problems, 'title')} onChange={(title) => set({ ...x, title })} />
      <div className="f-two mo-top">
        <TextInput label={t.key} spellCheck={false} value={x.key} error={says(problems, 'key')} onChange={(e) => set({ ...x, key: e.currentTarget.value })} />
        <Whole label={t.daysLong} value={x.days} error={says(problems, 'days')} onChange={(n) => set({ ...x, days: n ?? 0 })} />
      </div>
      <RuleText label={t.whenApplies} name="when" rows={2} value={x.when ?? ''} problems={problems} onChange={(when) => set({ ...x, when })} />
      <Tick label={t.onTop} hint={t.onTopHint} checked={x.added} onChange={(added) => set({ ...x, added })} />
    </>} />;
}
