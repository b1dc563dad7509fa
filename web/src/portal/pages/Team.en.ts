import { plural } from '../../lib/words.ts';

const team = {
  title: 'Your team', sub: 'Who must hold which certificate, and where they stand.', person: 'Person', course: 'Course',
  status: { NOT_REQUIRED: 'Not needed', HELD: 'Valid', EXPIRING: 'Ends soon', LEARNING: 'Learning', MISSING: 'Missing', OVERDUE: 'Overdue' }, percent: (n: number) => `Learning, ${n} %`,
  until: (day: string) => `until ${day}`, by: (day: string) => `by ${day}`, since: (day: string) => `since ${day}`, held: (n: string, of: string) => `${n} of ${of} hold it`, summary: 'Courses that somebody must hold',
  show: 'Which people', all: 'Everybody', onlyMissing: 'Only with something missing', nobody: 'Nothing is missing', nobodyText: 'Everybody holds what they must.', noPeople: 'There is nobody here.',
  none: 'Nobody must hold anything yet', noneText: 'Say which certificates your people need, and you see here who has them, whose end soon, and who is late.',
  rules: 'What is required', everybody: 'Everybody', dueNow: (day: string) => `by ${day}`, dueLater: (n: number) => `new people within ${plural(n, 'day', 'days')}`, enrolls: 'people are enrolled by themselves', actions: (title: string) => `Actions for ${title}`,
  add: 'Require a certificate', addTitle: 'Require a certificate', change: 'Change', changeTitle: (title: string) => `Who must hold “${title}”`, delete: 'Take back', deleteTitle: (title: string) => `No longer require “${title}”?`, deleteText: 'Who is learning goes on learning. Certificates stay.', deleted: (title: string) => `“${title}” is no longer required.`,
  who: 'Who must hold it', whoms: { all: 'Everybody', some: 'Some' }, roles: 'Roles', alsoThese: 'And these people', dueFor: 'Who is here now: by', daysFor: 'Who comes later: days', enrollThem: 'Enroll people by itself', enrollThemText: 'Who lacks it is enrolled and told, also who comes later.', saved: 'Saved.', savedEnrolled: (n: number) => `Saved. ${plural(n, 'person is', 'people are')} enrolled.`,
  enroll: 'Enroll people', choose: 'Choose …', places: (n: number) => `${plural(n, 'place', 'places')} bought and not used`,
};
export default team;
