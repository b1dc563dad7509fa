/**
 * The queries under "Examples". Edit them here and only here: the build writes the same list to
 * dist/examples.json, and a Go test validates each one against the schema of each of its roles.
 *
 * `role` names the roles whose schema has everything that the query asks for. The page itself does
 * not read it to decide what to offer (it validates against the schema that the server sent), so a
 * wrong role is a failing test and never a wrong menu.
 */
export interface Example {
  role: string[];
  name: string;
  query: string;
  variables: Record<string, unknown>;
}

export const customers = ['ORG_MEMBER', 'ORG_BUYER', 'ORG_MANAGER', 'ORG_ADMIN'];
export const staff = [
  'STAFF_AGENT', 'STAFF_SALES', 'STAFF_MARKETING', 'STAFF_TRAINER', 'STAFF_FULFILLMENT', 'STAFF_ANALYST', 'STAFF_ADMIN',
];
const signedIn = [...customers, ...staff];
/** Staff who work on orders. */
const orderDesk = ['STAFF_AGENT', 'STAFF_SALES', 'STAFF_FULFILLMENT', 'STAFF_ADMIN'];
/** Staff who see what an order costs; those who only ship it do not. */
const prices = ['STAFF_AGENT', 'STAFF_SALES', 'STAFF_ANALYST', 'STAFF_ADMIN'];
/** Staff who speak with customers. */
const desk = ['STAFF_AGENT', 'STAFF_SALES', 'STAFF_ADMIN'];
const fulfillment = ['STAFF_AGENT', 'STAFF_FULFILLMENT', 'STAFF_ADMIN'];

/** What the page itself sends to sign in: an example too, so that the test covers it. */
export const signIn = `mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    accessToken
    userErrors {
      code
      message
    }
  }
}
`;

/** What the page itself sends to show who is signed in. */
export const whoAmI = `query WhoAmI {
  viewer {
    name
    role {
      name
    }
    organization {
      name
    }
    permissions
  }
}
`;

export const examples: Example[] = [
  { name: 'Sign in', role: ['ANONYMOUS'], query: signIn, variables: { input: { email: '', password: '' } } },
  { name: 'Who am I?', role: signedIn, query: whoAmI, variables: {} },
  {
    name: 'Products',
    role: ['ANONYMOUS', ...signedIn],
    query: `query Products($after: Cursor) {
  products(first: 20, after: $after) {
    edges {
      node {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Latest orders',
    role: [...customers, ...prices],
    query: `query LatestOrders($after: Cursor) {
  orders(first: 10, after: $after, orderBy: { field: PLACED_AT, direction: DESC }) {
    totalCount
    edges {
      node {
        id
        number
        status
        fulfillmentStatus
        placedAt
        total {
          amount
          currency
        }
        isLate
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'One order: where is it?',
    role: [...customers, ...desk],
    query: `query Order($number: String!) {
  order(number: $number) {
    id
    number
    status
    fulfillmentStatus
    placedAt
    promisedDate
    isLate
    availableActions
    total {
      amount
      currency
    }
    lines {
      id
      name
      sku
      quantity
      quantityShipped
      unitPrice {
        amount
        currency
      }
    }
    shipments {
      id
      carrier {
        name
      }
      trackingNumber
      trackingUrl
      status
      estimatedDelivery
      trackingEvents {
        at
        status
        location
      }
    }
    timeline {
      __typename
      at
      actor {
        kind
        name
      }
      ... on OrderStatusChanged {
        from
        to
        reason
      }
      ... on OrderNoteAdded {
        text
      }
      ... on TrackingReported {
        status
        location
      }
    }
  }
}
`,
    variables: { number: '' },
  },
  {
    name: 'Late orders',
    role: [...customers, ...orderDesk],
    query: `query LateOrders {
  orders(filter: { isLate: true }, orderBy: { field: PLACED_AT, direction: ASC }) {
    totalCount
    edges {
      node {
        id
        number
        version
        promisedDate
        promiseReason
        delay {
          cause
          expected
        }
        availableActions
      }
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Told as it happens: orders',
    role: [...customers, ...orderDesk],
    query: `subscription OrdersUpdated($since: String) {
  ordersUpdated(since: $since) {
    token
    order {
      number
      status
      fulfillmentStatus
    }
    event {
      __typename
      at
      ... on TrackingReported {
        status
        location
        message
      }
      ... on OrderDelayed {
        cause
        promisedDate
        expected
      }
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Told as it happens: notifications',
    role: signedIn,
    query: `subscription NotificationReceived($since: String) {
  notificationReceived(since: $since) {
    token
    unread
    notification {
      kind
      title
      text
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Unread notifications',
    role: signedIn,
    query: `query UnreadNotifications($after: Cursor) {
  notifications(first: 20, after: $after, filter: { unread: true }) {
    edges {
      node {
        id
        kind
        title
        text
        createdAt
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Choose what to be told',
    role: signedIn,
    query: `mutation ChangeNotificationSettings($input: ChangeNotificationSettingsInput!) {
  changeNotificationSettings(input: $input) {
    settings {
      kinds {
        kind
        channels
      }
      quietHours {
        from
        to
      }
      digest
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: {
      input: { kinds: [{ kind: 'ORDER_DELAYED', channels: ['MAIL'] }], quietHours: { from: '21:00', to: '07:00' }, digest: 'DAILY' },
    },
  },
  {
    name: 'Parcels that nobody knows',
    role: fulfillment,
    query: `query ParcelReports($after: Cursor) {
  parcelReports(first: 20, after: $after, filter: { state: [WAITING] }) {
    totalCount
    edges {
      node {
        id
        carrier {
          name
        }
        trackingNumber
        status
        at
        location
        message
        problem
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Say which shipment a report is about',
    role: fulfillment,
    query: `mutation AssignParcelReport($input: AssignParcelReportInput!) {
  assignParcelReport(input: $input) {
    parcelReport {
      state
      shipment {
        id
        status
      }
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: { input: { parcelReportId: '', shipmentId: '' } },
  },
  {
    name: 'Background work',
    role: ['STAFF_ADMIN'],
    query: `query BackgroundWork($after: Cursor) {
  jobQueues {
    name
    available
    running
    retryable
    discarded
    oldestAvailableAt
  }
  jobs(first: 20, after: $after, filter: { state: [RETRYABLE, DISCARDED] }) {
    edges {
      node {
        number
        kind
        state
        about {
          name
          value
        }
        attempt
        maxAttempts
        scheduledAt
        errors {
          at
          message
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Organizations',
    role: [...customers, ...staff],
    query: `query Organizations($after: Cursor) {
  organizations(first: 10, after: $after) {
    totalCount
    edges {
      node {
        id
        name
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
    variables: {},
  },
  {
    name: 'Add a note to an order',
    role: orderDesk,
    query: `mutation AddOrderNote($input: AddOrderNoteInput!) {
  addOrderNote(input: $input) {
    order {
      id
      status
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: { input: { orderId: '', text: 'Called the customer: Thursday suits them.' } },
  },
  {
    name: 'Confirm an order',
    role: orderDesk,
    query: `mutation ConfirmOrder($input: ConfirmOrderInput!) {
  confirmOrder(input: $input) {
    order {
      id
      status
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: { input: { orderId: '', version: 1, promisedDate: '2027-01-15' } },
  },
  {
    name: 'Promise another date',
    role: orderDesk,
    query: `mutation SetPromisedDate($input: SetPromisedDateInput!) {
  setPromisedDate(input: $input) {
    order {
      id
      status
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: { input: { orderId: '', version: 1, date: '2027-01-15', reason: 'The supplier is late.' } },
  },
  {
    name: 'Create a shipment',
    role: fulfillment,
    query: `mutation CreateShipment($input: CreateShipmentInput!) {
  createShipment(input: $input) {
    order {
      id
      status
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: {
      input: { orderId: '', version: 1, carrier: 'DHL', trackingNumber: '00340434161094042557', lines: [{ orderLineId: '', quantity: 1 }] },
    },
  },
  {
    name: 'Add a tracking event',
    role: fulfillment,
    query: `mutation AddTrackingEvent($input: AddTrackingEventInput!) {
  addTrackingEvent(input: $input) {
    order {
      id
      status
    }
    userErrors {
      field
      code
      message
    }
  }
}
`,
    variables: {
      input: { shipmentId: '', status: 'OUT_FOR_DELIVERY', location: 'Leipzig', at: '2026-11-20T08:30:00Z' },
    },
  },
];
