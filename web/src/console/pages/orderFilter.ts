import type { VariablesOf } from '../../lib/graphql.ts';
import type { useList } from '../../lib/search.ts';
import { words } from '../../lib/words.ts';
import en from './OrderDesk.en.ts';
import type { DeskOrders } from './OrderDesk.tsx';

export const deskWords = words('OrderDesk', en);

type List = ReturnType<typeof useList>;
export type Filter = NonNullable<VariablesOf<typeof DeskOrders>['filter']>;
type Status = NonNullable<Filter['status']>[number];
type Delivery = NonNullable<Filter['fulfillmentStatus']>[number];
type Payment = NonNullable<Filter['paymentStatus']>[number];

/** Words of the address that stand for several states, as the home page's queues count them. */
const statuses: Record<string, Status[]> = { open: ['AWAITING_APPROVAL', 'PLACED', 'CONFIRMING', 'CONFIRMED'], waits: ['PLACED', 'CONFIRMING'] };
const deliveries: Record<string, Delivery[]> = { underway: ['PARTIALLY_SHIPPED', 'SHIPPED', 'PARTIALLY_DELIVERED'] };

/** The built-in lists, as the address has them. */
export const queue = { toConfirm: 'status=waits&sort=PLACED_AT&dir=ASC', toShip: 'show=ship', late: 'show=late', problems: 'show=problems', underway: 'status=CONFIRMED&delivery=underway' };

// A day of the filter begins and ends where the person is.
const midnight = (day: string, later = 0): string | undefined => {
  const [y, m, d] = day.split('-').map(Number);
  const at = new Date(y!, m! - 1, d! + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** The names in the address of everything that filters. */
export const filterKeys = ['q', 'status', 'delivery', 'payment', 'show', 'customer', 'placedFrom', 'placedTo', 'promisedFrom', 'promisedTo'];

/** The filter that the address asks for. What the viewer's role does not have is not sent. */
export function filterOf(list: List, may: (permission: string) => boolean): Filter {
  const status = list.get('status');
  const delivery = list.get('delivery');
  const payment = list.get('payment');
  const show = list.get('show');
  return {
    search: list.get('q'),
    status: status ? (statuses[status] ?? [status as Status]) : undefined,
    fulfillmentStatus: delivery ? (deliveries[delivery] ?? [delivery as Delivery]) : undefined,
    paymentStatus: payment && may('order.prices') ? [payment as Payment] : undefined,
    organizationId: may('organization.read') ? list.get('customer') : undefined,
    placedFrom: list.get('placedFrom') ? midnight(list.get('placedFrom')!) : undefined,
    placedBefore: list.get('placedTo') ? midnight(list.get('placedTo')!, 1) : undefined,
    promisedFrom: list.get('promisedFrom'),
    promisedTo: list.get('promisedTo'),
    isLate: show === 'late' || undefined,
    isDelayed: show === 'delayed' || undefined,
    isToShip: show === 'ship' || undefined,
    shipmentStatus: show === 'problems' ? ['EXCEPTION'] : undefined,
  };
}
