import type { Same } from '../lib/words.ts';
import type en from './Frame.en.ts';

const frame: Same<typeof en> = {
  claim: 'Jede Bestellung und jede Lieferung an einem Ort.',
  steps: ['Bestellt', 'Bestätigt', 'Abgeholt', 'Unterwegs', 'Zugestellt'].join('|'),
  sample: 'Bestellung',
};
export default frame;
