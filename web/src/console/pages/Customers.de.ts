import { plural, type Same } from '../../lib/words.ts';
import type en from './Customers.en.ts';

const customers: Same<typeof en> = {
  title: 'Kunden',
  search: 'Anfang eines Wortes im Namen',
  customer: 'Kunde',
  kind: 'Art',
  kinds: { COMPANY: 'Unternehmen', PERSON: 'Privatperson' },
  status: 'Status',
  states: { ACTIVE: 'Aktiv', SUSPENDED: 'Gesperrt', MERGED: 'Zusammengelegt' },
  all: 'alle',
  whose: 'Betreuung',
  everybodys: 'Alle Kunden',
  suspended: 'Gesperrte',
  mine: 'Die ich betreue',
  town: 'Ort',
  country: 'Land',
  care: 'Betreut von',
  nobody: 'Niemand',
  people: 'Personen',
  peopleCount: (n) => plural(n, 'Person', 'Personen'),
  partOf: (name) => `Gehört zu ${name}`,
  address: 'Anschrift',
  none: 'Noch keine Kunden',
  noneText: 'Kunden kommen mit einem Import. Sobald sie da sind, stehen sie alle in dieser Liste.',
  noMatch: 'Kein Kunde passt',
  noMatchText: 'Versuchen Sie es mit weniger Filtern oder dem Anfang eines anderen Wortes im Namen.',
  noMine: 'Sie betreuen noch keinen Kunden',
  noMineText: 'Wer wen betreut, legt die Verwaltung auf der Seite des Kunden fest.',
};
export default customers;
