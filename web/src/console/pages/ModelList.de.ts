import type { Same } from '../../lib/words.ts';
import type en from './ModelList.en.ts';

const models: Same<typeof en> = {
  title: 'Konfigurierbare Produkte', sub: 'Wie Produkte konfiguriert werden: was gefragt wird, was zusammenpasst, was es kostet und wie lange es dauert.', product: 'Produkt', version: 'Version', state: 'Stand', keptTitle: 'Gespeichert',
  none: 'Noch lässt sich nichts konfigurieren', noneText: 'Legen Sie das Modell eines Produkts an: seine Fragen, die Regeln dazwischen und die Preise.', make: 'Neues Modell', search: 'Produkt', noMatch: 'Kein Produkt passt dazu',
  changed: 'Entwurf geändert', unpublished: 'Noch nicht veröffentlicht', asPublished: 'Wie veröffentlicht', versionNo: (n) => `Version ${n}`,
};
export default models;
