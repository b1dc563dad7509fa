import { useEffect, useState } from 'react';
import { Frame } from '../Frame.tsx';
import { Forgotten } from '../links/Forgotten.tsx';
import { Invitation } from '../links/Invitation.tsx';
import { Password } from '../links/Password.tsx';
import { linkToken } from '../links/send.ts';
import { Setup } from '../links/Setup.tsx';

/** The pages on the way in for people who are not signed in: where links in mails lead. */
export default function Links({ kind }: { kind: 'forgotten' | 'password' | 'invitation' | 'setup' }) {
  const [token, setToken] = useState(linkToken);
  useEffect(() => { // another link in the same tab
    const other = () => setToken(linkToken());
    other();
    addEventListener('hashchange', other);
    return () => removeEventListener('hashchange', other);
  }, [kind]);
  return (
    <Frame>
      {kind === 'forgotten' ? <Forgotten /> : kind === 'password' ? <Password key={token} token={token} />
        : kind === 'invitation' ? <Invitation key={token} token={token} /> : <Setup key={token} token={token} />}
    </Frame>
  );
}
