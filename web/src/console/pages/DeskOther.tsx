import { useQuery } from 'urql';
import { Link } from 'wouter';
import { ago } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { IconBell, IconBuilding } from '../../ui/icons.ts';
import { Avatar, Card, Empty, Loading, Time } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { usePlaces } from '../Shell.tsx';
import { homeWords } from './Desk.tsx';

const Told = graphql(`query DeskMessages { notifications(first: 5) { edges { node { id title text createdAt readAt order @_optional { id number } } } } }`);
const Some = graphql(`query DeskCustomers { organizations(first: 8) { totalCount edges { node { id name kind address @_optional { city country } } } } }`);

/** What the viewer was told last. */
export function Messages() {
  const t = homeWords.use();
  const [{ data }] = useQuery({ query: Told });
  const rows = data?.notifications.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  return (
    <Card title={t.messages} aside={<Link className="dk-more" href="/settings/inbox">{t.allMessages}</Link>} flush>
      {!rows ? <Loading rows={3} /> : !rows.length ? <Empty icon={<IconBell size={22} />} title={t.noMessages} text={t.noMessagesText} /> : (
        <ul className="dk-list">{rows.map((n) => {
          const inner = <><b>{n.title}</b>{n.readAt ? <small><Time at={n.createdAt}>{ago(n.createdAt)}</Time></small> : <span className="dk-new"><Time at={n.createdAt}>{ago(n.createdAt)}</Time><i role="img" aria-label={t.unread} /></span>}<small className="dk-why">{n.text}</small></>;
          return <li key={n.id}>{n.order ? <Link className="dk-row" href={`/orders/${encodeURIComponent(n.order.number)}`}>{inner}</Link> : <div className="dk-row">{inner}</div>}</li>;
        })}</ul>
      )}
    </Card>
  );
}

/** Some of the customers, for those whose work begins with them. */
export function Customers() {
  const t = homeWords.use();
  const may = useMay();
  const [{ data }] = useQuery({ query: Some, pause: !may('organization.read') });
  if (!may('organization.read')) return null;
  const rows = data?.organizations.edges?.flatMap((e) => (e?.node ? [e.node] : []));
  return (
    <Card title={t.customers} aside={<Link className="dk-more" href="/customers">{data ? t.allOf(data.organizations.totalCount) : t.all}</Link>} flush>
      {!rows ? <Loading rows={5} /> : !rows.length ? <Empty icon={<IconBuilding size={22} />} title={t.noCustomers} /> : (
        <ul className="dk-list">{rows.map((c) => (
          <li key={c.id}><Link className="dk-row" href={`/customers/${c.id}`}>
            <span style={{ display: 'flex', alignItems: 'center', gap: 12 }}><Avatar name={c.name} square /><b>{c.name}</b></span>
            <small style={{ alignSelf: 'center' }}>{c.address?.city}</small>
          </Link></li>
        ))}</ul>
      )}
    </Card>
  );
}

/** The pages that the viewer has. */
export function Places() {
  const t = homeWords.use();
  const places = usePlaces().flatMap((g) => g.places).filter((x) => x.href !== '/');
  return (
    <Card title={t.places} flush>
      <div className="dk-places">{places.map((x) => (x.outside ? <a key={x.href} href={x.href}>{x.icon}{x.title}</a> : <Link key={x.href} href={x.href}>{x.icon}{x.title}</Link>))}</div>
    </Card>
  );
}
