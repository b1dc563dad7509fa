import { Button } from '@mantine/core';
import { Card } from '../../ui/kit.tsx';
import { IconPlus } from '../../ui/icons.ts';
import type { Lang } from '../../lib/words.ts';
import { moved, Moves, Whole, without } from '../models/fields.tsx';
import { below, newCriterion, said, says, type Assignment, type Criterion, type Problem } from './draft.ts';
import { courseWords, Texts } from './fields.tsx';

/** By what work is judged, and what can be handed in. */
export default function AssignmentEditor({ assignment: a, to, problems, change }: { assignment: Assignment; to: readonly Lang[]; problems: readonly Problem[]; change: (a: Assignment) => void }) {
  const t = courseWords.use();
  const set = (next: Partial<Assignment>) => change({ ...a, ...next });
  const put = (i: number, next: Partial<Criterion>) => set({ rubric: a.rubric.map((c, n) => (n === i ? { ...c, ...next } : c)) });
  const none = problems.some((p) => p.path[0] === 'rubric' && p.path.length === 1) ? says(problems, 'rubric') : undefined;
  return <>
    <Card title={t.rubric} aside={<span className="muted">{t.points(a.rubric.reduce((n, c) => n + c.points, 0))}</span>} flush>
      {none && <p className="mo-wrong tr-pad" role="alert">{none}</p>}
      <ol className="tr-questions">{a.rubric.map((c, i) => {
        const at = below(problems, 'rubric', i);
        return (
          <li key={c.key}><div className="tr-question f-form">
            <div className="tr-criterion"><Whole label={t.pointsMost} value={c.points} error={says(at, 'points')} onChange={(n) => put(i, { points: n ?? 0 })} />
              <Moves name={said(c.title, t.criterionNo(i + 1))} first={!i} last={i === a.rubric.length - 1} move={(by) => set({ rubric: moved(a.rubric, i, by) })} remove={() => set({ rubric: without(a.rubric, i) })} /></div>
            <Texts label={t.criterionNo(i + 1)} name="title" value={c.title} to={to} problems={at} onChange={(title) => put(i, { title })} />
            <Texts label={t.criterionHelp} name="help" area rows={2} most={2000} value={c.help} to={to} problems={at} onChange={(help) => put(i, { help })} />
          </div></li>
        );
      })}</ol>
      <div className="tr-add"><Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => set({ rubric: [...a.rubric, newCriterion()] })}>{t.addCriterion}</Button></div>
    </Card>
    <Card title={t.handingIn}><div className="f-two mo-top">
      <Whole label={t.passingPercent} value={a.passingPercent} error={says(problems, 'passingPercent')} onChange={(n) => set({ passingPercent: n ?? 0 })} />
      <Whole label={t.maxFiles} value={a.maxFiles} error={says(problems, 'maxFiles')} onChange={(n) => set({ maxFiles: n ?? 0 })} />
      <Whole label={t.handIns} description={t.zeroNoLimit} value={a.attempts} error={says(problems, 'attempts')} onChange={(n) => set({ attempts: n ?? 0 })} />
    </div></Card>
  </>;
}
