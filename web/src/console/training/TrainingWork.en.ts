import { plural } from '../../lib/words.ts';

const training = {
  reasonNeeded: 'Please say why.', facts: 'Facts', newCourseText: 'It begins as a draft that only trainers see. Everything can be changed until it is published, except the key.', begin: 'Begin the course',
  nameless: 'Please give it a name.', courseMade: (name: string) => `“${name}” is begun`, lessonStates: { LOCKED: 'Locked', OPEN: 'Open', DONE: 'Done' },
  origins: { SELF: 'Themselves', MANAGER: 'Their manager', STAFF: 'Our team', ORDER: 'An order', RENEWAL: 'Renewal of a certificate' }, everyone: (n: number) => `All ${n}`,
  enrollInto: (title: string) => `Enroll people in ${title}`, noMembers: 'This customer has nobody who could learn', dueDay: 'To be done by', dueHint: 'Leave it empty for no date.',
  enrollN: (n: number) => `Enroll ${plural(n, 'person', 'people')}`, enrolledN: (n: number) => `${plural(n, 'person is', 'people are')} enrolled`, notEnrolled: 'Not enrolled:', lessonsTitle: 'Lessons',
  doneOf: (done: number, all: number) => `${done} of ${all} done`, learned: 'Learned for', enrolledBy: 'Enrolled by', lastLearned: 'Last learned', read: (time: string) => `read for ${time}`,
  watched: (p: number) => `${p} % watched`, queue: (n: number) => `Waits for a place, at number ${n}.`, mark: 'Mark as done', markOf: (title: string) => `Mark “${title}” as done`,
  markText: (name: string) => `${name} has shown this to a trainer. It stays done.`, marked: (title: string) => `“${title}” is done`, move: 'Move to the latest version', moveDo: 'Move',
  moveText: 'They go on by the latest version. What they have done of lessons that are still there stays done; new lessons are open to them.', moved: 'They go on by the latest version',
  olderText: 'There is a later version of this course. They go on by theirs until they are moved.', setDue: 'Set the due day', dueSaved: 'The due day is saved', withdraw: 'Take out',
  withdrawTitle: (name: string) => `Take ${name} out of the course?`, withdrawText: 'What was learned is kept, but they do not go on. Their place is free for whoever waits.', withdrawn: (name: string) => `${name} is taken out`,
  reasonHint: 'They and their managers can read it.', rated: 'How they liked it', ofFive: (n: number) => `${n} of 5`, task: 'What was to be done', noText: 'No text was written.', grade: 'Grade', graded: 'Graded',
  notGraded: 'It waits for a trainer.', sum: 'In all', pointsFor: (what: string, most: number) => `Points for ${what}, up to ${most}`, upTo: (most: number) => `0 to ${most}`, commentOn: (what: string) => `On ${what}`,
  commentShort: 'What to say of it', comment: 'On all of it', commentHint: 'The learner reads it.', needs: (p: number) => `${p} % are needed to pass.`, willPass: 'It passes.', willReturn: 'It goes back, to be done again.',
  saveGrade: 'Save the grade', isPassed: 'It is passed', isReturned: 'It goes back to the learner', revokeTitle: (n: string) => `Revoke certificate ${n}?`,
  revokeText: (name: string) => `It can never become valid again. ${name ? `${name} is told` : 'Its holder is told'}, and whoever checks it sees that it was revoked.`,
  revokeHint: 'Its holder reads it; whoever checks the certificate does not.', isRevoked: (n: string) => `${n} is revoked`, reason: 'Reason', people: 'People', optional: 'optional',
};
export default training;
