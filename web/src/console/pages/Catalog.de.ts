import { plural, type Same } from '../../lib/words.ts';
import type en from './Catalog.en.ts';

const catalog: Same<typeof en> = {
  title: 'Katalog',
  products: 'Produkte',
  categories: 'Kategorien',
  types: 'Produkttypen',
  segments: 'Segmente',
  status: { DRAFT: 'In Vorbereitung', ACTIVE: 'Im Angebot', RETIRED: 'Nicht mehr im Angebot' },
  restricted: 'Für ausgewählte Kunden',
  policies: { STOCK: 'Verkauft wird nur, was da ist', BACKORDER: 'Wird später versandt, wenn nichts da ist', PREORDER: 'Kann vorbestellt werden', UNTRACKED: 'Ohne Bestand' },
  kinds: { TEXT: 'Text', NUMBER: 'Zahl', BOOLEAN: 'Ja oder nein', CHOICE: 'Eines von mehreren', CHOICES: 'Mehrere von mehreren', DATE: 'Tag' },
  relations: { ACCESSORY: 'Zubehör', SPARE_PART: 'Ersatzteile', REPLACES: 'Ersetzt', UPSELL: 'Bessere' },
  yes: 'Ja',
  no: 'Nein',
  notSaid: 'Keine Angabe',
  noCategory: 'Ohne Kategorie',
  noType: 'Ohne Typ',
  internal: 'Nur intern',
  required: 'Nötig, bevor es angeboten wird',
  variantsOf: (n) => plural(n, 'Variante', 'Varianten'),
  productsOf: (n) => plural(n, 'Produkt', 'Produkte'),
  customersOf: (n) => plural(n, 'Kunde', 'Kunden'),
  findProduct: 'Produkt',
  productHint: 'Anfang des Namens oder ganze Artikelnummer',
  edit: 'Bearbeiten',
  nameless: 'Geben Sie einen Namen an.',
  keyless: 'Geben Sie einen Schlüssel an.',
  keyHint: 'Kleinbuchstaben, Ziffern und Unterstriche. Er bleibt, wie er ist.',
};
export default catalog;
