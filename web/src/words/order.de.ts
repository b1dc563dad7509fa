import type { Same } from '../lib/words.ts';
import type en from './order.en.ts';

const order: Same<typeof en> = {
  status: {
    DRAFT: 'Entwurf', AWAITING_APPROVAL: 'Wartet auf Freigabe', PLACED: 'Bestellt', CONFIRMING: 'Wird bestätigt',
    CONFIRMED: 'Bestätigt', CANCELLED: 'Storniert', COMPLETED: 'Abgeschlossen',
  },
  fulfillment: {
    UNFULFILLED: 'Nicht versandt', PARTIALLY_SHIPPED: 'Teilweise versandt', SHIPPED: 'Unterwegs',
    PARTIALLY_DELIVERED: 'Teilweise zugestellt', DELIVERED: 'Zugestellt',
  },
  payment: { UNPAID: 'Nicht bezahlt', PARTIALLY_PAID: 'Teilweise bezahlt', PAID: 'Bezahlt', REFUNDED: 'Erstattet' },
  returns: { NONE: 'Keine Rückgaben', REQUESTED: 'Rückgabe angefragt', PARTIALLY_RETURNED: 'Teilweise zurückgegeben', RETURNED: 'Zurückgegeben' },
  shipment: {
    PENDING: 'Wird gepackt', PICKED_UP: 'Abgeholt', IN_TRANSIT: 'Unterwegs', OUT_FOR_DELIVERY: 'In Zustellung',
    DELIVERED: 'Zugestellt', EXCEPTION: 'Problem', RETURNED_TO_SENDER: 'Zurückgesandt',
  },
  delay: { PROMISE_PASSED: 'Der zugesagte Tag ist verstrichen', CARRIER_ESTIMATE: 'Der Versanddienstleister rechnet mit einer späteren Lieferung', DELIVERY_PROBLEM: 'Es gibt ein Problem bei der Zustellung' },
  late: 'Verspätet',
  delayed: 'Verzögert',
};
export default order;
