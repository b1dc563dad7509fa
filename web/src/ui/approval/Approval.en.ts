import { plural } from '../../lib/words.ts';

const approval = {
  title: 'Approvals', waiting: 'Waiting for me', mine: 'Asked by me', others: 'Waiting for others', decided: 'Decided', tabs: 'Which approvals',
  status: { PENDING: 'Waiting', APPROVED: 'Approved', DECLINED: 'Declined', EXPIRED: 'Expired', WITHDRAWN: 'Taken back' },
  order: 'Order', asked: 'Asked', by: (name: string) => `by ${name}`, amount: 'Amount', why: 'Why', until: (day: string) => `Ends on ${day}`, answered: (name: string) => `by ${name}`, instead: (name: string, of: string) => `${name}, in place of ${of}`,
  limit: (limit: string, period: string) => `Over the limit of ${limit} ${period}`, spent: (amount: string) => `${amount} spent before`, role: 'People of this role always ask', otherCurrency: 'The order is in another currency than the limit',
  periods: { ORDER: 'per order', DAY: 'a day', WEEK: 'a week', MONTH: 'a month' },
  approve: 'Approve', decline: 'Decline', withdraw: 'Take the question back', decide: 'Decide',
  approveTitle: (number: string) => `Approve order ${number}?`, approveText: (total: string | null) => (total ? `The order over ${total} is placed at once.` : 'The order is placed at once.'),
  declineTitle: (number: string) => `Decline order ${number}?`, declineText: 'The order is cancelled. Whoever asked reads your words.',
  withdrawTitle: (number: string) => `Take order ${number} back?`, withdrawText: 'The question ends, and the order is cancelled.',
  comment: 'Comment', commentOptional: 'Comment (optional)', commentNeeded: 'Say why, so that it can be done better.', approved: (number: string) => `Order ${number} is approved and placed.`, declined: (number: string) => `Order ${number} is declined.`, withdrawn: (number: string) => `Order ${number} is taken back.`,
  noneWaiting: 'Nothing waits for you', noneWaitingText: 'Orders over somebody’s limit appear here, and you are told of them.', noneMine: 'You have asked for nothing', noneMineText: 'Orders of yours that have to be approved appear here.', noneDecided: 'Nothing has been decided yet', noneDecidedText: 'Answers stay here, with what was said.',
  card: 'Approval', waits: 'This order waits for approval', waitsFor: (name: string) => `This order waits for ${name}`, waitsForYou: 'This order waits for your approval', count: (n: number) => plural(n, 'question', 'questions'), comments: (text: string) => `“${text}”`,
  more: (first: string, n: number) => `${first} and ${n} more`,
};
export default approval;
