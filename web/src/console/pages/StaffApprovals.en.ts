const staffApprovals = {
  title: 'Approvals', sub: 'Orders that wait for a word of the customer. Only people of the customer answer.', order: 'Order', customer: 'Customer', asked: 'Asked by', why: 'Why', amount: 'Amount', state: 'State', all: 'all', waiting: 'Waiting', decided: 'Decided', until: (day: string) => `until ${day}`, waitsFor: (name: string) => `for ${name}`, anybody: 'any manager or administrator', answered: (name: string) => `by ${name}`, instead: (name: string, of: string) => `${name}, in place of ${of}`, comment: (text: string) => `“${text}”`,
  none: 'No order waits for approval', noneText: 'Orders over a spending limit appear here until somebody at the customer has answered.', noMatch: 'No approval fits', noMatchText: 'Try fewer filters.',
};
export default staffApprovals;
