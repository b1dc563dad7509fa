import { plural, type Same } from '../../lib/words.ts';
import type en from './Approval.en.ts';

const approval: Same<typeof en> = {
  title: 'Freigaben', waiting: 'Warten auf mich', mine: 'Von mir gefragt', others: 'Warten auf andere', decided: 'Entschieden', tabs: 'Welche Freigaben',
  status: { PENDING: 'Wartet', APPROVED: 'Freigegeben', DECLINED: 'Abgelehnt', EXPIRED: 'Abgelaufen', WITHDRAWN: 'Zurückgezogen' },
  order: 'Bestellung', asked: 'Gefragt', by: (name) => `von ${name}`, amount: 'Betrag', why: 'Warum', until: (day) => `Endet am ${day}`, answered: (name) => `von ${name}`, instead: (name, of) => `${name}, in Vertretung von ${of}`,
  limit: (limit, period) => `Über dem Limit von ${limit} ${period}`, spent: (amount) => `${amount} zuvor ausgegeben`, role: 'Wer diese Rolle hat, fragt immer', otherCurrency: 'Die Bestellung hat eine andere Währung als das Limit',
  periods: { ORDER: 'je Bestellung', DAY: 'am Tag', WEEK: 'in der Woche', MONTH: 'im Monat' },
  approve: 'Freigeben', decline: 'Ablehnen', withdraw: 'Frage zurückziehen', decide: 'Entscheiden',
  approveTitle: (number) => `Bestellung ${number} freigeben?`, approveText: (total) => (total ? `Die Bestellung über ${total} wird sofort aufgegeben.` : 'Die Bestellung wird sofort aufgegeben.'),
  declineTitle: (number) => `Bestellung ${number} ablehnen?`, declineText: 'Die Bestellung wird storniert. Wer gefragt hat, liest Ihre Worte.',
  withdrawTitle: (number) => `Bestellung ${number} zurückziehen?`, withdrawText: 'Die Frage endet, und die Bestellung wird storniert.',
  comment: 'Kommentar', commentOptional: 'Kommentar (freiwillig)', commentNeeded: 'Sagen Sie, warum, damit es besser gemacht werden kann.', approved: (number) => `Bestellung ${number} ist freigegeben und aufgegeben.`, declined: (number) => `Bestellung ${number} ist abgelehnt.`, withdrawn: (number) => `Bestellung ${number} ist zurückgezogen.`,
  noneWaiting: 'Nichts wartet auf Sie', noneWaitingText: 'Bestellungen über einem Limit erscheinen hier, und Sie erfahren davon.', noneMine: 'Sie haben nach nichts gefragt', noneMineText: 'Ihre Bestellungen, die freigegeben werden müssen, erscheinen hier.', noneDecided: 'Es ist noch nichts entschieden', noneDecidedText: 'Antworten bleiben hier, mit dem, was gesagt wurde.',
  card: 'Freigabe', waits: 'Diese Bestellung wartet auf Freigabe', waitsFor: (name) => `Diese Bestellung wartet auf ${name}`, waitsForYou: 'Diese Bestellung wartet auf Ihre Freigabe', count: (n) => plural(n, 'Frage', 'Fragen'), comments: (text) => `„${text}“`,
  more: (first, n) => `${first} und ${n} weitere`,
};
export default approval;
