import type { Same } from '../../lib/words.ts';
import type en from './CustomerTabs.en.ts';

const customerTabs: Same<typeof en> = {
  overview: 'Überblick', buying: 'Preise und Einkauf', tabs: 'Seiten des Kunden',
};
export default customerTabs;
