import { plural } from '../../lib/words.ts';

const enroll = {
  title: 'Enroll people', due: 'To be done by', whom: 'Whom', chosen: (n: number) => (n ? `${n} chosen` : ''), find: 'Find people', allOfThem: 'All of them', noPeople: 'There is nobody here.',
  enroll: (n: number) => (n ? `Enroll ${plural(n, 'person', 'people')}` : 'Enroll'), enrolled: (n: number, waiting: number) => [n && plural(n, 'person is in.', 'people are in.'), waiting && plural(waiting, 'waits for a place.', 'wait for a place.')].filter(Boolean).join(' '),
  refused: (n: number) => (n === 1 ? 'One could not be enrolled:' : `${n} could not be enrolled:`), tryAgain: 'Try these again',
};
export default enroll;
