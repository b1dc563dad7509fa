import { lazy, Suspense } from 'react';
import { Loading } from '../kit.tsx';
import { useMay } from '../root.tsx';
import { Tabs } from './Tabs.tsx';
import { accountWords } from './texts.ts';

const Inbox = lazy(() => import('./Inbox.tsx').then((m) => ({ default: m.Inbox })));
const Profile = lazy(() => import('./Profile.tsx').then((m) => ({ default: m.Profile })));
const Security = lazy(() => import('./Security.tsx').then((m) => ({ default: m.Security })));
const Alerts = lazy(() => import('./Alerts.tsx').then((m) => ({ default: m.Alerts })));

export type Section = 'inbox' | 'profile' | 'security' | 'notifications';
const needs: Record<Section, string> = { inbox: 'notification.read', profile: 'profile.change', security: 'session.read', notifications: 'notification.settings' };
const parts = { inbox: Inbox, profile: Profile, security: Security, notifications: Alerts };

/** Those of these sections that the viewer has, and which of them an address means. */
export function useSections(wanted: Section[], section?: string): { all: Section[]; at: Section | undefined; known: boolean } {
  const may = useMay();
  const all = wanted.filter((s) => may(needs[s]));
  const at = section ? all.find((s) => s === section) : (all.find((s) => s === 'profile') ?? all[0]);
  return { all, at, known: !!at };
}

/** The sections about oneself: tabs with addresses, and what the chosen one shows. */
export function Sections({ base, all, at, label }: { base: string; all: Section[]; at: Section; label: string }) {
  const t = accountWords.use();
  const Part = parts[at];
  return (
    <>
      <Tabs label={label} tabs={all.map((s) => ({ href: `${base}/${s}`, title: t.sections[s], on: s === at }))} />
      <Suspense fallback={<div className="a-narrow"><Loading rows={5} card /></div>}><Part /></Suspense>
    </>
  );
}
