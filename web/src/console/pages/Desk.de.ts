import type { Same } from '../../lib/words.ts';
import type en from './Desk.en.ts';

const desk: Same<typeof en> = {
  title: 'Übersicht',
  morning: (name) => `Guten Morgen, ${name}`, day: (name) => `Guten Tag, ${name}`, evening: (name) => `Guten Abend, ${name}`,
  calm: 'Im Moment wartet nichts auf Sie.',
  waits: 'Das wartet auf Sie.',
  queues: 'Was wartet',
  ordersToConfirm: 'Zu bestätigen', ordersToShip: 'Zu versenden', lateOrders: 'Verspätet', shipmentProblems: 'Zustellprobleme', waitingParcelReports: 'Unbekannte Pakete', ordersUnderway: 'Unterwegs',
  ordersToConfirmText: 'von Kunden aufgegebene Bestellungen', ordersToShipText: 'bestätigt und noch nicht ganz versandt', lateOrdersText: 'später als zugesagt', shipmentProblemsText: 'Sendungen, mit denen es Schwierigkeiten gibt', waitingParcelReportsText: 'Meldungen, die noch zu keiner Bestellung gehören', ordersUnderwayText: 'versandt und noch nicht ganz geliefert',
  toConfirm: 'Warten am längsten auf Bestätigung', noneToConfirm: 'Alles ist bestätigt',
  toShip: 'Warten am längsten auf den Versand', noneToShip: 'Alles ist versandt',
  late: 'Verspätete Bestellungen', noneLate: 'Keine Bestellung ist verspätet', noneLateText: 'Bestellungen, deren zugesagter Tag vergeht, erscheinen hier mit dem Grund.',
  allOf: (n) => `Alle ${n} anzeigen`, all: 'Alle anzeigen',
  promised: (day) => `zugesagt ${day}`, noDay: 'kein Tag zugesagt',
  placed: (when) => `bestellt ${when}`,
  wanted: (day) => `gewünscht ${day}`,
  activity: 'Was zuletzt geschah', live: 'Live', quiet: 'Noch ist nichts geschehen', quietText: 'Was mit Bestellungen geschieht, erscheint hier sofort.',
  news: (what, number) => `${number}: ${what}`,
  messages: 'Ihre Benachrichtigungen', noMessages: 'Keine Benachrichtigungen', noMessagesText: 'Hier steht, was Ihnen mitgeteilt wird.', unread: 'ungelesen', allMessages: 'Alle Benachrichtigungen',
  customers: 'Kunden', allCustomers: 'Alle Kunden', noCustomers: 'Noch keine Kunden',
  places: 'Wohin Sie können',
  short: 'Knapp im Lager', noneShort: 'Alles Verkaufte ist da', missing: (n) => `${n} fehlen`, stale: 'Zu alt für Zusagen', staleText: 'zu lange kein Abgleich und keine Zählung',
  misses: 'Vergeblich gesucht', noMisses: 'Alles wurde gefunden', times: (n) => `${n}×`, wait: (n) => (n === 1 ? 'eine Person wartet' : `${n} Personen warten`),
};
export default desk;
