import { plural } from '../../lib/words.ts';

const training = {
  hours: 'h', minutesShort: 'min', all: 'all', state: 'State', version: 'Version', versionNo: (n: number) => `Version ${n}`, customer: 'Customer', courses: 'Courses',
  coursesSub: 'What customers can learn, and what trainers are writing.', course: 'Course', searchCourses: 'Search by name', anyCourse: 'Any course', extent: 'Extent', lessons: (n: number) => plural(n, 'lesson', 'lessons'),
  place: 'A place', free: 'Free', sold: 'Sold', learning: 'Learning now', changedSince: 'changed since', newCourse: 'New course', noCourses: 'No courses yet',
  noCoursesText: 'Write the first one: texts, videos, quizzes and work to hand in.', noMatch: 'Nothing matches', noMatchText: 'Try fewer filters or other words.',
  courseStates: { DRAFT: 'Draft', REVIEW: 'In review', PUBLISHED: 'Published', RETIRED: 'Retired' }, kinds: { TEXT: 'Text', VIDEO: 'Video', FILE: 'File', LINK: 'Link', QUIZ: 'Quiz', ASSIGNMENT: 'Assignment' },
  asks: { SINGLE: 'One choice', MULTIPLE: 'Several choices', ORDER: 'Put in order', MATCH: 'Match pairs', NUMBER: 'Number', TEXT: 'Short text' }, learners: 'Learners',
  learnersSub: 'Who learns what, how far they are, and what is late.', learner: 'Learner', learnersNow: (n: number) => (n ? `${n} learning now` : 'nobody is learning now'), removed: 'Somebody who has left', howFar: 'How far',
  percentDone: (n: number) => `${n} percent done`, due: 'Due', since: 'Enrolled', finished: 'Finished', overdue: 'Overdue', older: 'an older version',
  learnerStates: { WAITING: 'Waiting for a place', ACTIVE: 'Learning', COMPLETED: 'Finished', WITHDRAWN: 'Taken out' }, noLearners: 'Nobody learns yet',
  noLearnersText: 'Enroll people of a customer, or let customers begin by themselves.', enrollPeople: 'Enroll people', submissions: 'Handed in', submissionsSub: 'Work that waits for a trainer: what waits longest comes first.',
  work: 'Work', handedIn: 'Handed in', tryNo: (n: number) => `try ${n}`, points: 'Points', pointsOf: (n: number, most: number) => `${n} of ${most}`,
  workStates: { SUBMITTED: 'Waiting', PASSED: 'Passed', RETURNED: 'To be done again' }, nothingWaits: 'Nothing waits to be graded', nothingWaitsText: 'Work that learners hand in comes here.', certificates: 'Certificates',
  certificatesSub: 'What was issued, to whom, and until when it is valid.', certificate: 'Certificate', certificateStates: { VALID: 'Valid', EXPIRING: 'Ends soon', EXPIRED: 'Ended', REVOKED: 'Revoked' },
  expiring90: 'Ends within 90 days', endedOrRevoked: 'Ended or revoked', holder: 'Holder', number: 'Number', issued: 'Issued', expires: 'Valid until', forGood: 'for good', noCertificates: 'No certificates yet',
  noCertificatesText: 'They are issued when learners finish a course that certifies something.', checkPage: 'Page to check it', pdf: 'PDF', itsLearner: 'How it was earned', revoke: 'Revoke', revokedOn: 'Revoked on',
};
export default training;
