import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { day } from '../../lib/format.ts';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { useList } from '../../lib/search.ts';
import { IconDownload, IconExternal, IconShield } from '../../ui/icons.ts';
import { Card, Empty, Failure, Page, Time } from '../../ui/kit.tsx';
import { OrganizationPicker } from '../../ui/OrganizationPicker.tsx';
import { Pager, Table, type Column } from '../../ui/table.tsx';
import { CoursePicker } from '../training/CoursePicker.tsx';
import { CertificatePill, trainingWords } from '../training/parts.tsx';

const RevokeForm = lazy(() => import('../training/Revoke.tsx'));
const All = graphql(`query IssuedCertificates($filter: CertificateFilter, $orderBy: CertificateOrder, $first: Int, $after: Cursor, $last: Int, $before: Cursor) {
  certificates(filter: $filter, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { node { id number title status holder @_optional issuedAt expiresAt revokedAt revocation version versionNumber verificationUrl pdfUrl availableActions organization { id name } enrollment @_optional { id } } }
  }
}`);
type Row = NonNullable<NonNullable<NonNullable<ResultOf<typeof All>['certificates']['edges']>[number]>['node']>;
type Filter = NonNullable<VariablesOf<typeof All>['filter']>;

/** The certificates that were issued. */
export default function Certificates() {
  const t = trainingWords.use();
  const list = useList();
  const [revoking, revoke] = useState<Row | null>(null);
  const [soon] = useState(() => new Date(Date.now() + 90 * 86_400_000).toISOString());
  const show = list.get('show'), course = list.get('course'), customer = list.get('customer');
  const filter: Filter = { courseId: course, organizationId: customer, ...(show === 'valid' ? { isValid: true } : show === 'expiring' ? { isValid: true, expiresBefore: soon } : show === 'ended' ? { isValid: false } : {}) };
  const [{ data, error }, load] = useQuery({ query: All, variables: { filter, orderBy: { field: 'ISSUED_AT', direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' }, ...list.page(20) }, requestPolicy: 'cache-and-network' });
  const again = () => load({ requestPolicy: 'network-only' });
  const rows = data?.certificates.edges?.flatMap((e) => (e?.node ? [e.node] : [])) ?? null;
  const filtered = !!(show || course || customer);
  const columns: Column<Row>[] = [
    { key: 'holder', title: t.holder, phone: 'main', cell: (c) => <>{c.holder ?? c.number}<small>{c.organization?.name}</small></> },
    { key: 'what', title: t.certificate, phone: 'label', cell: (c) => <>{c.title}<small>{t.versionNo(c.versionNumber)}</small></> },
    { key: 'number', title: t.number, phone: 'label', cell: (c) => <code>{c.number}</code> },
    { key: 'issued', title: t.issued, sort: 'ISSUED_AT', phone: 'label', cell: (c) => <Time at={c.issuedAt}>{day(c.issuedAt)}</Time> },
    { key: 'expires', title: t.expires, phone: 'label', cell: (c) => (c.expiresAt ? <Time at={c.expiresAt}>{day(c.expiresAt)}</Time> : t.forGood) },
    { key: 'state', title: t.state, end: true, cell: (c) => <CertificatePill status={c.status} /> },
  ];
  return (
    <Page title={t.certificates} sub={t.certificatesSub} wide>
      <div className="f-filters" role="search">
        <CoursePicker hideLabel className="f-search" label={t.course} placeholder={t.anyCourse} value={course} onChange={(id) => list.set({ course: id })} />
        <OrganizationPicker hideLabel className="f-search" label={t.customer} value={customer} onChange={(id) => list.set({ customer: id })} />
        <NativeSelect aria-label={t.state} value={show ?? ''} onChange={(e) => list.set({ show: e.currentTarget.value })}
          data={[{ value: '', label: `${t.state}: ${t.all}` }, { value: 'valid', label: t.certificateStates.VALID }, { value: 'expiring', label: t.expiring90 }, { value: 'ended', label: t.endedOrRevoked }]} />
      </div>
      {error && !data ? <Failure error={error} retry={again} /> : (
        <Card flush>
          <Table label={t.certificates} columns={columns} rows={rows} name={(c) => c.number} sort={{ field: 'ISSUED_AT', direction: (list.get('dir') ?? 'DESC') as 'ASC' | 'DESC' }} onSort={(s) => list.set({ dir: s.direction })}
            detail={(c) => <div className="tr-detail">
              {c.revokedAt && <p>{t.revokedOn} <Time at={c.revokedAt} />{c.revocation && <>: {c.revocation}</>}</p>}
              <div className="f-actions">
                <Button size="compact-sm" variant="default" component="a" href={c.verificationUrl} target="_blank" rel="noreferrer" leftSection={<IconExternal size={14} />}>{t.checkPage}</Button>
                <Button size="compact-sm" variant="default" component="a" href={c.pdfUrl} download leftSection={<IconDownload size={14} />}>{t.pdf}</Button>
                {c.enrollment && <Button size="compact-sm" variant="default" component={Link} href={`/learners/${c.enrollment.id}`}>{t.itsLearner}</Button>}
                {c.availableActions.includes('REVOKE') && <Button size="compact-sm" variant="default" onClick={() => revoke(c)}>{t.revoke}</Button>}
              </div>
            </div>}
            empty={<Empty icon={<IconShield size={22} />} title={filtered ? t.noMatch : t.noCertificates} text={filtered ? t.noMatchText : t.noCertificatesText} />} />
          {!!rows?.length && <Pager total={data?.certificates.totalCount} info={data?.certificates.pageInfo} after={list.after} before={list.before} go={list.turn} />}
        </Card>
      )}
      {revoking && <Suspense fallback={null}><RevokeForm c={revoking} close={() => revoke(null)} done={() => { revoke(null); again(); }} again={again} /></Suspense>}
    </Page>
  );
}
