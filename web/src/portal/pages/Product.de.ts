import type { Same } from '../../lib/words.ts';
import type en from './Product.en.ts';

const product: Same<typeof en> = {
  configure: 'Konfigurieren', configureText: 'Sie stellen es so zusammen, wie Sie es brauchen: Sie sehen, was zusammengeht, was es kostet und wann es fertig ist.',
  price: 'Ihr Preis', plain: 'Preis', net: 'Ohne Mehrwertsteuer und Lieferung', each: (unit) => `je ${unit}`, sum: (n, unit) => `${n} ${unit}`, total: 'Zusammen', onRequest: 'Preis auf Anfrage', onRequestText: 'Das wird in Ihrer Währung nicht online verkauft. Schreiben Sie uns für ein Angebot.', ask: 'Preis anfragen',
  tiers: 'Staffelpreise', fromQuantity: 'Ab', save: (percent) => `${percent} weniger`,
  why: 'Warum dieser Preis?', whyTitle: 'Wie dieser Preis zustande kommt', chosenList: 'Entschieden hat', standard: 'Standardpreis', others: 'Was es sonst gegeben hätte', next: (n, price) => `Ab ${n} kostet eines ${price}.`, holds: (from, to) => (from && to ? `Gilt vom ${from} bis ${to}` : from ? `Gilt seit ${from}` : `Gilt bis ${to}`),
  variants: 'Wählen Sie Ihre Ausführung', variant: 'Ausführung', article: 'Artikelnummer', selected: 'gewählt', adapts: 'Ändert auch andere Angaben',
  attributes: 'Einzelheiten', documents: 'Dokumente', description: 'Beschreibung', about: 'Über dieses Produkt',
  kinds: { ACCESSORY: 'Passt dazu', SPARE_PART: 'Ersatzteile', UPSELL: 'Eine Stufe besser', REPLACES: 'Dies ersetzt' },
  replaced: 'Es gibt einen Nachfolger', replacedText: (names) => `Dieses Produkt wird ersetzt durch ${names}.`, gone: 'Das wird nicht mehr angeboten', none: 'Kein solches Produkt', noneText: 'Es wird nicht mehr angeboten, oder Sie können es nicht sehen.', toProducts: 'Zu den Produkten',
  picture: (n, of) => `Bild ${n} von ${of}`, pictures: 'Bilder', inCart: (n) => `Jetzt ${n} davon im Warenkorb`, adding: 'In den Warenkorb', signedOutText: 'Melden Sie sich an, um Ihre eigenen Preise zu sehen und zu bestellen.',
  preorderFrom: (day) => `Versand frühestens am ${day}`,
};
export default product;
