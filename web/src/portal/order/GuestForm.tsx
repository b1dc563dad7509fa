import { useRef, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useSearch } from 'wouter';
import { graphql } from '../../lib/graphql.ts';
import { enter } from '../../lib/session.ts';
import { Form, useAction, useForm } from '../../ui/form.tsx';
import { house } from '../../ui/house.ts';
import { Notice, useTitle } from '../../ui/kit.tsx';
import { kitWords } from '../../words/index.ts';
import { trackText } from '../pages/Track.tsx';
import { asked } from '../../lib/visit.ts';

const RequestCode = graphql(`mutation RequestCode($input: RequestOrderCodeInput!) { requestOrderCode(input: $input) { minutes userErrors { field code message } } }`);
const Open = graphql(`mutation OpenOrder($input: OpenOrderInput!) { openOrder(input: $input) { accessToken expiresAt orderId userErrors { field code message } } }`);

/** Asks for number and address, and then for the code that was sent there. What
 * is said is the same whether or not both belong together. */
export function GuestForm() {
  const t = trackText.use();
  const k = kitWords.use();
  const query = new URLSearchParams(useSearch());
  const before = useRef(asked.get()).current;
  const [number, setNumber] = useState(query.get('number') ?? before?.number ?? '');
  const [email, setEmail] = useState(query.get('email') ?? before?.email ?? '');
  const [minutes, setMinutes] = useState<number | null>(null);
  const [code, setCode] = useState('');
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [resent, setResent] = useState(false);
  const form = useForm();
  const [request, asking] = useAction(RequestCode);
  const [open, opening] = useAction(Open);
  useTitle(minutes ? t.codeTitle : t.title);
  const of = { number: number.trim(), email: email.trim() };

  const ask = async (again: boolean) => {
    const empty = Object.fromEntries(Object.entries(of).filter(([, v]) => !v).map(([key]) => [key, t.missing]));
    setMissing(empty);
    setResent(false);
    if (Object.keys(empty).length) { setTimeout(() => form.ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0); return; }
    const outcome = await request({ input: of });
    if (!form.take(outcome)) return;
    asked.set(of);
    setMinutes(outcome.payload.minutes);
    setResent(again);
    setCode('');
  };
  const show = async () => {
    const digits = code.replace(/\D/g, '');
    if (digits.length !== 8) { setMissing({ code: t.codeMissing }); setTimeout(() => form.ref.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(), 0); return; }
    setMissing({});
    const outcome = await open({ input: { ...of, code: digits } });
    if (!form.take(outcome)) return;
    const { accessToken, expiresAt } = outcome.payload;
    if (accessToken && expiresAt) await enter({ accessToken, expiresAt }, true);
  };

  if (minutes === null) {
    return (
      <>
        <h1 tabIndex={-1}>{t.title}</h1>
        <p className="muted tr-lead">{t.text}</p>
        {before?.ended && <div className="tr-notice"><Notice tone="warn">{t.ended}</Notice></div>}
        <Form form={form} names={['number', 'email']} label={t.title} onSubmit={() => void ask(false)}>
          <TextInput label={t.number} description={t.numberHint} size="md" name="number" autoComplete="off" autoCapitalize="characters" spellCheck={false} value={number} onChange={(e) => setNumber(e.currentTarget.value)} error={missing.number ?? form.error('number')} />
          <TextInput label={t.email} description={t.emailHint} size="md" type="email" name="email" autoComplete="email" value={email} onChange={(e) => setEmail(e.currentTarget.value)} error={missing.email ?? form.error('email')} />
          <Button type="submit" size="md" fullWidth loading={asking}>{t.send}</Button>
        </Form>
      </>
    );
  }
  return (
    <>
      <h1 tabIndex={-1}>{t.codeTitle}</h1>
      <p className="muted tr-lead" role="status">{t.codeText(of.number, of.email)} {t.minutes(minutes)}{house.mailbox && <> <a href="/mailbox" target="_blank" rel="noreferrer">{t.mailbox}</a></>}</p>
      {resent && <div className="tr-notice" role="status"><Notice tone="good">{t.sentAgain}</Notice></div>}
      <Form form={form} names={['code']} label={t.codeTitle} onSubmit={() => void show()}>
        <TextInput label={t.code} description={t.codeHint} size="md" name="code" inputMode="numeric" autoComplete="one-time-code" autoFocus maxLength={12} classNames={{ input: 'tr-code' }} value={code} onChange={(e) => { setCode(e.currentTarget.value); form.clear(); }} error={missing.code ?? form.error('code')} />
        <Button type="submit" size="md" fullWidth loading={opening}>{t.open}</Button>
      </Form>
      <div className="tr-links">
        <Button variant="subtle" size="compact-md" loading={asking} onClick={() => void ask(true)}>{t.again}</Button>
        <Button variant="subtle" size="compact-md" onClick={() => { setMinutes(null); form.clear(); setMissing({}); }}>{k.back}: {t.change}</Button>
      </div>
    </>
  );
}
