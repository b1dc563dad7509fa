import { plural } from '../../lib/words.ts';

const training = {
  title: 'My training',
  hello: (name: string) => `Good to see you, ${name}.`,
  nextTwo: (time: string, n: number) => `${time} ${/^[\d,.]+ minutes/.test(time) ? 'finish' : 'finishes'} your next ${n === 1 ? 'lesson' : 'two lessons'}.`,
  halfHour: 'Half an hour', anHour: 'An hour', someMinutes: (n: number) => plural(n, 'minute', 'minutes'),
  nothingOpen: 'Nothing is open at the moment.', allDone: 'All your courses are done.',
  coursesDone: (n: number) => (n === 1 ? 'Course done' : 'Courses done'), hours: 'Hours', certificatesCount: (n: number) => (n === 1 ? 'Certificate' : 'Certificates'),
  goOn: 'Continue where you stopped', begin: 'Begin here', resume: 'Continue', startNow: 'Begin',
  nextIs: (title: string) => `Next: ${title}`, lessonOf: (n: number, of: number) => `lesson ${n} of ${of}`,
  due: (day: string) => `due ${day}`, overdueSince: (day: string) => `should have been done by ${day}`,
  yours: 'Your courses', offered: 'More courses',
  lessons: (n: number) => plural(n, 'lesson', 'lessons'), minutes: (n: string) => `${n} min`,
  progressOf: (title: string) => `How far you are with ${title}`,
  state: { new: 'New', learning: 'In progress', done: 'Done', overdue: 'Overdue', waiting: 'Waiting', withdrawn: 'Withdrawn' },
  queue: (n: number) => (n === 1 ? 'You are the next to get a place' : `Place ${n} in the queue`),
  none: 'You are not learning anything yet', noneText: 'Begin one of the courses below. Your company can also enroll you.',
  enroll: 'Begin', wait: 'Wait for a place', enrolled: 'You are in. Good learning!', waits: 'All places are taken. You are in the queue, and we tell you when there is one for you.',
  first: (titles: string) => `First: ${titles}`, toFirst: 'To that course', toBuy: 'A place has to be bought', buy: 'See the offer', free: 'Free', full: 'No place free', placesLeft: (n: number) => plural(n, 'place free', 'places free'),
  certificates: 'Certificates', certificatesNone: 'What you earn is here.', allCertificates: 'All', validUntil: (day: string) => `Valid until ${day}`, issued: (day: string) => `Issued ${day}`, endsOn: (day: string) => `Ends on ${day}`,
  week: 'This week', learnedOn: (day: string, minutes: string) => `${day}: ${minutes}`, dayColumn: 'Day', minutesColumn: 'Learned',
  team: 'Your team', teamNone: 'Nobody must hold a certificate yet.', teamMissing: (n: number) => (n === 1 ? '1 certificate is missing' : `${n} certificates are missing`), teamGood: 'Everybody holds what they must.', toTeam: 'Who holds what',
};
export default training;
