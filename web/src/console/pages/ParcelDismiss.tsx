import { useState } from 'react';
import { TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { words } from '../../lib/words.ts';
import { Form, FormEnd, useAction, useForm, type Outcome } from '../../ui/form.tsx';
import { toast } from '../../ui/toasts.tsx';
import type { Report } from './Parcels.tsx';
import en from './Parcels.en.ts';

const text = words('Parcels', en);

const DismissReport = graphql(`mutation DismissParcelReport($input: DismissParcelReportInput!) {
  dismissParcelReport(input: $input) { parcelReport { id state handledAt dismissReason } userErrors { field code message } }
}`);

/** Takes reports off the list, with a reason for all of them. */
export function Dismiss({ reports, close, done }: { reports: Report[]; close: () => void; done: () => void }) {
  const t = text.use();
  const form = useForm();
  const [run] = useAction(DismissReport);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    // A report takes with it all others that wait about the same parcel, so each parcel is asked for once.
    const parcels = new Map<string, Report[]>();
    for (const r of reports) {
      const key = `${r.carrier.code} ${r.trackingNumber}`;
      parcels.set(key, [...(parcels.get(key) ?? []), r]);
    }
    let gone = 0;
    let handled = 0;
    let wrong: Outcome<unknown> | null = null;
    for (const same of parcels.values()) {
      const outcome = await run({ input: { parcelReportId: same[0]!.id, ...(reason.trim() ? { reason: reason.trim() } : {}) } });
      if (outcome.ok) gone += same.length;
      else if (outcome.refusals.some((r) => r.code === 'HANDLED')) handled += same.length;
      else { wrong = outcome; break; }
    }
    setBusy(false);
    if (gone) toast(t.dismissed(gone));
    if (handled) toast(t.someRefused(handled), 'bad');
    if (wrong) form.take(wrong); else done();
  };
  return (
    <Form form={form} names={['reason']} onSubmit={() => void submit()}>
      <p>{t.dismissText}</p>
      <p className="muted">{t.whole}</p>
      <TextInput label={t.why} description={t.whyHint} autoFocus value={reason} onChange={(e) => setReason(e.currentTarget.value)} error={form.error('reason')} />
      <FormEnd label={reports.length === 1 ? t.dismiss : t.dismissSelected(reports.length)} danger busy={busy} onCancel={close} />
    </Form>
  );
}
