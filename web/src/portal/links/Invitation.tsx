import { useEffect, useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { again, session } from '../../lib/session.ts';
import { NewPassword } from '../../ui/account/Password.tsx';
import { Form, useForm, type Outcome } from '../../ui/form.tsx';
import { house } from '../../ui/house.ts';
import { Failure, Skeleton } from '../../ui/kit.tsx';
import { signOut, useSession } from '../../ui/root.tsx';
import { Head, linksText, Present, toFirstError, Ways } from './parts.tsx';
import { goOn, isDead, useSend } from './send.ts';

const Open = graphql(`mutation OpenInvitation($input: OpenInvitationInput!) {
  openInvitation(input: $input) { invitation { name email organizationName roleName needsPassword } userErrors { field code message } }
}`);
const Accept = graphql(`mutation AcceptInvitation($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) { accepted accessToken expiresAt userErrors { field code message } }
}`);
type Opened = ResultOf<typeof Open>['openInvitation'];
type Offer = NonNullable<Opened['invitation']>;

/** Shows what an invitation is for, and accepts it. */
export function Invitation({ token }: { token: string }) {
  const t = linksText.use();
  const [open] = useSend(Open);
  const [got, setGot] = useState<Outcome<Opened> | null>(null);
  const [tries, setTries] = useState(0);
  const [dead, setDead] = useState(false);
  useEffect(() => {
    if (!token) return;
    let here = true;
    void open({ input: { token } }).then((outcome) => { if (here) setGot(outcome); });
    return () => { here = false; };
    // `open` is another function each time, and does the same
  }, [token, tries]);
  if (!token) return <><Head title={t.noInvitationTitle}>{t.noInvitation}</Head><Ways /></>;
  if (dead || (got && isDead(got))) return <><Head title={t.deadTitle} later>{t.deadInvitation}</Head><Ways /></>;
  if (!got) return (
    <div role="status" className="f-form"><h1 className="vh">{t.invitationTitle}</h1><span className="vh">{t.checking}</span>
      <Skeleton w="70%" h={30} /><Skeleton w="90%" /><Skeleton h={96} /><Skeleton h={42} /><Skeleton h={42} /></div>
  );
  if (!got.ok || !got.payload.invitation) return !got.ok && got.error ? <><h1 className="vh">{t.invitationTitle}</h1><Failure error={got.error} retry={() => { setGot(null); setTries(tries + 1); }} /></> : <><Head title={t.deadTitle}>{t.deadInvitation}</Head><Ways /></>;
  return <Accepting token={token} offer={got.payload.invitation} died={() => setDead(true)} />;
}

function Accepting({ token, offer, died }: { token: string; offer: Offer; died: () => void }) {
  const t = linksText.use();
  const form = useForm();
  const { viewer } = useSession();
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState('');
  // Whether whoever is signed in here turned out to be the person who was invited.
  const [done, setDone] = useState<'' | 'somebody' | 'viewer'>('');
  const [accept, busy] = useSend(Accept);
  const submit = async () => {
    const empty = offer.needsPassword && !password;
    setMissing(empty ? t.missingPassword : '');
    if (empty) { form.clear(); toFirstError(form.ref.current); return; }
    const outcome = await accept({ input: { token, cookie: true, ...(offer.needsPassword ? { password } : {}) } });
    if (isDead(outcome)) { died(); return; }
    if (!form.take(outcome)) return;
    if (outcome.payload.accessToken) { await goOn(outcome.payload); return; }
    const active = () => session().viewer.memberships?.filter((m) => m.status === 'ACTIVE').length ?? 0;
    const before = active();
    if (session().token) await again().catch(() => undefined);
    setDone(active() > before ? 'viewer' : 'somebody');
  };
  const organization = offer.organizationName ?? house.name;
  if (done) return (
    <>
      <Head title={t.acceptedTitle} later>{done === 'viewer' ? t.acceptedHere(organization) : offer.organizationName ? t.accepted(organization) : t.acceptedStaff}</Head>
      {done === 'viewer' ? <div className="ln-ways"><Button component={Link} href="/choose" size="md" fullWidth>{t.choose}</Button></div>
        : viewer.kind === 'ANONYMOUS' ? <Ways />
          : <><Present /><div className="ln-ways"><Button size="md" fullWidth onClick={() => void signOut().then(() => navigate('/'))}>{t.toSignIn}</Button></div></>}
    </>
  );
  return (
    <>
      <Head title={t.invitationTitle}>{offer.organizationName ? t.invitationTo(organization) : t.invitationStaff(organization)} {offer.needsPassword ? t.newcomer : t.known}</Head>
      <Present other={offer.needsPassword} />
      <dl className="f-facts ln-facts">
        <dt>{t.person}</dt><dd>{offer.name}<br /><span className="muted">{offer.email}</span></dd>
        <dt>{t.organization}</dt><dd>{offer.organizationName ?? `${house.name}, ${t.staff}`}</dd>
        <dt>{t.role}</dt><dd>{offer.roleName}</dd>
      </dl>
      <Form form={form} names={['password']} label={t.invitationTitle} onSubmit={() => void submit()}>
        {offer.needsPassword && <>
          {/* for the browser's memory of passwords, which wants to know whose it is */}
          <input type="email" name="email" autoComplete="username" value={offer.email} readOnly hidden />
          <NewPassword size="md" label={t.newPassword} value={password} onChange={setPassword} error={missing || form.error('password')} />
        </>}
        <Button type="submit" size="md" fullWidth loading={busy}>{t.accept}</Button>
      </Form>
    </>
  );
}
