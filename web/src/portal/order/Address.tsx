import { regionName } from '../../lib/format.ts';

interface Place { name?: string | null; line1?: string | null; line2?: string | null; postalCode?: string | null; city?: string | null; region?: string | null; country?: string | null }

/** An address, a line each. */
export function Address({ of: a }: { of: Place }) {
  const rest = [a.line1, a.line2, [a.postalCode, a.city].filter(Boolean).join(' '), a.region, a.country && regionName(a.country)].filter(Boolean);
  return <address className="op-address">{a.name && <b>{a.name}</b>}{rest.map((l, i) => <span key={i} style={{ display: 'block' }}>{l}</span>)}</address>;
}
