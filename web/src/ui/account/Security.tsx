import { useState } from 'react';
import { Button, PasswordInput } from '@mantine/core';
import { useQuery } from 'urql';
import { ago } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useTell } from '../form.tsx';
import { IconDevices, IconPhone } from '../icons.ts';
import { Card, Dialog, Failure, Loading, Pill, Time } from '../kit.tsx';
import { useSession } from '../root.tsx';
import { toast } from '../toasts.tsx';
import { Confirm } from './Confirm.tsx';
import { device, useDeviceName } from './device.ts';
import { NewPassword } from './Password.tsx';
import { accountWords } from './texts.ts';

const Sessions = graphql(`query Sessions { viewer { user { id email @_optional } sessions { id client userAgent createdAt lastUsedAt current } } }`);
const End = graphql(`mutation EndSession($input: EndSessionInput!) { endSession(input: $input) { session { id endedAt } userErrors { field code message } } }`);
const Change = graphql(`mutation ChangePassword($input: ChangePasswordInput!) { changePassword(input: $input) { endedSessions userErrors { field code message } } }`);
type Session = ResultOf<typeof Sessions>['viewer']['sessions'][number];

function PasswordForm({ email, changed }: { email?: string | null; changed: () => void }) {
  const t = accountWords.use();
  const form = useForm();
  const [change, busy] = useAction(Change);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const submit = async () => {
    const done = await change({ input: { current, password: next } });
    if (!form.take(done)) return;
    setCurrent(''); setNext('');
    toast(t.passwordChanged(done.payload.endedSessions));
    changed();
  };
  return (
    <Form form={form} names={['current', 'password']} onSubmit={() => void submit()} label={t.passwordTitle}>
      <input type="email" name="username" autoComplete="username" value={email ?? ''} readOnly hidden aria-hidden tabIndex={-1} />
      <PasswordInput label={t.current} name="current-password" autoComplete="current-password" required withAsterisk={false} value={current} onChange={(e) => setCurrent(e.currentTarget.value)} error={form.error('current')} />
      <NewPassword label={t.next} value={next} onChange={setNext} error={form.error('password')} />
      <p className="muted">{t.passwordText}</p>
      <FormEnd label={t.changePassword} busy={busy} disabled={!current || !next} />
    </Form>
  );
}

/** The password, and where one is signed in. */
export function Security() {
  const t = accountWords.use();
  const tell = useTell();
  const name = useDeviceName();
  const { viewer } = useSession();
  const [{ data, error }, again] = useQuery({ query: Sessions, requestPolicy: 'cache-and-network' });
  const [end, ending] = useAction(End);
  const [asked, setAsked] = useState<Session[] | null>(null);
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  const reload = () => again({ requestPolicy: 'network-only' });
  const all = [...(data?.viewer.sessions ?? [])].sort((a, b) => Number(b.current) - Number(a.current));
  const others = all.filter((s) => !s.current);
  const run = async () => {
    for (const s of asked ?? []) if (!tell(await end({ input: { sessionId: s.id } }))) { setAsked(null); reload(); return; }
    setAsked(null);
    toast(t.ended);
    reload();
  };
  const many = (asked?.length ?? 0) > 1;
  return (
    <div className="f-stack a-narrow">
      <Card title={t.passwordTitle}><PasswordForm key={viewer.id} email={data?.viewer.user?.email} changed={reload} /></Card>
      <Card title={t.sessions} flush aside={others.length > 1 ? <Button variant="default" size="compact-sm" onClick={() => setAsked(others)}>{t.endOthers}</Button> : undefined}>
        {!data ? <Loading rows={2} /> : (
          <ul className="f-rows">{all.map((s) => {
            const d = device(s.userAgent);
            return (
              <li key={s.id} className="a-row">
                <span className="a-mark" aria-hidden>{d.phone ? <IconPhone size={18} /> : <IconDevices size={18} />}</span>
                <div><b>{name(s.userAgent)}</b><small>{t.lastUsed} <Time at={s.lastUsedAt}>{ago(s.lastUsedAt)}</Time> · {t.signedIn} <Time at={s.createdAt} /></small></div>
                {s.current ? <Pill tone="good">{t.thisDevice}</Pill> : <Button variant="default" size="compact-md" onClick={() => setAsked([s])}>{t.end}</Button>}
              </li>
            );
          })}</ul>
        )}
        {data && !others.length && <p className="f-foot">{t.onlyHere}</p>}
      </Card>
      <Dialog open={!!asked} onClose={() => setAsked(null)} title={many ? t.endOthersTitle : t.endTitle}>
        <p className="muted">{many ? t.endOthersText(asked!.length) : t.endText(name(asked?.[0]?.userAgent))}</p>
        <Confirm label={many ? t.endOthers : t.end} busy={ending} run={() => void run()} cancel={() => setAsked(null)} />
      </Dialog>
    </div>
  );
}
