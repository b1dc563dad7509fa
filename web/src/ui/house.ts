/** How this portal presents itself; the server writes it into the page, from the
 * same configuration as the API's `portal`. */
export interface House {
  name: string;
  logoUrl?: string;
  logoDarkUrl?: string;
  contactEmail?: string;
  contactPhone?: string;
  links: { title: { en: string; de: string }; url: string }[];
  /** Whether mails are kept for reading at /mailbox: with the demo company alone. */
  mailbox?: boolean;
  /** The query page. */
  graphiql?: boolean;
  /** Accounts of the demo company, which the sign-in page offers. */
  demo?: { name: string; role: string; email: string; password: string; organization: string; staff: boolean }[];
}

export const house: House = JSON.parse(document.getElementById('house')?.textContent || '{"name":"Foyer","links":[]}') as House;
