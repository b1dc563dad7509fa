import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { codeOf } from '../../lib/client.ts';
import { download } from '../../lib/csv.ts';
import { day } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { isStale, useAction, useTell } from '../../ui/form.tsx';
import { house } from '../../ui/house.ts';
import { IconChevronRight, IconDownload } from '../../ui/icons.ts';
import { Card, CopyButton, Failure, NotFound, Notice, Page, Skeleton } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { CertificatePill, certificateWords } from '../training/certificate.tsx';
import { IconMedal, trainingWords } from '../training/parts.tsx';

const Fields = graphql(`fragment CertificateFields on Certificate @_unmask {
  id number title status shown issuedAt expiresAt revokedAt revocation version versionNumber code verificationUrl pdfUrl badge availableActions holder @_optional
  organization { id name } course { id key }
}`);
const One = graphql(`query CertificatePage($id: ID!) { node(id: $id) { __typename id ... on Certificate { ...CertificateFields } } }`, [Fields]);
const Show = graphql(`mutation ShowCertificate($input: ShowCertificateInput!) { showCertificate(input: $input) { certificate @_optional { ...CertificateFields } userErrors { field code message } } }`, [Fields]);

type Shown = 'NOTHING' | 'INITIALS' | 'NAME';

/** A certificate: what it says, how it is shown to others, and what goes with it. */
export default function Certificate({ id }: { id: string }) {
  const t = certificateWords.use();
  const s = trainingWords.use();
  const k = kitWords.use();
  const tell = useTell();
  const [{ data, error }, again] = useQuery({ query: One, variables: { id } });
  const [show] = useAction(Show);
  const [wish, setWish] = useState<Shown | null>(null); // chosen, and not answered yet
  const [copied, setCopied] = useState(false);
  const c = data?.node?.__typename === 'Certificate' ? data.node : null;
  const wanted = useRef<Shown | null>(null);
  const reload = () => again({ requestPolicy: 'network-only' });
  const crumbs = [{ title: s.title, href: '/training' }, { title: t.mine, href: '/training/certificates' }, { title: c?.number ?? '…' }];
  if (error && !c) return ['NOT_FOUND', 'BAD_USER_INPUT'].includes(codeOf(error) ?? '') ? <NotFound home="/training/certificates" /> : <Page title={t.mine} crumbs={crumbs}><section className="f-card"><Failure error={error} retry={reload} /></section></Page>;
  if (data && !c) return <NotFound home="/training/certificates" />;
  if (!c) return <Page title={' '} crumbs={crumbs}><div className="f-columns"><Skeleton h={420} style={{ borderRadius: 14 }} /><Skeleton h={280} style={{ borderRadius: 10 }} /></div></Page>;
  // Arrow keys come by choices while one before is being saved: the last counts.
  const choose = async (shown: Shown) => {
    setWish(shown);
    const saving = wanted.current !== null;
    wanted.current = shown;
    if (saving) return;
    let sent = shown;
    let outcome = await show({ input: { id: c.id, version: c.version, shown: sent } });
    while (outcome.ok && wanted.current !== sent) {
      sent = wanted.current;
      outcome = await show({ input: { id: c.id, version: outcome.payload.certificate!.version, shown: sent } });
    }
    wanted.current = null;
    if (isStale(outcome)) reload();
    tell(outcome, t.shownNow);
    setWish(null);
  };
  const copyBadge = () => { void navigator.clipboard?.writeText(c.badge!).then(() => { setCopied(true); toast(t.badgeCopied); }); };
  const saveBadge = () => download(new Blob([c.badge!], { type: 'application/vc+jwt' }), `${c.number}.jwt`);
  return (
    <Page title={c.title} crumbs={crumbs} after={<CertificatePill status={c.status} />} sub={c.number}>
      <div className="f-columns">
        <div className="f-stack">
          {c.status === 'REVOKED' && <Notice tone="bad"><b>{t.revokedOn(day(c.revokedAt ?? c.issuedAt))}</b>{c.revocation && <> {c.revocation}</>}</Notice>}
          {c.availableActions.includes('RENEW') && c.course && <Notice tone="warn">{c.status === 'EXPIRED' ? t.renewEnded : t.renewSoon} <Link href={`/training/${c.course.key}`}>{t.renew}</Link></Notice>}
          <section className="ce" data-off={c.status === 'EXPIRED' || c.status === 'REVOKED' || undefined} aria-label={t.certificate}>
            <div className="ce-top"><span>{house.name}</span><i><IconMedal size={30} /></i></div>
            <p className="ce-kind">{t.certificate}</p>
            <p className="ce-title">{c.title}</p>
            {c.holder && <p className="ce-holder">{t.holder} <b>{c.holder}</b>{c.organization && <small>{c.organization.name}</small>}</p>}
            <dl><div><dt>{t.number}</dt><dd>{c.number}</dd></div><div><dt>{t.issued}</dt><dd>{day(c.issuedAt)}</dd></div><div><dt>{t.until}</dt><dd>{c.expiresAt ? day(c.expiresAt) : t.forGood}</dd></div><div><dt>{t.edition}</dt><dd>{c.versionNumber}</dd></div></dl>
          </section>
        </div>
        <div className="f-stack">
          <Card title={t.share}>
            <p className="muted">{t.shareText}</p>
            <p className="ce-link"><a href={c.verificationUrl} target="_blank" rel="noreferrer">{c.verificationUrl.replace(/^https?:\/\//, '')}</a><CopyButton text={c.verificationUrl} /></p>
            {c.availableActions.includes('SHOW') && <fieldset className="ce-shown"><legend>{t.shown}</legend>{(['NAME', 'INITIALS', 'NOTHING'] as const).map((x) => (
              <label key={x}><input type="radio" name="shown" checked={(wish ?? c.shown) === x} onChange={() => void choose(x)} /><span>{t.shows[x]}<small>{t.showsText[x]}</small></span></label>
            ))}</fieldset>}
          </Card>
          <Card title={t.take}>
            <div className="ce-acts">
              <Button component="a" href={c.pdfUrl} target="_blank" rel="noreferrer" variant="default" fullWidth leftSection={<IconDownload size={17} />}>{t.pdf}</Button>
              {c.badge && <><Button variant="default" fullWidth leftSection={<IconMedal size={17} />} onClick={saveBadge}>{t.badge}</Button>
                <Button variant="subtle" fullWidth onClick={copyBadge}>{copied ? k.copied : t.badgeCopy}</Button><p className="muted ce-small">{t.badgeText}</p></>}
              {c.course && <Button component={Link} variant="subtle" fullWidth href={`/training/${c.course.key}`} rightSection={<IconChevronRight size={15} />}>{t.toCourse}</Button>}
            </div>
          </Card>
        </div>
      </div>
    </Page>
  );
}
