import { plural, type Same } from '../../lib/words.ts';
import type en from './Course.en.ts';

const course: Same<typeof en> = {
  lessons: 'Lektionen', done: (n, of) => `${n} von ${of} erledigt`,
  yours: 'Ihr Stand', due: 'Fertig bis', since: 'Angemeldet', finished: 'Abgeschlossen', learned: 'Gelernt', how: 'Wie',
  origin: { SELF: 'Von Ihnen selbst', MANAGER: 'Vom Unternehmen', STAFF: 'Von unserem Team', ORDER: 'Mit der Bestellung', RENEWAL: 'Zertifikat endet' },
  waitText: 'Sobald ein Platz frei ist, gehört er Ihnen, und Sie erfahren es.', superseded: 'Es gibt eine spätere Fassung dieses Kurses. Sie schließen nach der ab, mit der Sie begonnen haben.',
  about: 'Zu diesem Kurs', certificate: 'Zertifikat', valid: 'Gültig', months: (n) => plural(n, 'Monat', 'Monate'), forGood: 'unbegrenzt', places: 'Freie Plätze', bought: 'Plätze, die Ihr Unternehmen gekauft hat',
  before: 'Vorher abzuschließen', met: 'erledigt', unmet: 'fehlt',
  begin: 'Anfangen', again: 'Noch einmal lernen', againText: 'Lernen Sie ihn neu, für ein gültiges Zertifikat.', free: 'Er kostet nichts. Sie können jederzeit unterbrechen und auf jedem Gerät weitermachen.', paid: 'Ihr Unternehmen hat Plätze gekauft. Sie können jederzeit unterbrechen und weitermachen.', full: 'Zurzeit sind alle Plätze belegt.', buyText: 'Ihr Unternehmen kauft Plätze wie jedes andere Produkt.',
  ended: (day) => `Endete am ${day}`, revoked: 'Widerrufen',
  rate: 'Kurs bewerten', ratedChange: (n) => `Sie gaben ${plural(n, 'Stern', 'Sterne')}`, rateTitle: (title) => `Wie war „${title}“?`, stars: 'Sterne', star: 'Schlecht|Nicht gut|In Ordnung|Gut|Sehr gut', feedback: 'Was könnte besser sein?', feedbackText: 'Die Trainer lesen es.', send: 'Senden', thanks: 'Vielen Dank.',
  withdraw: 'Kurs verlassen', withdrawTitle: (title) => `„${title}“ verlassen?`, withdrawText: 'Ihr Platz geht an jemand anderen. Was Sie bisher erledigt haben, zählt nicht mehr, wenn Sie neu anfangen.', withdrawWaiting: 'Sie verlieren Ihren Platz in der Warteschlange.', reason: 'Warum (wenn Sie mögen)', withdrawDo: 'Verlassen', withdrawn: (title) => `Sie haben „${title}“ verlassen.`,
};
export default course;
