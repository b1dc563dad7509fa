import type { Same } from '../../lib/words.ts';
import type en from './Choose.en.ts';

const choose: Same<typeof en> = {
  title: 'Für wen handeln Sie?',
  text: 'Sie sehen jeweils, was zu einem davon gehört. Wechseln können Sie jederzeit, im Menü mit Ihrem Namen.',
  console: 'Konsole des Teams',
  present: 'Zurzeit',
  another: 'Als jemand anders anmelden',
  only: 'Es gibt nur eines, für das Sie handeln können.',
};
export default choose;
