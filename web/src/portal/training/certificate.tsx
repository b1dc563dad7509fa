import { words } from '../../lib/words.ts';
import { Pill, type Tone } from '../../ui/kit.tsx';
import en from './Certificate.en.ts';
import './certificate.css';

export const certificateWords = words('Certificate', en);
export type Status = keyof typeof en.status;
export const tones: Record<Status, Tone> = { VALID: 'good', EXPIRING: 'warn', EXPIRED: 'bad', REVOKED: 'bad' };

/** Where a certificate stands, in a word. */
export function CertificatePill({ status }: { status: Status }) {
  const t = certificateWords.use();
  return <Pill tone={tones[status]}>{t.status[status]}</Pill>;
}
