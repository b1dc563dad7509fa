import { plural, type Same } from '../../lib/words.ts';
import type en from './Kept.en.ts';

const kept: Same<typeof en> = {
  title: 'Konfigurationen', lead: 'Was Sie und Ihre Kolleginnen und Kollegen zusammengestellt und behalten haben.', name: 'Name', product: 'Produkt', state: 'Status', price: 'Preis', when: 'Geändert', by: (who: string) => `von ${who}`, turn: 'Bei', pieces: (n: number) => plural(n, 'Stück', 'Stück'),
  search: 'Name der Konfiguration', any: 'alle', clear: 'Alle zeigen', none: 'Noch ist nichts gespeichert', noneText: 'Konfigurieren Sie ein Produkt und speichern Sie es: Hier bleibt es, bis Sie es bestellen oder löschen.', browse: 'Produkte ansehen', noMatch: 'Nichts passt dazu', noMatchText: 'Keine Konfiguration passt zu dem, was Sie suchen.',
  status: { OPEN: 'Unfertig', COMPLETE: 'Bestellbar', NEEDS_CUSTOMER: 'Braucht eine Entscheidung', ORDERED: 'Bestellt' }, turns: { CUSTOMER: 'Bei Ihnen', SALES: 'Beim Vertrieb' }, turnOf: 'Wer am Zug ist',
  gone: 'Diese Konfiguration gibt es nicht', goneText: 'Sie wurde gelöscht, oder Sie dürfen sie nicht sehen.', deletedBy: (who: string) => `${who} hat diese Konfiguration gelöscht.`, notShown: 'Womit sie gemacht wurde, wird nicht mehr angeboten.',
  actions: 'Weitere Aktionen', rename: 'Namen ändern', copy: 'Kopie anlegen', remove: 'Löschen',
  ordered: 'Sie wurde bestellt und ändert sich nicht mehr.', toOrder: 'Zur Bestellung', readOnly: 'Sie können sie sehen, aber nicht ändern.',
  changeIt: 'Ändern', changeOf: (name: string) => `${name} ändern`, orderedAs: 'Wie sie konfiguriert wurde', priceOfOne: 'Preis für eine', saidDays: (n: number) => `Zugesagt in ${plural(n, 'Tag', 'Tagen')}`, toConfiguration: 'Zur Konfiguration',
  handOver: 'An den Vertrieb übergeben', takeBack: 'Zurücknehmen', withSales: 'Sie ist zurzeit beim Vertrieb. Was dort geändert wird, sehen Sie hier sofort.', share: 'Teilen', compare: 'Vergleichen', compareHint: 'Wählen Sie zwei aus, um sie zu vergleichen.', toList: 'Zu Ihren Konfigurationen',
  takes: (n: number) => `Fertig in etwa ${n < 14 ? plural(n, 'Tag', 'Tagen') : plural(Math.ceil(n / 7), 'Woche', 'Wochen')}`,
};
export default kept;
