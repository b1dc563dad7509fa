import { useState } from 'react';
import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { actAs, remembered, undecided } from '../../lib/act.ts';
import { enter, session, type Tokens } from '../../lib/session.ts';
import { words } from '../../lib/words.ts';
import { house } from '../../ui/house.ts';
import { Avatar, useTitle } from '../../ui/kit.tsx';
import { signIn, SignInForm } from '../../ui/signin.tsx';
import { kitWords } from '../../words/index.ts';
import { roleName } from '../../words/roleNames.ts';
import { Frame } from '../Frame.tsx';
import en from './SignIn.en.ts';

const text = words('SignIn', en);

/** The door, for whoever is not signed in. The page that was asked for is
 * still in the address, and is what they see next. */
export default function SignIn() {
  const t = text.use();
  const k = kitWords.use();
  const [busy, setBusy] = useState('');
  useTitle(k.signIn);
  const done = async (tokens: Tokens) => {
    let { viewer } = await enter(tokens);
    // The server goes on with what was used last, maybe elsewhere; this device goes on with what was chosen here.
    const chosen = remembered(viewer);
    if (chosen && chosen !== viewer.membership?.id && await actAs(chosen).catch(() => false)) ({ viewer } = session());
    if (viewer.kind === 'STAFF' && location.pathname === '/' && !undecided(viewer)) location.assign('/console/');
  };
  const demo = async (email: string, password: string) => {
    setBusy(email);
    try {
      const got = await signIn(email, password);
      if (!Array.isArray(got)) await done(got);
    } finally { setBusy(''); }
  };
  return (
    <Frame>
      <h1>{t.title}</h1>
      <p className="muted">{t.text}</p>
      <SignInForm done={done} />
      <p className="si-small"><Link href="/password/forgotten">{t.forgotten}</Link></p>
      <div className="si-or"><span>{t.or}</span></div>
      <Button component={Link} href="/track" variant="default" size="md" fullWidth>{t.track}</Button>
      {!!house.demo?.length && (
        <section className="si-demo" aria-labelledby="demo">
          <h2 id="demo">{t.demo}</h2><p className="muted">{t.demoText}</p>
          <ul>{house.demo.filter((a) => !a.staff || ['STAFF_AGENT', 'STAFF_ADMIN', 'STAFF_FULFILLMENT'].includes(a.role)).map((a) => (
            <li key={a.email}><button type="button" disabled={!!busy} data-busy={busy === a.email || undefined} onClick={() => void demo(a.email, a.password)}>
              <Avatar name={a.name} /><span><b>{a.name}</b><small>{roleName({ key: a.role, name: a.role })} · {a.organization}</small></span>
            </button></li>
          ))}</ul>
        </section>
      )}
    </Frame>
  );
}
