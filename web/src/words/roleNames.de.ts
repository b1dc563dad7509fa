import type { Same } from '../lib/words.ts';
import type en from './roleNames.en.ts';

const roleNames: Same<typeof en> = {
  STAFF_AGENT: 'Kundendienst', STAFF_SALES: 'Vertrieb', STAFF_MARKETING: 'Marketing', STAFF_TRAINER: 'Schulung', STAFF_FULFILLMENT: 'Versand', STAFF_ANALYST: 'Auswertung', STAFF_ADMIN: 'Teamverwaltung',
  ORG_MEMBER: 'Mitglied', ORG_BUYER: 'Einkauf', ORG_MANAGER: 'Leitung', ORG_ADMIN: 'Verwaltung',
  ANONYMOUS: 'Niemand angemeldet', GUEST: 'Gast mit Code', INTEGRATION: 'Anbindung',
};
export default roleNames;
