import { useState, type ReactNode } from 'react';
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useForm, useKey, useSeen, useTell, type FormState, type Outcome } from '../../ui/form.tsx';
import { Dialog, Notice } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { actWords, type Act } from './orderAct.ts';

export interface ActValues { date: string; reason: string; text: string; visibility: 'CUSTOMER' | 'INTERNAL'; lines: string[] | null }
export const noValues: ActValues = { date: '', reason: '', text: '', visibility: 'CUSTOMER', lines: null };

// What may differ afterwards; the cache shows it wherever the order stands.
const Confirm = graphql(`mutation DeskConfirm($input: ConfirmOrderInput!, $key: String!) { confirmOrder(input: $input) @idempotent(key: $key) {
  order { id version status fulfillmentStatus promisedDate isLate delay { cause since reason } confirmedAt availableActions } userErrors { field code message } } }`);
const Cancel = graphql(`mutation DeskCancel($input: CancelOrderInput!, $key: String!) { cancelOrder(input: $input) @idempotent(key: $key) {
  order { id version status fulfillmentStatus promisedDate isLate delay { cause since reason } cancelledAt cancelReason availableActions } userErrors { field code message } } }`);
const Promised = graphql(`mutation DeskPromise($input: SetPromisedDateInput!, $key: String!) { setPromisedDate(input: $input) @idempotent(key: $key) {
  order { id version status fulfillmentStatus promisedDate promiseReason isLate delay { cause since reason } lines { id promisedDate promiseReason } availableActions } userErrors { field code message } } }`);
const Note = graphql(`mutation DeskNote($input: AddOrderNoteInput!, $key: String!) { addOrderNote(input: $input) @idempotent(key: $key) {
  order { id version availableActions } userErrors { field code message } } }`);

/** Carries an act out on an order, as it was read. */
export function useAct() {
  const [confirm] = useAction(Confirm);
  const [cancel] = useAction(Cancel);
  const [promise] = useAction(Promised);
  const [note] = useAction(Note);
  return (act: Act, order: { id: string; version: number }, v: ActValues, key: string): Promise<Outcome<unknown>> => {
    const it = { orderId: order.id, version: order.version };
    switch (act) {
      case 'CONFIRM': return confirm({ input: { ...it, promisedDate: v.date || null }, key });
      case 'CANCEL': return cancel({ input: { ...it, reason: v.reason.trim() || null }, key });
      case 'SET_PROMISED_DATE': return promise({ input: { ...it, date: v.date, reason: v.reason.trim(), ...(v.lines ? { orderLineIds: v.lines } : {}) }, key });
      case 'ADD_NOTE': return note({ input: { orderId: order.id, text: v.text.trim(), visibility: v.visibility }, key });
    }
  };
}

/** What an act is called, as the title of its form and on its button, and what is said when it is done. */
export function useActTexts() {
  const t = actWords.use();
  return (act: Act) => ({
    CONFIRM: { title: t.confirmTitle, go: t.doConfirm, done: t.doneConfirm },
    CANCEL: { title: t.cancelTitle, go: t.doCancel, done: t.doneCancel },
    SET_PROMISED_DATE: { title: t.promiseTitle, go: t.doPromise, done: t.donePromise },
    ADD_NOTE: { title: t.noteTitle, go: t.doNote, done: t.doneNote },
  })[act];
}

/** Says what is missing in a form before it is sent: by field. */
export function useMissing() {
  const t = actWords.use();
  return (act: Act, v: ActValues): Record<string, string> => ({
    ...(act === 'SET_PROMISED_DATE' && !v.date ? { date: t.needDay } : {}),
    ...(act === 'SET_PROMISED_DATE' && !v.reason.trim() ? { reason: t.needReason } : {}),
    ...(act === 'SET_PROMISED_DATE' && v.lines?.length === 0 ? { orderLineIds: t.needLines } : {}),
    ...(act === 'ADD_NOTE' && !v.text.trim() ? { text: t.needNote } : {}),
  });
}

/** The fields of an act. */
export function ActFields(p: { act: Act; values: ActValues; set: (v: ActValues) => void; missing: Record<string, string>; form: FormState; many?: boolean }) {
  const t = actWords.use();
  const may = useMay();
  const v = p.values;
  const error = (name: string) => p.missing[name] ?? p.form.error(name);
  const put = (change: Partial<ActValues>) => p.set({ ...v, ...change });
  return <>
    {p.act === 'CONFIRM' && <p className="muted">{t.confirmText}</p>}
    {p.act === 'CANCEL' && <Notice tone="warn">{t.cancelText}</Notice>}
    {p.act === 'CONFIRM' && <TextInput type="date" label={t.promised} description={p.many ? t.promisedAll : t.promisedNone} autoFocus value={v.date} onChange={(e) => put({ date: e.currentTarget.value })} error={error('promisedDate')} />}
    {p.act === 'SET_PROMISED_DATE' && <TextInput type="date" label={t.newDay} autoFocus value={v.date} onChange={(e) => put({ date: e.currentTarget.value })} error={error('date')} />}
    {(p.act === 'CANCEL' || p.act === 'SET_PROMISED_DATE') && (
      <Textarea label={t.reason} description={t.reasonRead} rows={3} autoFocus={p.act === 'CANCEL'} value={v.reason} onChange={(e) => put({ reason: e.currentTarget.value })} error={error('reason')} />
    )}
    {p.act === 'ADD_NOTE' && <>
      {may('order.note.internal') && (
        <NativeSelect label={t.whoReads} value={v.visibility} onChange={(e) => put({ visibility: e.currentTarget.value === 'INTERNAL' ? 'INTERNAL' : 'CUSTOMER' })}
          data={[{ value: 'INTERNAL', label: t.internal }, { value: 'CUSTOMER', label: t.customer }]} error={error('visibility')} />
      )}
      <Textarea label={t.note} rows={5} maxLength={4000} autoFocus value={v.text} onChange={(e) => put({ text: e.currentTarget.value })} error={error('text')} />
    </>}
  </>;
}

/** One act on one order, in a dialog. A stale version is said, and read again. */
export function ActDialog(p: { act: Act; order: { id: string; number: string; version: number; promisedDate: string | null }; onClose: () => void; onChanged: () => void; extra?: (values: ActValues, set: (v: ActValues) => void, missing: Record<string, string>) => ReactNode }) {
  const t = actWords.use();
  const may = useMay();
  const texts = useActTexts()(p.act);
  const form = useForm();
  const key = useKey();
  const tell = useTell();
  const act = useAct();
  const missingOf = useMissing();
  const [values, set] = useState<ActValues>({ ...noValues, date: p.act === 'CONFIRM' ? (p.order.promisedDate ?? '') : '', visibility: may('order.note.internal') ? 'INTERNAL' : 'CUSTOMER' });
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [version, refused] = useSeen(p.order.version);
  const missing = tried ? missingOf(p.act, values) : {};
  const submit = async () => {
    setTried(true);
    if (Object.keys(missingOf(p.act, values)).length) return;
    setBusy(true);
    const seen = { id: p.order.id, version };
    const outcome = await act(p.act, seen, values, key({ act: p.act, ...seen, values }));
    setBusy(false);
    if (isStale(outcome)) refused();
    if (form.take(outcome)) { tell(outcome, texts.done(p.order.number)); p.onClose(); }
    p.onChanged(); // good or refused: what stands on the page may be old
  };
  return (
    <Dialog open onClose={p.onClose} title={t.of(texts.title, p.order.number)}>
      <Form form={form} names={['promisedDate', 'date', 'reason', 'text', 'visibility', 'orderLineIds']} onSubmit={() => void submit()}>
        <ActFields act={p.act} values={values} set={set} missing={missing} form={form} />
        {p.extra?.(values, set, missing)}
        <FormEnd label={texts.go} busy={busy} danger={p.act === 'CANCEL'} onCancel={p.onClose} />
      </Form>
    </Dialog>
  );
}
