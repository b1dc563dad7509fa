import { useState } from 'react';
import { Textarea } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useVersioned } from '../../ui/form.tsx';
import { Dialog } from '../../ui/kit.tsx';
import { useWork } from './work.ts';

const Do = graphql(`mutation RevokeCertificate($input: RevokeCertificateInput!, $key: String!) { revokeCertificate(input: $input) @idempotent(key: $key) {
  certificate @_optional { id status revokedAt revocation version availableActions } userErrors { field code message } } }`);

/** Revokes a certificate for good. */
export default function Revoke({ c, close, done, again }: { c: { id: string; number: string; holder?: string | null; version: number }; close: () => void; done: () => void; again: () => void }) {
  const t = useWork();
  const { form, busy, send } = useVersioned(c.version, again);
  const [run] = useAction(Do);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const submit = async () => {
    setTried(true);
    if (!reason.trim()) return;
    if (await send({ reason }, (version, key) => run({ input: { id: c.id, version, reason: reason.trim() }, key }), t.isRevoked(c.number))) done();
  };
  return <Dialog open onClose={close} title={t.revokeTitle(c.number)}><Form form={form} names={['reason']} onSubmit={() => void submit()} label={t.revokeTitle(c.number)}>
    <p>{t.revokeText(c.holder ?? '')}</p>
    <Textarea label={t.reason} description={t.revokeHint} rows={3} maxLength={500} value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={(tried && !reason.trim() && t.reasonNeeded) || form.error('reason')} />
    <FormEnd label={t.revoke} danger busy={busy} onCancel={close} /></Form></Dialog>;
}
