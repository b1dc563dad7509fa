import type { Same } from '../../lib/words.ts';
import type en from './Shop.en.ts';

const shop: Same<typeof en> = {
  status: {
    IN_STOCK: 'Auf Lager', LOW: 'Nur noch wenige', OUT_OF_STOCK: 'Nicht verfügbar', BACKORDER: 'Später lieferbar', PREORDER: 'Vorbestellung', UNTRACKED: 'Auf Bestellung', UNKNOWN: 'Auf Anfrage',
  },
  noPicture: 'Es gibt noch kein Bild',
  quantity: 'Menge', quantityOf: (what) => `Menge von ${what}`,
  from: (price) => `ab ${price}`, noPrice: 'Preis auf Anfrage', perUnit: (unit) => `je ${unit}`,
  minimum: (n) => `mindestens ${n}`, step: (n) => `in Schritten von ${n}`, maximum: (n) => `höchstens ${n}`,
  units: { piece: 'Stück', pieces: 'Stück' },
  sentBy: (day) => `Versand bis ${day} möglich`, sentToday: 'Versand heute möglich', available: (n) => `${n} verfügbar`,
  unknownText: 'Den Tag bestätigen wir nach der Bestellung.', outText: 'Zurzeit können wir nichts zusagen.', untrackedText: 'Wird nach der Bestellung für Sie gefertigt oder vereinbart.',
  netPrice: 'Preise ohne Mehrwertsteuer und Versand',
  added: (what) => `${what} ist im Warenkorb`, toCart: 'Zum Warenkorb', addToCart: 'In den Warenkorb', signInToBuy: 'Zum Bestellen anmelden',
  usualCart: 'Ihr Warenkorb', cart: 'Warenkorb', cartOf: (n) => (n === 1 ? 'Warenkorb, 1 Position' : `Warenkorb, ${n} Positionen`),
  products: 'Produkte', signIn: 'Anmelden', guide: 'Berater', download: 'Herunterladen', gone: 'Nicht mehr im Angebot',
  size: (s) => s,
};
export default shop;
