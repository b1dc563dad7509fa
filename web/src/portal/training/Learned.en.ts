import { plural } from '../../lib/words.ts';

const learned = {
  lost: (n: number, why: string) => `${plural(n, 'record', 'records')} of what you learned cannot be counted and will not be sent again. ${why}`.trim(),
};
export default learned;
