import type { Same } from '../../lib/words.ts';
import type en from './StaffApprovals.en.ts';

const staffApprovals: Same<typeof en> = {
  title: 'Freigaben', sub: 'Bestellungen, die auf ein Wort des Kunden warten. Es antworten nur Leute des Kunden.', order: 'Bestellung', customer: 'Kunde', asked: 'Gefragt von', why: 'Warum', amount: 'Betrag', state: 'Status', all: 'alle', waiting: 'Warten', decided: 'Entschieden', until: (day) => `bis ${day}`, waitsFor: (name) => `auf ${name}`, anybody: 'Leitung oder Verwaltung', answered: (name) => `von ${name}`, instead: (name, of) => `${name}, in Vertretung von ${of}`, comment: (text) => `„${text}“`,
  none: 'Keine Bestellung wartet auf Freigabe', noneText: 'Bestellungen über einem Ausgabenlimit stehen hier, bis jemand beim Kunden geantwortet hat.', noMatch: 'Keine Freigabe passt', noMatchText: 'Versuchen Sie es mit weniger Filtern.',
};
export default staffApprovals;
