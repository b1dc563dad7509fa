import { Button } from '@mantine/core';
import { kitWords } from '../../words/index.ts';

/** The end of a dialog that asks before something is taken away. */
export function Confirm(p: { label: string; busy: boolean; run: () => void; cancel: () => void }) {
  const k = kitWords.use();
  return (
    <div className="f-form-end" style={{ marginTop: 18 }}>
      <Button variant="default" onClick={p.cancel}>{k.cancel}</Button>
      <Button data-danger loading={p.busy} onClick={p.run}>{p.label}</Button>
    </div>
  );
}
