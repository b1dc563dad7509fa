import { Link } from 'wouter';
import { keptWords } from './keptWords.ts';
import './configured.css';

/** How a line of a cart is configured, in a few words, and the way back to it. */
export default function ConfiguredLine({ of: k }: { of: { id: string; name: string; state: { leadTime: { days: number }; price: { lines: readonly { kind: string; title: string; detail: string | null }[] } | null } | null } }) {
  const t = keptWords.use();
  const has = k.state?.price?.lines.filter((l) => l.kind === 'OPTION').map((l) => l.detail ?? l.title) ?? [];
  return (
    <div className="cd-line">
      <small>{k.name} · <Link href={`/configurations/${k.id}`} aria-label={t.changeOf(k.name)}>{t.changeIt}</Link></small>
      {k.state && <small>{t.takes(k.state.leadTime.days)}</small>}
      {has.length > 0 && <small className="cd-has">{has.join(' · ')}</small>}
    </div>
  );
}
