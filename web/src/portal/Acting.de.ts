import type { Same } from '../lib/words.ts';
import type en from './Acting.en.ts';

const acting: Same<typeof en> = {
  label: 'Für wen Sie handeln',
  text: (name) => `Sie handeln für ${name}.`,
  also: 'Sie können auch für andere handeln:',
  stay: (name) => `Bei ${name} bleiben`,
};
export default acting;
