import { useEffect, useState, type ReactNode } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Link } from 'wouter';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { enter } from '../../lib/session.ts';
import { words } from '../../lib/words.ts';
import { NewPassword } from '../../ui/account/Password.tsx';
import { Form, useAction, useForm, type Outcome } from '../../ui/form.tsx';
import { Loading, useTitle } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { Frame } from '../Frame.tsx';
import en from './Links.en.ts';

const text = words('Links', en);

const Request = graphql(`mutation RequestPasswordLink($input: RequestPasswordLinkInput!) { requestPasswordLink(input: $input) { minutes userErrors { field code message } } }`);
const SetPassword = graphql(`mutation SetPassword($input: SetPasswordInput!) { setPassword(input: $input) { accessToken expiresAt userErrors { field code message } } }`);
const Open = graphql(`mutation OpenInvitation($input: OpenInvitationInput!) {
  openInvitation(input: $input) { invitation { name email organizationName roleName needsPassword } userErrors { field code message } }
}`);
const Accept = graphql(`mutation AcceptInvitation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { accepted accessToken expiresAt userErrors { field code message } } }`);
const SetUp = graphql(`mutation SetUpAdministrator($input: SetUpAdministratorInput!) { setUpAdministrator(input: $input) { accessToken expiresAt userErrors { field code message } } }`);

type Used = 'password' | 'invitation' | 'setup';
type Invitation = NonNullable<ResultOf<typeof Open>['openInvitation']['invitation']>;

// The token stands in the address's fragment, which no server sees. It is read
// once, when this page is loaded, and taken out of the history at once.
let held: { path: string; token: string } | null = null;
function takeToken(): string {
  if (location.hash.length > 1) {
    let token = location.hash.slice(1);
    try { token = decodeURIComponent(token.replaceAll('+', ' ')); } catch { token = ''; }
    held = { path: location.pathname, token };
    history.replaceState(history.state, '', location.pathname);
  }
  return held?.path === location.pathname ? held.token : '';
}

const spent = (o: Outcome<unknown>) => !o.ok && o.refusals.some((r) => r.code === 'INVALID_LINK');

/** Goes on with what a link has opened, as whoever it was for. */
async function goOn(t: { accessToken: string | null; expiresAt: string | null }, to: string): Promise<void> {
  if (!t.accessToken || !t.expiresAt) return;
  held = null;
  const s = await enter({ accessToken: t.accessToken, expiresAt: t.expiresAt });
  location.assign(s.viewer.kind === 'STAFF' ? '/console/' : to);
}

function Said({ title, children }: { title: string; children: ReactNode }) {
  useTitle(title);
  return <><h1 tabIndex={-1} ref={(h) => { h?.focus({ preventScroll: true }); }}>{title}</h1>{children}</>;
}
function Head({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return <><h1>{title}</h1><p className="muted">{children}</p></>;
}
function Back() {
  const t = text.use();
  return <p className="si-small" style={{ textAlign: 'left' }}><Link href="/sign-in">{t.toSignIn}</Link></p>;
}

function Forgotten() {
  const t = text.use();
  const k = kitWords.use();
  const form = useForm();
  const [request, busy] = useAction(Request);
  const [email, setEmail] = useState('');
  const [minutes, setMinutes] = useState(0);
  if (minutes) return (
    <Said title={t.forgotten.sentTitle}>
      <p className="muted">{t.forgotten.sent(email.trim(), minutes)}</p>
      <p className="muted" style={{ marginTop: -12 }}>{t.forgotten.sentHelp}</p>
      <Button variant="default" size="md" onClick={() => setMinutes(0)}>{t.forgotten.otherAddress}</Button><Back />
    </Said>
  );
  const submit = async () => {
    const done = await request({ input: { email: email.trim() } });
    if (form.take(done)) setMinutes(done.payload.minutes);
  };
  return (
    <>
      <Head title={t.forgotten.title}>{t.forgotten.text}</Head>
      <Form form={form} names={['email']} onSubmit={() => void submit()} label={t.forgotten.title}>
        <TextInput label={k.email} type="email" name="email" autoComplete="username" size="md" required withAsterisk={false} value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={form.error('email')} />
        <Button type="submit" size="md" loading={busy} disabled={!email.trim()} fullWidth>{t.forgotten.send}</Button>
      </Form>
      <Back />
    </>
  );
}

/** A link that was broken on its way, or that was good once. */
function Useless({ kind, complete }: { kind: Used; complete: boolean }) {
  const t = text.use();
  return (
    <Said title={complete ? t.usedTitle : t.incompleteTitle}>
      <p className="muted">{complete ? t.used[kind] : t.incomplete}</p>
      {kind === 'password' && <Button component={Link} href="/password/forgotten" size="md">{t.another}</Button>}<Back />
    </Said>
  );
}

function Password({ token, used }: { token: string; used: () => void }) {
  const t = text.use();
  const form = useForm();
  const [set, busy] = useAction(SetPassword);
  const [password, setPassword] = useState('');
  const submit = async () => {
    const done = await set({ input: { token, password, cookie: true } });
    if (spent(done)) used(); else if (form.take(done)) await goOn(done.payload, '/');
  };
  return (
    <>
      <Head title={t.password.title}>{t.password.text}</Head>
      <Form form={form} names={['password']} onSubmit={() => void submit()} label={t.password.title}>
        <NewPassword size="md" label={t.newPassword} value={password} onChange={setPassword} error={form.error('password')} />
        <Button type="submit" size="md" loading={busy} disabled={!password} fullWidth>{t.password.send}</Button>
      </Form>
      <Back />
    </>
  );
}

function Invited({ token, used }: { token: string; used: () => void }) {
  const t = text.use();
  const k = kitWords.use();
  const form = useForm();
  const [open] = useAction(Open);
  const [accept, busy] = useAction(Accept);
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [accepted, setAccepted] = useState(false);
  const [password, setPassword] = useState('');
  const look = async () => {
    const done = await open({ input: { token } });
    if (spent(done)) used(); else if (form.take(done)) setInvitation(done.payload.invitation);
  };
  useEffect(() => { void look(); }, [token]);
  if (accepted) return <Said title={t.invitation.acceptedTitle}><p className="muted">{t.invitation.accepted}</p><Button component={Link} href="/sign-in" size="md">{t.toSignIn}</Button></Said>;
  if (!invitation) return form.failure || form.refusals.length
    ? <><Head title={t.invitation.title} /><Form form={form} onSubmit={() => void look()}><Button type="submit" size="md">{k.retry}</Button></Form></>
    : <><Head title={t.invitation.title}>{t.checking}</Head><Loading rows={2} /></>;
  const submit = async () => {
    const done = await accept({ input: { token, cookie: true, ...(invitation.needsPassword ? { password } : {}) } });
    if (spent(done)) { used(); return; }
    if (!form.take(done)) return;
    if (done.payload.accessToken) await goOn(done.payload, '/'); else { held = null; setAccepted(true); }
  };
  const facts: [string, string][] = [[t.invitation.name, invitation.name], [k.email, invitation.email], [t.invitation.role, invitation.roleName]];
  return (
    <>
      <Head title={t.invitation.title}>{invitation.organizationName ? t.invitation.text(invitation.organizationName) : t.invitation.staff}</Head>
      <dl className="f-facts" style={{ marginBottom: 20 }}>{facts.map(([name, value]) => <div key={name} style={{ display: 'contents' }}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
      <p style={{ marginBottom: 14 }}>{invitation.needsPassword ? t.invitation.choose : t.invitation.have}</p>
      <Form form={form} names={['password']} onSubmit={() => void submit()} label={t.invitation.title}>
        {invitation.needsPassword && <>
          <input type="email" name="username" autoComplete="username" value={invitation.email} readOnly hidden aria-hidden tabIndex={-1} />
          <NewPassword size="md" label={t.newPassword} value={password} onChange={setPassword} error={form.error('password')} />
        </>}
        <Button type="submit" size="md" loading={busy} disabled={invitation.needsPassword && !password} fullWidth>{t.invitation.accept}</Button>
      </Form>
    </>
  );
}

function FirstAdministrator({ token, used }: { token: string; used: () => void }) {
  const t = text.use();
  const k = kitWords.use();
  const form = useForm();
  const [setUp, busy] = useAction(SetUp);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const submit = async () => {
    const done = await setUp({ input: { token, name: name.trim(), email: email.trim(), password, cookie: true } });
    if (spent(done)) used(); else if (form.take(done)) await goOn(done.payload, '/console/');
  };
  return (
    <>
      <Head title={t.setup.title}>{t.setup.text}</Head>
      <Form form={form} names={['name', 'email', 'password']} onSubmit={() => void submit()} label={t.setup.title}>
        <TextInput label={t.setup.name} name="name" autoComplete="name" size="md" required withAsterisk={false} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        <TextInput label={k.email} type="email" name="email" autoComplete="username" size="md" required withAsterisk={false} value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={form.error('email')} />
        <NewPassword size="md" label={t.newPassword} value={password} onChange={setPassword} error={form.error('password')} />
        <Button type="submit" size="md" loading={busy} disabled={!name.trim() || !email.trim() || !password} fullWidth>{t.setup.send}</Button>
      </Form>
    </>
  );
}

/** Pages behind links for people who are not signed in. */
export default function Links({ kind }: { kind: 'forgotten' | Used }) {
  const [token] = useState(takeToken);
  const [used, setUsed] = useState(false);
  const gone = () => setUsed(true);
  return (
    <Frame>
      {kind === 'forgotten' ? <Forgotten key={kind} />
        : !token || used ? <Useless kind={kind} complete={used} />
        : kind === 'password' ? <Password token={token} used={gone} />
        : kind === 'invitation' ? <Invited token={token} used={gone} />
        : <FirstAdministrator token={token} used={gone} />}
    </Frame>
  );
}
