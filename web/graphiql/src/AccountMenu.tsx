import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useSchemaStore } from '@graphiql/react';
import { query, setToken } from './api';
import { signIn, whoAmI } from './examples';
import { Chevron, roleName } from './ExamplesMenu';

/** A row of accounts.json: an account of the demo data, which may be shown with its password. */
interface DemoAccount {
  name: string;
  role: string;
  email: string;
  password: string;
}

interface Who {
  name: string;
  role: string;
  email: string;
}

/** The token for an account, or an error whose message can be shown. */
async function tokenFor(email: string, password: string): Promise<string> {
  const { data, errors } = await query({ query: signIn, operationName: 'SignIn', variables: { input: { email, password } } });
  const token: string | undefined = data?.signIn?.accessToken;
  if (token) return token;
  throw new Error(data?.signIn?.userErrors?.[0]?.message ?? errors?.[0]?.message ?? 'The server gave no token.');
}

async function viewer(): Promise<{ name?: string; role?: { name?: string } | null } | null> {
  try {
    return (await query({ query: whoAmI, operationName: 'WhoAmI' })).data?.viewer ?? null;
  } catch {
    return null; // The label then says the name that was used to sign in.
  }
}

export function AccountMenu() {
  const { introspect } = useSchemaStore();
  const [accounts, setAccounts] = useState<DemoAccount[]>([]);
  const [who, setWho] = useState<Who | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState('');
  const panel = useRef<HTMLDivElement>(null);

  useEffect(() => {
    fetch('./accounts.json', { credentials: 'omit' })
      .then((response) => (response.ok ? response.json() : []))
      .then(setAccounts, () => setAccounts([]));
  }, []);

  async function enter(email: string, password: string) {
    setBusy(true);
    setError('');
    try {
      // As nobody: a token that has run out would be refused before the password is looked at.
      setToken(null);
      setToken(await tokenFor(email, password));
      const account = accounts.find((a) => a.email === email);
      const me = await viewer();
      setWho({
        email,
        name: me?.name ?? account?.name ?? email,
        role: me?.role?.name ?? account?.role ?? '',
      });
      panel.current?.hidePopover();
    } catch (cause) {
      setWho(null);
      setError(cause instanceof Error ? cause.message : String(cause));
    } finally {
      setBusy(false);
      // Another role, another schema: the documentation and the suggestions must follow.
      void introspect();
    }
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const fields = new FormData(form);
    void enter(String(fields.get('email')), String(fields.get('password'))).then(() => form.reset());
  }

  function leave() {
    setToken(null);
    setWho(null);
    setError('');
    panel.current?.hidePopover();
    void introspect();
  }

  return (
    <div className="account">
      <button type="button" className={who ? 'flat who' : 'solid'} popoverTarget="account" aria-live="polite">
        {who ? (
          <>
            <span className="name">{who.name}</span>
            {who.role && <span className="chip">{readable(who.role)}</span>}
            <Chevron />
          </>
        ) : (
          'Sign in'
        )}
      </button>
      <div id="account" className="panel right" popover="auto" ref={panel} role="group" aria-label="Sign in">
        {who && (
          <div className="current">
            <span>
              <strong>{who.name}</strong>
              <small>{who.email}</small>
            </span>
            <button type="button" className="outline" onClick={leave}>Sign out</button>
          </div>
        )}
        {accounts.length > 0 && (
          <>
            <h2>Demo accounts</h2>
            <ul className="accounts">
              {accounts.map((account) => (
                <li key={account.email}>
                  <button
                    type="button"
                    className="row"
                    disabled={busy}
                    aria-current={who?.email === account.email || undefined}
                    onClick={() => void enter(account.email, account.password)}
                  >
                    <span>{account.name}</span>
                    <small>{readable(account.role)}</small>
                  </button>
                </li>
              ))}
            </ul>
            <h2>Another account</h2>
          </>
        )}
        <form onSubmit={submit}>
          <label>
            Email
            <input name="email" type="email" autoComplete="username" required spellCheck={false} />
          </label>
          <label>
            Password
            <input name="password" type="password" autoComplete="current-password" required />
          </label>
          {error && <p className="error" role="alert">{error}</p>}
          <button type="submit" className="solid" disabled={busy}>{busy ? 'Signing in…' : 'Sign in'}</button>
        </form>
        <p className="hint">The token stays in this tab’s memory. Reloading the page signs you out.</p>
      </div>
    </div>
  );
}

/** Role codes as words; a name that is already words stays as it is. */
function readable(role: string) {
  return /^[A-Z_]+$/.test(role) ? roleName(role) : role;
}
