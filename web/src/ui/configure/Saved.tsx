import { IconCheck } from '../icons.ts';
import type { SharedWork } from './useKept.ts';
import { configureWords } from './words.ts';

/** Whether all that was chosen is written. */
export function Saved({ work }: { work: SharedWork }) {
  const t = configureWords.use();
  return (
    <p className="muted cf-saved" role="status">{work.status === 'saved' ? <><IconCheck size={15} aria-hidden /> {t.allSaved}</>
      : work.status === 'failed' ? <>{t.notSaved} <button type="button" className="s-link" onClick={() => void work.save()}>{t.keepIt}</button></> : t.saving}</p>
  );
}
