import { useState } from 'react';
import { Button, Textarea } from '@mantine/core';
import { money } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, isStale, useAction, useForm, useSeen } from '../../ui/form.tsx';
import { Dialog, Pill, type Tone } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import en from './Approval.en.ts';
import { ApprovalFields, type ApprovalData } from './fields.ts';

export const approvalWords = words('Approval', en);

const Decide = graphql(`mutation DecideApproval($input: DecideApprovalInput!) {
  decideApproval(input: $input) { approval { ...ApprovalFields order { id number status version } } userErrors { field code message } }
}`, [ApprovalFields]);
const Withdraw = graphql(`mutation WithdrawApproval($input: WithdrawApprovalInput!) {
  withdrawApproval(input: $input) { approval { ...ApprovalFields order { id number status version } } userErrors { field code message } }
}`, [ApprovalFields]);

const tones: Record<ApprovalData['status'], Tone> = { PENDING: 'warn', APPROVED: 'good', DECLINED: 'bad', EXPIRED: 'calm', WITHDRAWN: 'calm' };
export function ApprovalPill({ status }: { status: ApprovalData['status'] }) {
  const t = approvalWords.use();
  return <Pill tone={tones[status]}>{t.status[status]}</Pill>;
}

/** Why it has to be approved, in a sentence. */
export function useCause() {
  const t = approvalWords.use();
  return (a: ApprovalData): string => {
    const c = a.cause;
    if (c.kind === 'ROLE') return t.role;
    const other = c.limit && c.amount && c.limit.currency !== c.amount.currency;
    return [c.limit && c.period && t.limit(money(c.limit), t.periods[c.period]), other ? t.otherCurrency : c.spent && Number(c.spent.amount) > 0 && c.period !== 'ORDER' && t.spent(money(c.spent))].filter(Boolean).join(' · ');
  };
}

export type Answer = 'APPROVE' | 'DECLINE' | 'WITHDRAW';

/** Asks once more before a question is answered, with room for words. */
export function DecideDialog(p: { approval: ApprovalData; number: string; answer: Answer; close: () => void; reload: () => void }) {
  const t = approvalWords.use();
  const form = useForm();
  const [decide, deciding] = useAction(Decide);
  const [withdraw, withdrawing] = useAction(Withdraw);
  const [comment, setComment] = useState('');
  const { approval: a, answer, number: no } = p;
  const [version, refused] = useSeen(a.version);
  const at = { approvalId: a.id, version };
  const title = answer === 'APPROVE' ? t.approveTitle(no) : answer === 'DECLINE' ? t.declineTitle(no) : t.withdrawTitle(no);
  const submit = async () => {
    const outcome = answer === 'WITHDRAW' ? await withdraw({ input: at }) : await decide({ input: { ...at, decision: answer, comment: comment.trim() || undefined } });
    if (isStale(outcome)) refused();
    if (isStale(outcome) || (!outcome.ok && outcome.refusals.some((r) => r.code === 'WRONG_STATE'))) p.reload();
    if (!form.take(outcome)) return;
    toast(answer === 'APPROVE' ? t.approved(no) : answer === 'DECLINE' ? t.declined(no) : t.withdrawn(no));
    p.reload();
    p.close();
  };
  return (
    <Dialog open onClose={p.close} title={title}>
      <Form form={form} names={['comment']} onSubmit={() => void submit()} label={title}>
        <p>{answer === 'APPROVE' ? t.approveText(a.cause.amount ? money(a.cause.amount) : null) : answer === 'DECLINE' ? t.declineText : t.withdrawText}</p>
        {answer !== 'WITHDRAW' && <Textarea label={answer === 'APPROVE' ? t.commentOptional : t.comment} description={answer === 'DECLINE' ? t.commentNeeded : undefined} rows={3} maxLength={1000} value={comment} onChange={(e) => setComment(e.currentTarget.value)} error={form.error('comment')} />}
        <FormEnd label={answer === 'APPROVE' ? t.approve : answer === 'DECLINE' ? t.decline : t.withdraw} busy={deciding || withdrawing} danger={answer !== 'APPROVE'} disabled={answer === 'DECLINE' && !comment.trim()} onCancel={p.close} />
      </Form>
    </Dialog>
  );
}

/** The answers that one may give. */
export function Answers({ approval: a, number, reload, small }: { approval: ApprovalData; number: string; reload: () => void; small?: boolean }) {
  const t = approvalWords.use();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const size = small ? 'compact-md' : undefined;
  const has = (x: Answer) => a.availableActions.includes(x);
  // An answer can come while the question is being looked at: a dialog that is open stays until it is closed.
  return <>
    {has('APPROVE') && <Button size={size} aria-label={small ? `${t.approve}: ${number}` : undefined} onClick={() => setAnswer('APPROVE')}>{t.approve}</Button>}
    {has('DECLINE') && <Button size={size} variant="default" aria-label={small ? `${t.decline}: ${number}` : undefined} onClick={() => setAnswer('DECLINE')}>{t.decline}</Button>}
    {has('WITHDRAW') && <Button size={size} variant="default" aria-label={small ? `${t.withdraw}: ${number}` : undefined} onClick={() => setAnswer('WITHDRAW')}>{t.withdraw}</Button>}
    {answer && <DecideDialog approval={a} number={number} answer={answer} close={() => setAnswer(null)} reload={reload} />}
  </>;
}
