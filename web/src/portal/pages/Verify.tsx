import { useState, type ReactNode } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { day, weekday } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { IconAlert, IconCheck, IconClock, IconSearch, IconX } from '../../ui/icons.ts';
import { Failure, Skeleton, useTitle } from '../../ui/kit.tsx';
import en from './Verify.en.ts';
import './verify.css';

const text = words('Verify', en);
const Check = graphql(`query VerifyCertificate($code: String!) {
  verifyCertificate(code: $code) { status number title criteria holder issuedAt expiresAt revokedAt issuer }
}`);

/** Whether there is such a certificate, for anybody: a clear answer, and of its holder what they allow. */
export default function Verify({ code }: { code?: string }) {
  const t = text.use();
  useTitle(t.title);
  // Anew for each code: never the answer for another one.
  return <div className="ve" key={code}>{code ? <Answer code={code} /> : <Shape><h1 tabIndex={-1}>{t.title}</h1><p className="muted">{t.ask}</p></Shape>}<Another code={code} /></div>;
}

const Shape = ({ tone, icon, children }: { tone?: string; icon?: ReactNode; children: ReactNode }) => (
  <section className="f-card ve-card" data-tone={tone}>{icon && <i className="ve-icon" aria-hidden>{icon}</i>}{children}</section>
);

function Answer({ code }: { code: string }) {
  const t = text.use();
  const [{ data, error }, again] = useQuery({ query: Check, variables: { code }, requestPolicy: 'network-only' });
  if (error) return <section className="f-card"><h1 className="vh" tabIndex={-1}>{t.title}</h1><Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} /></section>;
  if (!data) return <Shape><h1 className="vh" tabIndex={-1}>{t.title}</h1><Skeleton w={64} h={64} style={{ borderRadius: '50%' }} /><Skeleton w="60%" h={26} /><Skeleton w="80%" /><Skeleton w="80%" /></Shape>;
  const c = data.verifyCertificate;
  if (!c) return <Shape tone="bad" icon={<IconX size={32} stroke={2.2} />}><h1 tabIndex={-1}>{t.unknown}</h1><p>{t.unknownText}</p><p className="muted ve-code">{code}</p></Shape>;
  const good = c.status === 'VALID' || c.status === 'EXPIRING';
  const icon = good ? (c.status === 'EXPIRING' ? <IconClock size={32} stroke={2.2} /> : <IconCheck size={32} stroke={2.4} />) : c.status === 'REVOKED' ? <IconX size={32} stroke={2.2} /> : <IconAlert size={30} stroke={2.2} />;
  return (
    <Shape tone={c.status === 'VALID' ? 'good' : c.status === 'EXPIRING' ? 'warn' : 'bad'} icon={icon}>
      <h1 tabIndex={-1}>{t.says[c.status]}</h1>
      <p>{c.status === 'REVOKED' ? t.revoked(weekday(c.revokedAt ?? c.issuedAt)) : c.status === 'EXPIRED' ? t.expired(weekday(c.expiresAt!)) : c.expiresAt ? t.until(weekday(c.expiresAt)) : t.forGood}</p>
      <dl>
        <div><dt>{t.what}</dt><dd><b>{c.title}</b></dd></div>
        {c.holder ? <div><dt>{t.holder}</dt><dd>{c.holder}</dd></div> : <div><dt>{t.holder}</dt><dd className="muted">{t.hidden}</dd></div>}
        <div><dt>{t.number}</dt><dd>{c.number}</dd></div>
        <div><dt>{t.issued}</dt><dd>{t.by(day(c.issuedAt), c.issuer)}</dd></div>
        {c.criteria && <div><dt>{t.criteria}</dt><dd>{c.criteria}</dd></div>}
      </dl>
      <p className="muted ve-now">{t.now(day(new Date().toISOString()))}</p>
    </Shape>
  );
}

function Another({ code }: { code?: string }) {
  const t = text.use();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  return (
    <form className="ve-form" onSubmit={(e) => { e.preventDefault(); if (typed.trim()) go(`/certificates/${encodeURIComponent(typed.trim())}`); }}>
      <TextInput label={code ? t.another : t.code} description={t.codeHint} value={typed} maxLength={60} autoComplete="off" autoCapitalize="characters" spellCheck={false} onChange={(e) => setTyped(e.currentTarget.value)} />
      <Button type="submit" variant="default" leftSection={<IconSearch size={16} />} disabled={!typed.trim()}>{t.check}</Button>
    </form>
  );
}
