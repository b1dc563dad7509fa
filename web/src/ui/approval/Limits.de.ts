import type { Same } from '../../lib/words.ts';
import type en from './Limits.en.ts';

const limits: Same<typeof en> = {
  title: 'Ausgabenlimits', text: 'Wer mehr bestellt, fragt vorher. Mehrere können zugleich gelten; das kleinste entscheidet.', none: 'Es gibt noch kein Limit. Alle bestellen ohne zu fragen, es sei denn, ihre Rolle fragt immer.', add: 'Limit setzen', edit: 'Limit ändern', remove: 'Limit aufheben', removeTitle: 'Dieses Limit aufheben?', removed: 'Das Limit ist aufgehoben.', saved: 'Das Limit gilt ab jetzt.', manage: (who) => `Limit ändern: ${who}`,
  forWhom: 'Für wen', everybody: 'Alle', role: (name) => `Rolle ${name}`, period: 'Was zusammengezählt wird', periods: { ORDER: 'Jede Bestellung für sich', DAY: 'Die Bestellungen eines Tages', WEEK: 'Die Bestellungen einer Woche', MONTH: 'Die Bestellungen eines Monats' }, amount: 'Bis zu', currency: 'Währung', approver: 'Wer gefragt wird', anybody: 'Wer leitet oder verwaltet', save: 'Speichern', wrongAmount: 'Schreiben Sie einen Betrag wie 500 oder 500,50.',
  each: { ORDER: 'je Bestellung', DAY: 'am Tag', WEEK: 'in der Woche', MONTH: 'im Monat' }, asks: (name) => `fragt ${name}`,
  delegation: 'Ihre Vertretung', delegationText: 'Jemand anderes beantwortet für eine Zeit Fragen nach Freigabe an Ihrer Stelle, wenn Sie nicht da sind.', now: (name, day) => `${name} antwortet bis ${day} an Ihrer Stelle.`, nobody: 'Niemand vertritt Sie.', set: 'Vertretung benennen', end: 'Jetzt beenden', ended: 'Sie antworten wieder selbst.', who: 'Wer', until: 'Bis', named: (name) => `${name} antwortet an Ihrer Stelle.`, choose: 'Jemanden wählen',
};
export default limits;
