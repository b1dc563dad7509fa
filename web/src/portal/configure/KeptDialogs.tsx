import { useState } from 'react';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { day } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useKey, useTell, useVersioned } from '../../ui/form.tsx';
import { CopyButton, Dialog, Loading } from '../../ui/kit.tsx';
import { written } from '../../ui/ownWrites.ts';
import { toast } from '../../ui/toasts.tsx';
import { Keep, KeptFields, type Kept } from '../../ui/configure/documents.ts';
import { moreWords } from './keptMoreWords.ts';
import { keptWords } from './keptWords.ts';

const Copy = graphql(`mutation CopyConfiguration($input: CopyConfigurationInput!, $key: String!) {
  copyConfiguration(input: $input) @idempotent(key: $key) { configuration { id name } userErrors { field code message } }
}`);
const Delete = graphql(`mutation DeleteConfiguration($input: DeleteConfigurationInput!) { deleteConfiguration(input: $input) { deletedId userErrors { field code message } } }`);
const HandOver = graphql(`mutation HandOverConfiguration($input: HandOverConfigurationInput!, $key: String!) {
  handOverConfiguration(input: $input) @idempotent(key: $key) { configuration { ...KeptFields } userErrors { field code message } }
}`, [KeptFields]);
const Share = graphql(`mutation ShareConfiguration($input: ShareConfigurationInput!) {
  shareConfiguration(input: $input) { code expiresAt configuration { id shares @_optional { id createdAt expiresAt isActive } } userErrors { field code message } }
}`);
const Revoke = graphql(`mutation RevokeShare($input: RevokeShareInput!) {
  revokeShare(input: $input) { configuration { id shares @_optional { id createdAt expiresAt isActive } } userErrors { field code message } }
}`);
const Links = graphql(`query ConfigurationLinks($id: ID!) { configuration(id: $id) { id shares @_optional { id createdAt expiresAt isActive } } }`);

const useWords = () => ({ ...keptWords.use(), ...moreWords.use() });

export type KeptDialog = 'rename' | 'copy' | 'delete' | 'handOver' | 'share';

/** The dialogs of a configuration that is kept. */
export default function KeptDialogs({ which, kept, reload, close, go }: { which: KeptDialog; kept: Kept; reload: () => void; close: () => void; go: (to: string) => void }) {
  switch (which) {
    case 'rename': return <Rename kept={kept} reload={reload} close={close} />;
    case 'copy': return <CopyIt kept={kept} close={close} go={go} />;
    case 'delete': return <Remove kept={kept} close={close} go={go} />;
    case 'handOver': return <Hand kept={kept} reload={reload} close={close} />;
    case 'share': return <ShareIt kept={kept} close={close} />;
  }
}

function Rename({ kept: k, reload, close }: { kept: Kept; reload: () => void; close: () => void }) {
  const t = useWords();
  const [name, setName] = useState(k.name);
  const { form, busy, send } = useVersioned(k.version, reload, (version) => written(k.id, version));
  const [keep] = useAction(Keep);
  const submit = async () => { if (await send({ name }, (version, key) => keep({ input: { id: k.id, version, name: name.trim() }, key }), t.renamed)) close(); };
  return (
    <Dialog open onClose={close} title={t.renameTitle}>
      <Form form={form} names={['name']} onSubmit={() => void submit()} label={t.renameTitle}>
        <TextInput label={t.name} maxLength={120} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        <FormEnd label={t.save} busy={busy} onCancel={close} disabled={!name.trim()} />
      </Form>
    </Dialog>
  );
}

function CopyIt({ kept: k, close, go }: { kept: Kept; close: () => void; go: (to: string) => void }) {
  const t = useWords();
  const form = useForm();
  const keyFor = useKey();
  const [copy, busy] = useAction(Copy);
  const [name, setName] = useState(t.copyName(k.name).slice(0, 120));
  const submit = async () => {
    const input = { id: k.id, name: name.trim() };
    const outcome = await copy({ input, key: keyFor(input) });
    if (!form.take(outcome) || !outcome.payload.configuration) return;
    toast(t.copied);
    close();
    go(`/configurations/${outcome.payload.configuration.id}`);
  };
  return (
    <Dialog open onClose={close} title={t.copy}>
      <Form form={form} names={['name']} onSubmit={() => void submit()} label={t.copy}>
        <TextInput label={t.name} maxLength={120} value={name} onChange={(e) => setName(e.currentTarget.value)} error={form.error('name')} />
        <FormEnd label={t.copy} busy={busy} onCancel={close} disabled={!name.trim()} />
      </Form>
    </Dialog>
  );
}

function Remove({ kept: k, close, go }: { kept: Kept; close: () => void; go: (to: string) => void }) {
  const t = useWords();
  const form = useForm();
  const [remove, busy] = useAction(Delete);
  const submit = async () => {
    if (!form.take(await remove({ input: { id: k.id } }))) return;
    toast(t.removed);
    close();
    go('/configurations');
  };
  return (
    <Dialog open onClose={close} title={t.removeTitle}>
      <Form form={form} onSubmit={() => void submit()} label={t.removeTitle}><p>{t.removeText(k.name)}</p><FormEnd label={t.remove} busy={busy} onCancel={close} danger /></Form>
    </Dialog>
  );
}

function Hand({ kept: k, reload, close }: { kept: Kept; reload: () => void; close: () => void }) {
  const t = useWords();
  const [to] = useState<'SALES' | 'CUSTOMER'>(k.turn === 'SALES' ? 'CUSTOMER' : 'SALES');
  const away = to === 'SALES';
  const [message, setMessage] = useState('');
  const { form, busy, send } = useVersioned(k.version, reload, (version) => written(k.id, version));
  const [hand] = useAction(HandOver);
  const submit = async () => {
    const wish = { to, message: message.trim() || null };
    if (await send(wish, (version, key) => hand({ input: { id: k.id, version, ...wish }, key }), away ? t.handedOver : t.takenBack)) close();
  };
  return (
    <Dialog open onClose={close} title={away ? t.handOverTitle : t.takeBackTitle}>
      <p className="muted" style={{ marginBottom: 14 }}>{away ? t.handOverText : t.takeBackText}</p>
      <Form form={form} names={['message']} onSubmit={() => void submit()} label={away ? t.handOverTitle : t.takeBackTitle}>
        <Textarea label={t.message} maxLength={1000} autosize minRows={3} value={message} onChange={(e) => setMessage(e.currentTarget.value)} error={form.error('message')} />
        <FormEnd label={away ? t.handOver : t.takeBack} busy={busy} onCancel={close} />
      </Form>
    </Dialog>
  );
}

function ShareIt({ kept: k, close }: { kept: Kept; close: () => void }) {
  const t = useWords();
  const form = useForm();
  const tell = useTell();
  const [share, busy] = useAction(Share);
  const [revoke, revoking] = useAction(Revoke);
  const [days, setDays] = useState('14');
  const [link, setLink] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: Links, variables: { id: k.id }, requestPolicy: 'cache-and-network' });
  const shares = data?.configuration?.shares;
  const submit = async () => {
    const outcome = await share({ input: { id: k.id, days: Number(days) } }); // a code is shown once, so a repeat makes another
    if (!form.take(outcome) || !outcome.payload.code) return;
    setLink(`${location.origin}/shared/${outcome.payload.code}`);
  };
  return (
    <Dialog open onClose={close} title={t.shareTitle}>
      <p className="muted" style={{ marginBottom: 14 }}>{t.shareText}</p>
      <Form form={form} names={['days']} onSubmit={() => void submit()} label={t.shareTitle}>
        <div style={{ display: 'flex', gap: 8, alignItems: 'flex-end' }}>
          <NativeSelect style={{ flex: 1 }} label={t.shareDays} value={days} onChange={(e) => setDays(e.currentTarget.value)} error={form.error('days')} data={[1, 7, 14, 30, 90].map((n) => ({ value: String(n), label: t.days(n) }))} />
          <Button type="submit" loading={busy}>{t.shareMake}</Button>
        </div>
      </Form>
      <div role="status" aria-live="polite">{link && (
        <div style={{ marginTop: 14, display: 'grid', gap: 4 }}>
          <TextInput label={t.shareLink} description={t.shareOnce} readOnly value={link} onFocus={(e) => e.currentTarget.select()} rightSection={<CopyButton text={link} />} />
        </div>
      )}</div>
      <h3 style={{ margin: '20px 0 6px' }}>{t.links}</h3>
      {!shares ? <Loading rows={2} /> : !shares.length ? <p className="muted">{t.noLinks}</p> : (
        <ul>{shares.map((x) => (
          <li key={x.id} style={{ display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 12, padding: '7px 0', borderBottom: '1px solid var(--line)' }}>
            <span>{t.linkMade(day(x.createdAt))}<small className="muted" style={{ display: 'block' }}>{x.isActive ? t.linkUntil(day(x.expiresAt)) : t.linkOver}</small></span>
            {x.isActive && <Button size="compact-sm" variant="default" loading={revoking} aria-label={t.revokeOf(day(x.createdAt))}
              onClick={() => void revoke({ input: { configurationId: k.id, shareId: x.id } }).then((o) => { if (tell(o, t.revoked)) setLink(null); })}>{t.revoke}</Button>}
          </li>
        ))}</ul>
      )}
    </Dialog>
  );
}
