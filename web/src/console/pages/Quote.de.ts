import type { Same } from '../../lib/words.ts';
import type en from './Quote.en.ts';

const quote: Same<typeof en> = {
  title: 'Was zahlt ein Kunde?', sub: 'Der Preis von Artikeln für einen Kunden, aus welcher Liste er kommt, und was an Rabatt, Steuer und Versand daraus folgt. Bestellt wird nichts.',
  customer: 'Kunde', nobody: 'Niemand Angemeldetes', country: 'Lieferung nach', usual: 'Wohin der Kunde gewöhnlich liefern lässt', region: 'Region', article: 'Artikel', articleHint: 'Name oder Artikelnummer', quantity: 'Menge', add: 'Artikel hinzufügen', removeLine: (n) => `Artikel ${n} entfernen`, line: (n) => `Artikel ${n}`, ask: 'Wer kauft was',
  start: 'Wählen Sie einen Artikel', startText: 'Sein Preis und wie er zustande kommt, erscheinen hier sofort.', wrongQuantity: 'Eine ganze Zahl ab 1.',
  unknown: 'Es gibt keinen Artikel mit dieser Nummer.', noPrice: 'Er wird nicht in der Währung verkauft, in der dieser Kunde kauft.', each: 'für eines', total: 'Zusammen',
  fromList: (name) => `Aus der Preisliste „${name}“`, standard: 'Der Standardpreis: Keine Liste dieses Kunden hat einen Preis', tier: (n) => `der Preis ab ${n}`, until: (day) => `die Liste endet am ${day}`, next: (n, price) => `Ab ${n} kostet eines ${price}.`,
  others: 'Warum kein anderer Preis', reasons: {
    LOWER_PRIORITY: 'hat eine niedrigere Priorität', LESS_SPECIFIC: 'gilt weniger genau für diesen Kunden', HIGHER_PRICE: 'hat den gleichen Rang und einen höheren Preis', SAME_PRICE: 'hat den gleichen Rang und den gleichen Preis', QUANTITY_TOO_SMALL: 'hat nur für größere Mengen Preise', STANDARD_PRICE: 'gilt nur, wo keine Liste einen Preis hat',
  }, standardName: 'Der Standardpreis', fromQuantity: (n) => `ab ${n}`,
  discount: (percent, name) => `${percent} Rabatt: ${name}`, tax: (name, percent) => `Besteuert mit ${name} (${percent})`, taxShort: (name, percent) => (name ? `${name}, ${percent}` : percent), reverse: 'Die Steuer schuldet der Kunde (Umkehrung der Steuerschuld).', noTax: 'Keine Steuerregel passt: Es kommt keine Steuer hinzu.', rule: (key) => `Regel ${key}`,
  sums: 'Was es kostet', lines: 'Artikel', orderDiscount: 'Rabatt', shipping: 'Versand', free: 'Kostenlos', sum: 'Summe', net: (of) => `von ${of}`, taxName: 'Steuer',
  offers: 'Versandarten', noOffers: 'Dorthin gibt es keine Versandart.', days: (n) => (n === 0 ? 'am selben Tag' : n === 1 ? '1 Tag' : `${n} Tage`), chosen: 'Hier genommen', choose: (name) => `${name} nehmen`, take: 'Nehmen', quoted: (name) => `„${name}“`, sentTo: (country) => `Lieferung nach ${country}`, segments: (names) => `In der Kundengruppe ${names}`, segmentsMany: (names) => `In den Kundengruppen ${names}`, toCustomer: 'Zum Kunden',
};
export default quote;
