import { Link } from 'wouter';
import './account.css';

/** Sections of one page, each with its own address. */
export function Tabs(p: { label: string; tabs: { href: string; title: string; on: boolean }[] }) {
  return (
    <nav className="f-tabs" aria-label={p.label}>
      {p.tabs.map((x) => <Link key={x.href} href={x.href} aria-current={x.on ? 'page' : undefined}>{x.title}</Link>)}
    </nav>
  );
}
