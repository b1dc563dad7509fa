import { useState } from 'react';
import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql, type ResultOf, type VariablesOf } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm } from '../form.tsx';
import { Card, CopyButton, Failure, Loading, Notice } from '../kit.tsx';
import { toast } from '../toasts.tsx';
import { IconKey } from '../icons.ts';
import { kitWords } from '../../words/index.ts';
import { Devices } from './Devices.tsx';
import { spoken } from './spoken.ts';
import { accountWords } from './texts.ts';

const Settings = graphql(`query NotificationSettings { viewer { notificationSettings @_optional {
  wholeOrganization language timeZone digest digestHour webhookUrl pushKey
  kinds { kind channels } quietHours { from to } devices { key name createdAt }
} } }`);
const Change = graphql(`mutation ChangeNotificationSettings($input: ChangeNotificationSettingsInput!) {
  changeNotificationSettings(input: $input) {
    settings {
      wholeOrganization language timeZone digest digestHour webhookUrl pushKey
      kinds { kind channels } quietHours { from to } devices { key name createdAt }
    }
    webhookSecret userErrors { field code message }
  }
}`);
type Settings = NonNullable<ResultOf<typeof Settings>['viewer']['notificationSettings']>;
type Input = VariablesOf<typeof Change>['input'];
type Channel = Settings['kinds'][number]['channels'][number];
const channels: Channel[] = ['MAIL', 'PUSH', 'WEBHOOK'];

/** Saves one part of the settings; the others stay as they are. */
function useSave() {
  const form = useForm();
  const [change, busy] = useAction(Change);
  const save = async (input: Input) => {
    const done = await change({ input });
    if (!form.take(done)) return null;
    if (input.language) await spoken();
    toast(accountWords.get().saved);
    return done.payload;
  };
  return { form, busy, save };
}

function Kinds({ settings }: { settings: Settings }) {
  const t = accountWords.use();
  const k = kitWords.use();
  const { form, busy, save } = useSave();
  const [kinds, setKinds] = useState(settings.kinds);
  const [whole, setWhole] = useState(settings.wholeOrganization);
  const turn = (kind: string, channel: Channel) => setKinds(kinds.map((x) => (x.kind !== kind ? x
    : { ...x, channels: x.channels.includes(channel) ? x.channels.filter((c) => c !== channel) : [...x.channels, channel] })));
  return (
    <Card title={t.tell}>
      <p className="a-lead">{t.tellText}</p>
      <Form form={form} onSubmit={() => void save({ kinds: kinds.map(({ kind, channels }) => ({ kind, channels })), wholeOrganization: whole })} label={t.tell}>
        <table className="a-kinds">
          <thead><tr><th scope="col">{t.event}</th>{channels.map((c) => <th key={c} scope="col">{t.channels[c]}</th>)}</tr></thead>
          <tbody>{kinds.map((x) => (
            <tr key={x.kind}>
              <th scope="row">{t.kinds[x.kind]}</th>
              {channels.map((c) => (
                <td key={c}><label><input type="checkbox" checked={x.channels.includes(c)} onChange={() => turn(x.kind, c)} aria-label={t.by(t.kinds[x.kind], t.channels[c])} /></label></td>
              ))}
            </tr>
          ))}</tbody>
        </table>
        <Switch label={t.whole} description={t.wholeText} checked={whole} onChange={(e) => setWhole(e.currentTarget.checked)} />
        <FormEnd label={k.save} busy={busy} />
      </Form>
    </Card>
  );
}

const zones = (present: string) => {
  const all = Intl.supportedValuesOf('timeZone');
  return [...new Set(['UTC', present, ...all])].sort().map((z) => ({ value: z, label: z.replaceAll('_', ' ') }));
};
const hours = Array.from({ length: 24 }, (_, h) => ({ value: String(h), label: `${String(h).padStart(2, '0')}:00` }));

function When({ settings }: { settings: Settings }) {
  const t = accountWords.use();
  const k = kitWords.use();
  const { form, busy, save } = useSave();
  const [language, setLanguage] = useState(settings.language);
  const [zone, setZone] = useState(settings.timeZone);
  const [digest, setDigest] = useState(settings.digest);
  const [hour, setHour] = useState(String(settings.digestHour));
  const [quiet, setQuiet] = useState(!!settings.quietHours);
  const [from, setFrom] = useState(settings.quietHours?.from ?? '20:00');
  const [to, setTo] = useState(settings.quietHours?.to ?? '07:00');
  const submit = () => save({
    language: language === settings.language ? undefined : language, timeZone: zone, digest, digestHour: Number(hour),
    quietHours: quiet ? { from, to } : { from: '00:00', to: '00:00' }, // equal times mean never
  });
  return (
    <Card title={t.when}>
      <Form form={form} names={['timeZone', 'digestHour', 'from', 'to', 'quietHours']} onSubmit={() => void submit()} label={t.when}>
        <div className="f-two">
          <NativeSelect label={t.language} value={language} onChange={(e) => setLanguage(e.currentTarget.value as Settings['language'])} data={Object.entries(t.languages).map(([value, label]) => ({ value, label }))} />
          <NativeSelect label={t.timeZone} value={zone} onChange={(e) => setZone(e.currentTarget.value)} data={zones(zone)} error={form.error('timeZone')} />
          <NativeSelect label={t.digest} value={digest} onChange={(e) => setDigest(e.currentTarget.value as Settings['digest'])} data={Object.entries(t.digests).map(([value, label]) => ({ value, label }))} />
          {digest === 'DAILY' && <NativeSelect label={t.digestHour} value={hour} onChange={(e) => setHour(e.currentTarget.value)} data={hours} error={form.error('digestHour')} />}
        </div>
        <Switch label={t.quietOn} description={t.quietText} checked={quiet} onChange={(e) => setQuiet(e.currentTarget.checked)} />
        {quiet && (
          <div className="f-two" role="group" aria-label={t.quiet}>
            <TextInput type="time" label={t.from} value={from} onChange={(e) => setFrom(e.currentTarget.value)} error={form.error('from') ?? form.error('quietHours')} />
            <TextInput type="time" label={t.to} value={to} onChange={(e) => setTo(e.currentTarget.value)} error={form.error('to')} />
          </div>
        )}
        <FormEnd label={k.save} busy={busy} />
      </Form>
    </Card>
  );
}

function Webhook({ settings }: { settings: Settings }) {
  const t = accountWords.use();
  const k = kitWords.use();
  const { form, busy, save } = useSave();
  const [url, setUrl] = useState(settings.webhookUrl ?? '');
  const [secret, setSecret] = useState<string | null>(null);
  const submit = async () => {
    const done = await save({ webhookUrl: url.trim() });
    if (done) setSecret(done.webhookSecret);
  };
  return (
    <Card title={t.webhook}>
      <p className="a-lead">{t.webhookText}</p>
      <Form form={form} names={['webhookUrl']} onSubmit={() => void submit()} label={t.webhook}>
        <TextInput type="url" label={t.webhookUrl} description={t.webhookHint} value={url} onChange={(e) => setUrl(e.currentTarget.value)} error={form.error('webhookUrl')} />
        {secret && <div role="status"><Notice tone="warn" icon={<IconKey size={17} />}><b>{t.secret}</b><br />{t.secretText}<div className="a-secret"><code>{secret}</code><CopyButton text={secret} /></div></Notice></div>}
        <FormEnd label={k.save} busy={busy} />
      </Form>
    </Card>
  );
}

/** What one is told, how, and when. */
export function Alerts() {
  const [{ data, error }, again] = useQuery({ query: Settings });
  if (error && !data) return <Failure error={error} retry={() => again({ requestPolicy: 'network-only' })} />;
  const settings = data?.viewer.notificationSettings;
  if (!settings) return <div className="f-stack a-narrow"><Loading rows={8} card /><Loading rows={4} card /></div>;
  return (
    <div className="f-stack a-narrow">
      <Kinds settings={settings} />
      <When settings={settings} />
      <Devices devices={settings.devices} pushKey={settings.pushKey} />
      <Webhook settings={settings} />
    </div>
  );
}
