import { useQuery } from 'urql';
import { Link } from 'wouter';
import { day } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { Card, Empty, Failure, Loading, Page } from '../../ui/kit.tsx';
import { useSession } from '../../ui/root.tsx';
import { Pager } from '../../ui/table.tsx';
import { IconMedal, trainingWords } from '../training/parts.tsx';
import { CertificatePill, certificateWords } from '../training/certificate.tsx';

const Mine = graphql(`query MyCertificates($user: ID!, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  certificates(filter: { userId: $user }, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { node { id number title status issuedAt expiresAt } }
  }
}`);

/** All that one has ever earned, also what has ended. */
export default function Certificates() {
  const t = certificateWords.use();
  const s = trainingWords.use();
  const { viewer } = useSession();
  const list = useList();
  const [{ data, error }, again] = useQuery({ query: Mine, variables: { user: viewer.id ?? '', ...list.page(50) } });
  const rows = data?.certificates.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  return (
    <Page title={t.mine} crumbs={[{ title: s.title, href: '/training' }, { title: t.mine }]}>
      {error && !rows ? <section className="f-card"><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section> : (
        <Card flush>
          {!rows ? <Loading rows={3} /> : !rows.length ? <Empty icon={<IconMedal size={22} />} title={t.none} text={t.noneText} /> : <ul>{rows.map((c) => (
            <li key={c.id}><Link className="tn-cert" href={`/training/certificates/${c.id}`}><i><IconMedal size={20} /></i>
              <span style={{ flex: 1, minWidth: 0 }}><b>{c.title}</b><small>{c.number} · {c.expiresAt ? (c.status === 'EXPIRED' ? t.endedOn(day(c.expiresAt)) : s.validUntil(day(c.expiresAt))) : s.issued(day(c.issuedAt))}</small></span><CertificatePill status={c.status} /></Link></li>
          ))}</ul>}
          {!!rows?.length && <Pager total={data?.certificates.totalCount} info={data?.certificates.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
    </Page>
  );
}
