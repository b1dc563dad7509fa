import { plural } from '../../lib/words.ts';

const lesson = {
  contents: 'Contents of the course', ways: 'Further', previous: 'Previous', next: 'Next', toCourse: 'To the course', toCertificate: 'See your certificate',
  notIn: 'You are not learning this course', notInText: 'Begin the course to see its lessons.', noLesson: 'This course has no such lesson, or has it no more.',
  locked: 'Not open yet', lockedText: 'Do these first:',
  download: (name: string) => (name ? `Load ${name}` : 'Load the file'), openLink: (host: string) => `Open ${host}`,
  done: 'This lesson is done.', onView: 'This lesson is done as soon as you have opened it.', dwell: (time: string) => `Stay ${time} more, then this lesson is done.`, nearly: 'One moment …', time: (m: number, s: number) => `${m}:${String(s).padStart(2, '0')} min`, seconds: (n: number) => plural(n, 'second', 'seconds'),
  video: (n: number, of: number) => `You have watched ${n} % of the video; ${of} % are needed.`, quiz: 'This lesson is done when you have passed the quiz.', work: 'This lesson is done when a trainer has found your work good.', trainer: 'This lesson is done when a trainer has seen it and says so.',
  until: 'How much is missing', kept: 'You are offline. What you learn is kept on this device and sent later.',
  courseDone: (title: string) => `You have finished “${title}”.`,
  videoOf: (title: string) => `Video: ${title}`, videoFailed: 'The video cannot be played.', resumed: (time: string) => `It goes on at ${time}.`,
};
export default lesson;
