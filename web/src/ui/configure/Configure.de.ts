import { plural, type Same } from '../../lib/words.ts';
import type en from './Configure.en.ts';

const configure: Same<typeof en> = {
  title: (what: string) => `Konfigurieren Sie Ihre ${what}`, configure: 'Konfigurieren', none: 'Das lässt sich nicht konfigurieren', noneText: 'Es kommt so, wie es ist. Sehen Sie, was es ist und was es kostet.', products: 'Produkte', toProduct: 'Zum Produkt', toProducts: 'Zu den Produkten',
  steps: 'Schritte', missingHere: 'hier fehlt etwas',
  included: 'Enthalten', days: (n: number) => `+${plural(n, 'Tag', 'Tage')}`, fewerDays: (n: number) => `−${plural(n, 'Tag', 'Tage')}`,
  chosen: 'Gewählt', follows: 'Folgt aus Ihrer Wahl', usual: 'Genommen, wenn Sie nichts anderes wählen', impossible: 'Mit Ihrer Wahl nicht möglich', nothing: 'Keine', choose: 'Bitte wählen', several: (n: number) => `Bis zu ${n}`,
  forget: 'Meine Wahl zurücknehmen', forgetOf: (what: string) => `Meine Wahl zurücknehmen: ${what}`, why: 'Warum?', whyOf: (what: string) => `Warum: ${what}`, close: 'Schließen',
  keep: 'So lassen, wie es war', instead: (take: string, drop: string) => `${take} statt ${drop}`,
  range: (min: string, max: string, unit: string) => `${min} bis ${max}${unit}`, inSteps: (step: string, unit: string) => `in Schritten von ${step}${unit}`, now: (min: string, max: string, unit: string) => `Mit Ihrer Wahl: ${min} bis ${max}${unit}`, less: 'Weniger', more: 'Mehr', byDefault: 'unser Vorschlag', notPossible: 'Mit Ihrer Wahl nicht möglich.', without: 'Ohne',
  price: 'Ihr Preis', plainPrice: 'Preis', net: 'Ohne MwSt. und Lieferung', noPrice: 'Preis auf Anfrage', noPriceText: 'Etwas davon hat keinen Preis in Ihrer Währung. Schreiben Sie uns für ein Angebot.', lines: 'Woraus er sich ergibt', base: (what: string) => `${what}, Grundausstattung`, total: (n: string) => `${n} Stück zusammen`,
  saving: 'Wird gespeichert', allSaved: 'Alle Änderungen sind gespeichert', notSaved: 'Nicht gespeichert',
  buildable: 'Baubar', missing: 'Etwas fehlt', contradiction: 'Passt nicht zusammen', missingList: 'Noch zu wählen:',
  ready: (n: number) => (n < 14 ? `Fertig in etwa ${plural(n, 'Tag', 'Tagen')}` : `Fertig in etwa ${plural(Math.ceil(n / 7), 'Woche', 'Wochen')}`), readyShort: (n: number) => (n < 14 ? plural(n, 'Tag', 'Tage') : plural(Math.ceil(n / 7), 'Woche', 'Wochen')), on: (day: string) => `Bei Bestellung heute: ${day}`, takes: (what: string) => `Am längsten dauert: ${what}`, netShort: 'ohne MwSt.',
  add: 'In den Warenkorb', inCart: 'Sie liegt in Ihrem Warenkorb', toCart: 'Zum Warenkorb', save: 'Für später speichern', share: 'Link hierzu kopieren', shared: 'Der Link ist kopiert.', signIn: 'Zum Bestellen anmelden', signInText: 'Ihre Wahl kommt mit.', quantity: 'Menge',
  undo: 'Rückgängig', reset: 'Neu beginnen', cheapest: 'Zum niedrigsten Preis vervollständigen', fastest: 'Zum frühesten Termin vervollständigen', more_: 'Mehr',
  along: 'Damit ändert sich auch:', priceMoved: (price: string, by: string) => `Preis: ${price}, ${by}`,
  lost: 'Einiges aus dem Link wird nicht mehr angeboten und wurde ausgelassen.',
  keepIt: 'Speichern', defaultName: (what: string, day: string) => `${what}, ${day}`,
  yours: 'Ihre Konfigurationen',
};
export default configure;
