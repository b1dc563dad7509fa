import type { Same } from '../../lib/words.ts';
import type en from './Checkout.en.ts';

const checkout: Same<typeof en> = {
  title: 'Kasse', cart: 'Warenkorb',
  address: 'Lieferanschrift', usual: 'Ihre übliche Anschrift', other: 'Andere Anschrift', useIt: 'Hierhin liefern',
  billing: 'Rechnungsanschrift', billSame: 'Die Rechnung geht an Ihre übliche Rechnungsanschrift.', billOther: 'An eine andere Anschrift senden', billUsual: 'Zurück zur üblichen', billUse: 'An diese Anschrift berechnen',
  shipping: 'Versand', days: (n) => `kommt ${n} Tage nach dem Versand an`, oneDay: 'kommt am Tag nach dem Versand an', sameDay: 'kommt am Tag des Versands an', free: 'Kostenlos', by: (carrier) => `mit ${carrier}`, noShipping: 'An diese Anschrift können wir noch nicht versenden. Prüfen Sie die Anschrift, oder schreiben Sie uns.',
  details: 'Zu Ihrer Bestellung', po: 'Ihre Bestellnummer', poHint: 'Sie steht auf allen unseren Papieren.', date: 'Wunschtermin', dateHint: 'Den Tag der Ankunft bestätigen wir.', remark: 'Noch etwas?', remarkHint: 'Wir lesen es mit der Bestellung.', optional: 'freiwillig',
  review: 'Ihre Bestellung', terms: (house) => `Mit „Bestellen“ bestellen Sie zahlungspflichtig bei ${house}, zu den zwischen Ihnen und uns vereinbarten Bedingungen. Sie erhalten eine Bestätigung und können stornieren, bis die Bestellung vorbereitet wird.`,
  termsApproval: 'Bevor freigegeben ist, wird nichts gekauft.', place: 'Bestellen', placeApproval: 'Zur Freigabe senden', placing: 'Ihre Bestellung wird aufgegeben', back: 'Zurück zum Warenkorb',
  changed: 'Preise haben sich geändert', changedText: (from, to) => `Statt ${from} kostet die Bestellung jetzt ${to}.`, changedLine: (sku) => `Artikel ${sku}`, accept: (total) => `Für ${total} bestellen`, keep: 'Jetzt nicht',
  short: 'Es ist nicht genug da', shortText: 'Es wurde nichts bestellt. Entscheiden Sie je Artikel, und bestellen Sie dann erneut.', wanted: (n, of) => `Sie wünschen ${n}, ${of} sind zu haben`, take: (n) => `${n} nehmen`, remove: 'Herausnehmen', alternatives: 'Oder stattdessen', replace: (what) => `${what} nehmen`, has: (n) => `${n} da`,
  reasons: { VARIANT: 'andere Ausführung', REPLACES: 'Nachfolger', UPSELL: 'etwas Besseres' },
  already: 'Dieser Warenkorb ist schon bestellt', alreadyText: (number) => `Daraus ist die Bestellung ${number} geworden, vielleicht in einem anderen Fenster.`, toOrder: 'Zur Bestellung', problems: 'Etwas steht im Weg',
  done: 'Danke, Ihre Bestellung ist aufgegeben', doneApproval: 'Ihre Bestellung wartet auf Freigabe', doneConfirming: 'Danke, wir prüfen Ihre Bestellung', doneText: (number) => `Sie hat die Nummer ${number}. Wir bestätigen sie mit dem Tag der Ankunft.`, doneApprovalText: (number, who) => (who ? `Sie hat die Nummer ${number}. ${who} ist gefragt. Sie erfahren die Antwort.` : `Sie hat die Nummer ${number}. Wer in Ihrem Unternehmen Bestellungen freigibt, ist gefragt. Sie erfahren die Antwort.`), doneConfirmingText: (number) => `Sie hat die Nummer ${number}. Für einen Teil prüfen wir zuerst, wann wir senden können, und bestätigen dann.`, follow: 'Bestellung verfolgen', again: 'Weiter zu den Produkten', copied: 'Eine Kopie geht an Ihre E-Mail-Adresse.',
  empty: 'Es gibt nichts zu bestellen', emptyText: 'Ihr Warenkorb ist leer.', toCart: 'Zum Warenkorb', saved: 'Gespeichert', lines: (n) => (n === 1 ? '1 Position' : `${n} Positionen`), quantity: (n) => `${n} ×`,
};
export default checkout;
