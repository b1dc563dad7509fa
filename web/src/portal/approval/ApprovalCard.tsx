import { day } from '../../lib/format.ts';
import type { OrderData } from '../order/orderFields.ts';
import { Answers, ApprovalPill, approvalWords, useCause } from '../../ui/approval/parts.tsx';

/** The question whether an order may be placed, above its page: whose answer it waits for, or what the answer was. */
export default function ApprovalCard({ order: o, reload }: { order: OrderData; reload: () => void }) {
  const t = approvalWords.use();
  const say = useCause();
  const a = o.approval;
  if (!a) return null;
  const waits = a.status === 'PENDING' && o.status === 'AWAITING_APPROVAL';
  if (!waits && !a.comment && a.status === 'APPROVED') return null;
  const title = !waits ? null : a.availableActions.includes('APPROVE') ? t.waitsForYou : a.approver ? t.waitsFor(a.approver.name) : t.waits;
  return (
    <section className="f-card op-ask" aria-label={t.card}>
      <div>
        {title ? <h2>{title}</h2> : <h2>{t.card} <ApprovalPill status={a.status} /></h2>}
        <p>{[say(a), waits ? t.until(day(a.expiresAt)) : a.decidedBy && t.answered(a.decidedBy.name)].filter(Boolean).join(' · ')}</p>
        {a.comment && <p>{t.comments(a.comment)}</p>}
      </div>
      {a.availableActions.length > 0 && <div className="f-actions no-print" style={{ width: 'auto' }}><Answers approval={a} number={o.number} reload={reload} /></div>}
    </section>
  );
}
