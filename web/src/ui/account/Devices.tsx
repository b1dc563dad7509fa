import { useState } from 'react';
import { Button } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useTell } from '../form.tsx';
import { IconDevices, IconPlus } from '../icons.ts';
import { Card, Notice, Time } from '../kit.tsx';
import { device, useDeviceName } from './device.ts';
import { accountWords } from './texts.ts';

const Add = graphql(`mutation AddPushDevice($input: AddPushDeviceInput!) {
  addPushDevice(input: $input) { settings { pushKey devices { key name createdAt } } userErrors { field code message } }
}`);
const Remove = graphql(`mutation RemovePushDevice($input: RemovePushDeviceInput!) {
  removePushDevice(input: $input) { settings { pushKey devices { key name createdAt } } userErrors { field code message } }
}`);

type Reason = 'insecure' | 'unsupported' | 'denied' | 'failed';

/** Why this browser cannot get push messages; nothing when it can. */
function obstacle(): Reason | null {
  if (!isSecureContext) return 'insecure';
  if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : null;
}

/** Registers this browser with its own push service. */
async function subscribe(pushKey: string): Promise<{ endpoint: string; p256dh: string; auth: string } | Reason> {
  if ((await Notification.requestPermission()) !== 'granted') return 'denied';
  try {
    await navigator.serviceWorker.register('/push.js');
    const worker = await navigator.serviceWorker.ready;
    const { endpoint, keys } = (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: pushKey })).toJSON();
    return endpoint && keys?.p256dh && keys.auth ? { endpoint, p256dh: keys.p256dh, auth: keys.auth } : 'failed';
  } catch { return 'failed'; }
}

/** The browsers that get push messages. */
export function Devices(p: { devices: { key: string; name: string | null; createdAt: string }[]; pushKey: string }) {
  const t = accountWords.use();
  const tell = useTell();
  const named = useDeviceName();
  const [add] = useAction(Add);
  const [remove] = useAction(Remove);
  const [busy, setBusy] = useState('');
  const [reason, setReason] = useState<Reason | null>(obstacle);
  const register = async () => {
    setBusy('new');
    const got = await subscribe(p.pushKey);
    setReason(typeof got === 'string' ? got : null);
    if (typeof got !== 'string') tell(await add({ input: got }), t.added);
    setBusy('');
  };
  const take = async (key: string) => {
    setBusy(key);
    tell(await remove({ input: { key } }), t.removed);
    setBusy('');
  };
  // A device names itself as browsers do, or in plain words.
  const name = (raw: string | null) => (raw && device(raw).browser ? named(raw) : raw || t.device);
  return (
    <Card title={t.push}>
      <p className="a-lead">{t.pushText}</p>
      {p.devices.length ? (
        <ul className="f-stack" style={{ gap: 12, marginBottom: 14 }}>{p.devices.map((d) => (
          <li key={d.key} className="a-row">
            <span className="a-mark" aria-hidden><IconDevices size={18} /></span>
            <div><b>{name(d.name)}</b><small>{t.since} <Time at={d.createdAt} /></small></div>
            <Button variant="default" size="compact-md" loading={busy === d.key} onClick={() => void take(d.key)} aria-label={`${t.remove}: ${name(d.name)}`}>{t.remove}</Button>
          </li>
        ))}</ul>
      ) : <p style={{ marginBottom: 14 }}>{t.noDevices}</p>}
      {reason && <div role="status" style={{ marginBottom: 14 }}><Notice tone="warn">{t.pushNo[reason]}</Notice></div>}
      {reason !== 'unsupported' && reason !== 'insecure' && <Button variant="default" leftSection={<IconPlus size={16} />} loading={busy === 'new'} onClick={() => void register()}>{t.addBrowser}</Button>}
    </Card>
  );
}
