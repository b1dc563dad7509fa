/** What the parts that show an order want to know of it. Each is as little as
 * the part needs, so that any query that selects it will do; what a role may not
 * see is null or missing. */
export interface Money { amount: string; currency: string }

export interface Tracking { id: string; status: string; at: string; location: string | null; message: string | null }

export interface Parcel {
  id: string; status: string; trackingNumber: string | null; trackingUrl: string | null; estimatedDelivery: string | null;
  shippedAt: string | null; deliveredAt: string | null; carrier: { code: string; name: string };
  lines: readonly { id: string; quantity: number; orderLine: { id: string; name: string } }[];
  trackingEvents: readonly Tracking[];
}

export interface Line {
  id: string; position: number; sku: string; name: string; quantity: number; quantityShipped: number; quantityCancelled?: number; note?: string | null;
  promisedDate: string | null; promiseReason: string | null;
  unitPrice?: Money | null; discountPercent?: string | null; total?: Money | null;
}

export interface Progress {
  status: string; fulfillmentStatus: string; placedAt: string; promisedDate: string | null; requestedDate?: string | null; estimatedDelivery: string | null;
  confirmedAt: string | null; cancelledAt: string | null; cancelReason?: string | null; deliveredAt: string | null; isLate?: boolean;
  delay?: { expected: string | null; reason: string } | null;
  user?: { name: string } | null;
  lines?: readonly { quantity: number; quantityShipped: number }[];
  shipments?: readonly { status: string; shippedAt: string | null; deliveredAt: string | null; trackingEvents?: readonly Tracking[] }[];
}

/** An event of an order's timeline: what all have, and what each kind has. */
export interface HistoryEvent {
  __typename: string; key: string; at: string; actor: { kind: string; name?: string | null };
  from?: string; to?: string; reason?: string | null;
  oldDate?: string | null; newDate?: string | null; orderLineId?: string | null;
  text?: string | null; visibility?: string | null;
  carrier?: { name: string }; trackingNumber?: string | null;
  status?: string; location?: string | null; message?: string | null;
  promisedDate?: string | null; expected?: string | null;
  cancelled?: readonly { orderLineId: string; quantity: number }[]; changed?: readonly string[];
  file?: { name: string } | null; outcome?: string; comment?: string | null;
}
