import { plural } from '../../lib/words.ts';

const work = {
  rubric: 'By what it is judged', pass: (n: number, of: number) => `good from ${n} % of ${of} points`, upTo: (n: number) => `up to ${plural(n, 'point', 'points')}`,
  handed: (n: number) => `Handed in, attempt ${n}`, at: (when: string) => `Handed in ${when}`, gradedAt: (when: string) => `judged ${when}`, status: { SUBMITTED: 'Waits for a trainer', PASSED: 'Good', RETURNED: 'To be done again' },
  points: (n: number, of: number) => `${n} of ${of}`, sum: 'All together', yourText: 'What you wrote', download: (name: string) => `Load ${name}`, noneLeft: 'You cannot hand it in any more. Ask your trainer.',
  title: 'Hand in', againTitle: 'Hand in again', left: (n: number) => `${plural(n, 'attempt', 'attempts')} left`, text: 'Your work', addFile: 'Add files', files: (n: string, of: number) => `${n} of ${plural(of, 'file', 'files')}`, tooMany: (names: string, most: number) => `Not taken: ${names}. Up to ${plural(most, 'file', 'files')} can be handed in.`, remove: (name: string) => `Take ${name} away`, send: 'Hand in', sent: 'It is with your trainer now.',
};
export default work;
