import { Link } from 'wouter';
import { CopyButton } from '../../ui/kit.tsx';
import type { Entry } from './Audit.tsx';
import type { Named } from './auditNames.ts';
import { auditWords } from './auditWords.ts';

/** One entry unfolded: the fields with their new values, and what leads further. */
export function AuditDetail({ entry: e, nameOf, keep }: { entry: Entry; nameOf: (id: string | null | undefined) => Named | undefined; keep: (filter: { subject?: string; actor?: string }) => void }) {
  const t = auditWords.use();
  const id = (value: string) => <span className="w-id"><code>{value}</code><CopyButton text={value} /></span>;
  const person = (value: string) => { const n = nameOf(value); return n?.href ? <Link href={n.href}>{n.name}</Link> : <code>{value}</code>; };
  return (
    <div className="w-detail">
      <dl className="w-facts">
        <dt>{t.who}</dt><dd>{e.actor ? person(e.actor) : t.kinds[e.actorKind] ?? e.actorKind}{e.actor && <span className="muted"> · {t.kinds[e.actorKind] ?? e.actorKind}</span>}</dd>
        {e.impersonator && <><dt>{t.impersonator}</dt><dd>{person(e.impersonator)}</dd></>}
        {e.reason && <><dt>{t.reason}</dt><dd>{e.reason}</dd></>}
        {e.subject && <><dt>{t.id}</dt><dd>{id(e.subject)}</dd></>}
        {e.request && <><dt>{t.request}</dt><dd>{id(e.request)}</dd></>}
      </dl>
      {e.changes?.length ? (
        <table className="w-changes" aria-label={t.changes}>
          <thead><tr><th scope="col">{t.field}</th><th scope="col">{t.value}</th></tr></thead>
          <tbody>{e.changes.map((c) => (
            <tr key={c.field}><th scope="row">{c.field}</th>
              <td>{c.value === 'redacted' ? <em>{t.redacted}</em> : c.value === '' ? <em>{t.emptied}</em> : nameOf(c.value) ? <>{nameOf(c.value)!.name} <small>{c.value}</small></> : <code>{c.value}</code>}</td></tr>
          ))}</tbody>
        </table>
      ) : <p className="muted">{t.noChanges}</p>}
      <div className="w-acts">
        {e.subject && nameOf(e.subject)?.href && <Link className="w-link" href={nameOf(e.subject)!.href!}>{t.open(nameOf(e.subject)!.name)}</Link>}
        {e.subject && e.filterable && <button type="button" className="w-link" onClick={() => keep({ subject: e.subject! })}>{t.onlyThis}</button>}
        {e.actor && <button type="button" className="w-link" onClick={() => keep({ actor: e.actor! })}>{t.onlyPerson}</button>}
      </div>
    </div>
  );
}
