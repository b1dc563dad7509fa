import { plural } from '../../lib/words.ts';

const course = {
  lessons: 'Lessons', done: (n: number, of: number) => `${n} of ${of} done`,
  yours: 'Where you are', due: 'To be done by', since: 'Enrolled', finished: 'Finished', learned: 'Learned', how: 'How',
  origin: { SELF: 'By yourself', MANAGER: 'By your company', STAFF: 'By our team', ORDER: 'With your order', RENEWAL: 'Certificate ends' },
  waitText: 'As soon as a place is free it is yours, and we tell you.', superseded: 'There is a later version of this course. You finish by the one that you have begun.',
  about: 'About this course', certificate: 'Certificate', valid: 'Valid', months: (n: number) => plural(n, 'month', 'months'), forGood: 'for good', places: 'Places free', bought: 'Places that your company has bought',
  before: 'To be finished before', met: 'done', unmet: 'missing',
  begin: 'Begin', again: 'Learn it again', againText: 'Learn it anew for a certificate that is valid.', free: 'It costs nothing. You can stop and go on at any time, on any device.', paid: 'Your company has bought places. You can stop and go on at any time.', full: 'All places are taken at present.', buyText: 'Your company buys places like any other product.',
  ended: (day: string) => `Ended on ${day}`, revoked: 'Revoked',
  rate: 'Rate this course', ratedChange: (n: number) => `You gave ${plural(n, 'star', 'stars')}`, rateTitle: (title: string) => `How was “${title}”?`, stars: 'Stars', star: 'Bad|Not good|All right|Good|Very good', feedback: 'What could be better?', feedbackText: 'Its trainers read it.', send: 'Send', thanks: 'Thank you.',
  withdraw: 'Leave this course', withdrawTitle: (title: string) => `Leave “${title}”?`, withdrawText: 'Your place goes to somebody else. What you have done so far does not count any more when you begin anew.', withdrawWaiting: 'You lose your place in the queue.', reason: 'Why (if you like)', withdrawDo: 'Leave', withdrawn: (title: string) => `You have left “${title}”.`,
};
export default course;
