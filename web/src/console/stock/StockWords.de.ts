import { plural, type Same } from '../../lib/words.ts';
import type en from './StockWords.en.ts';

const stock: Same<typeof en> = {
  title: 'Bestand', sub: 'Was wo liegt, was davon zu Bestellungen gehört und was zugesagt werden kann.',
  search: 'Produktname oder Artikelnummer', sku: 'Artikelnummer', product: 'Produkt', variant: 'Variante', unseen: 'Eine Variante, die Sie nicht sehen',
  place: 'Lagerort', places: 'Lagerorte', closed: 'geschlossen: nicht zugesagt', all: 'alle',
  onHand: 'Vorhanden', allocated: 'Zugeteilt', reserved: 'Reserviert', free: 'Frei', policy: 'Wenn nichts da ist', heard: 'Letzter Stand', stale: 'Zu alt', counted: 'gezählt', neverHeard: 'nie',
  freeFilter: { oversold: 'mehr verkauft als da ist', none: 'nichts', few: 'weniger als 5' },
  heardFilter: { stale: 'zu alt für Zusagen', day: 'älter als ein Tag', week: 'älter als eine Woche' },
  policies: { STOCK: 'Wird nicht verkauft', BACKORDER: 'Wird später gesendet', PREORDER: 'Wird vorbestellt', UNTRACKED: 'Wird nicht gezählt' },
  backorderIn: (n) => `${plural(n, 'Tag', 'Tage')} später`, preorderFrom: (day) => `Vorbestellung, ab ${day}`,
  views: { all: 'Alles', oversold: 'Mehr verkauft als da ist', none: 'Nichts frei', old: 'Seit einem Tag kein Stand' },
  none: 'Nirgends liegt etwas', noneText: 'Bestände entstehen mit dem ersten Abgleich, einer Zählung oder einem Wareneingang.', noMatch: 'Kein Bestand passt', noMatchText: 'Versuchen Sie einen anderen Lagerort oder weniger Bedingungen.',

  acts: { COUNT: 'Zählen', RECEIVE: 'Wareneingang', WRITE_OFF: 'Ausbuchen', MOVE: 'Umlagern' },
  actText: {
    COUNT: 'Sagen Sie, wie viele wirklich dort liegen. Die Zählung gilt, bis ein späterer Abgleich anderes sagt.',
    RECEIVE: 'Ware ist eingetroffen. Wer darauf wartet, bekommt sie zuerst.',
    WRITE_OFF: 'Ware ist verloren, beschädigt oder verbraucht.',
    MOVE: 'Ware kommt von einem Lagerort an einen anderen. Was zugesagt werden kann, bleibt gleich.',
  },
  chooseVariant: 'Wählen Sie eine Variante.', choosePlace: 'Lagerort wählen', writeQuantity: 'Nennen Sie eine ganze Zahl.', writeReason: 'Nennen Sie den Grund, für Kollegen.',
  from: 'Von', to: 'Nach', quantity: 'Wie viele', countedNow: 'Wie viele liegen dort', reason: 'Warum',
  reasonHint: { COUNT: 'Etwa: Jahresinventur.', RECEIVE: 'Etwa: Lieferschein 4711.', WRITE_OFF: 'Etwa: beim Transport beschädigt.', MOVE: 'Etwa: für die Frühjahrsmesse.' },
  becomes: (was, is) => `Dort: ${was}, dann ${is}.`, willBeFree: (n) => `Danach ${n} frei.`, willLack: (n) => `${n} weniger, als Bestellungen brauchen.`,
  adjusted: {
    COUNT: (n, what) => `Gezählt: ${n} × ${what}`, RECEIVE: (n, what) => `Eingegangen: ${n} × ${what}`,
    WRITE_OFF: (n, what) => `Ausgebucht: ${n} × ${what}`, MOVE: (n, what) => `Umgelagert: ${n} × ${what}`,
  },

  levels: 'Wo es liegt', acting: (place) => `Bestand in ${place} ändern`, noLevels: 'Es liegt noch nirgends', noLevelsText: 'Buchen Sie einen Wareneingang oder warten Sie auf den ersten Abgleich.',
  status: { IN_STOCK: 'Auf Lager', LOW: 'Nur noch wenige', OUT_OF_STOCK: 'Nicht verfügbar', BACKORDER: 'Wird später gesendet', PREORDER: 'Vorbestellbar', UNTRACKED: 'Wird nicht gezählt', UNKNOWN: 'Niemand weiß es' },
  promise: 'Was Kunden erfahren', canPromise: 'Kann zugesagt werden', sendOn: 'Versand möglich am', nobodyPromises: 'kann niemand sagen', unlimited: 'ohne Grenze',
  changePolicy: 'Ändern', policyTitle: 'Wenn nichts da ist', policyText: {
    STOCK: 'Nur was da ist, wird verkauft. Eine Bestellung über mehr wird abgelehnt und nennt, was es gibt.',
    BACKORDER: 'Auch was nicht da ist, wird verkauft und für später zugesagt. Wer zuerst kam, wird zuerst bedient.',
    PREORDER: 'Es kann vorbestellt werden und wird für den Tag zugesagt, an dem es erstmals kommt.',
    UNTRACKED: 'Nichts wird gezählt, alles wird verkauft: Leistungen und was auf Bestellung entsteht.',
  },
  leadDays: 'Tage bis zum Versand', leadHint: 'Kalendertage ab der Bestellung.', availableFrom: 'Erster Tag', writeLead: 'Nennen Sie die Tage, mindestens 1.', writeDay: 'Wählen Sie einen Tag.',
  policySaved: 'Geändert. Kunden sehen es sofort.', toProduct: 'Zum Produkt',
  movements: 'Bewegungen', lastMoves: (n) => `die letzten ${n}`, noMoves: 'Noch hat sich nichts bewegt', anyPlace: 'Alle Lagerorte',
  kinds: { FEED: 'Aus einem Abgleich', COUNT: 'Gezählt', RECEIVE: 'Eingegangen', WRITE_OFF: 'Ausgebucht', MOVE: 'Umgelagert', RESERVE: 'Für eine Bestellung gehalten', ALLOCATE: 'Einer Bestellung zugeteilt', RELEASE: 'Von einer Bestellung zurück', EXPIRE: 'Zu lange gehalten und frei', SHIP: 'Gesendet' },
  change: { onHand: 'vorhanden', allocated: 'zugeteilt', reserved: 'reserviert' },
  order: (n) => `Bestellung ${n}`, actors: { SYSTEM: 'das System', INTEGRATION: 'ein anderes System', CUSTOMER: 'ein Kunde', STAFF: 'unser Team', GUEST: 'ein Gast' },

  placesTitle: 'Lagerorte', placesSub: 'Wo Ware liegt, in der Reihenfolge, in der entnommen wird.', makePlace: 'Lagerort anlegen', changePlace: (name) => `${name} ändern`,
  name: 'Name', key: 'Schlüssel', keyHint: 'Kleine Buchstaben, Ziffern und Bindestriche. Abgleiche nennen den Lagerort so; er bleibt.', priority: 'Reihenfolge', priorityHint: 'Die kleinste Zahl zuerst.',
  address: 'Anschrift', addressName: 'Firma', line1: 'Straße', line2: 'Zusatz', postalCode: 'Postleitzahl', city: 'Ort', country: 'Land', state: 'Stand',
  placeStates: { ACTIVE: 'Offen', CLOSED: 'Geschlossen' }, save: 'Speichern', make: 'Anlegen', writeName: 'Nennen Sie einen Namen.', writeKey: 'Nennen Sie einen Schlüssel.', writePriority: 'Nennen Sie eine ganze Zahl.',
  saved: (name) => `${name} ist gespeichert`, made: (name) => `${name} ist angelegt`,
  close: 'Lagerort schließen', reopen: 'Wieder öffnen', closeTitle: (name) => `${name} schließen?`,
  closeText: 'Was dort liegt, kann Kunden nicht mehr zugesagt werden. Was schon zu Bestellungen gehört, bleibt bei ihnen. Er lässt sich wieder öffnen.', closedNow: (name) => `${name} ist geschlossen`, opened: (name) => `${name} ist wieder offen`,
  noPlaces: 'Noch kein Lagerort', noPlacesText: 'Ware liegt irgendwo: Legen Sie den ersten Lagerort an.', edit: 'Ändern', of: (what, name) => `${what}: ${name}`, actions: 'Aktionen',
};
export default stock;
