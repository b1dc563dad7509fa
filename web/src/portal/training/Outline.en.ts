import { plural } from '../../lib/words.ts';

const outline = {
  kind: { TEXT: 'Text', VIDEO: 'Video', FILE: 'File', LINK: 'Page elsewhere', QUIZ: 'Quiz', ASSIGNMENT: 'Assignment' },
  status: { LOCKED: 'locked', OPEN: 'open', DONE: 'done' },
  minutes: (n: number) => `${n} min`, optional: 'optional', next: 'Next',
  after: (titles: string) => `opens after: ${titles}`, lessons: (n: number) => plural(n, 'lesson', 'lessons'),
};
export default outline;
