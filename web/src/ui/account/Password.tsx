import { useId, useState } from 'react';
import { PasswordInput } from '@mantine/core';
import { accountWords } from './texts.ts';
import './account.css';

/** How long a password must be; the API says it as well. */
export const shortest = 10;

/** How hard a password is to guess, from 0 (too short) to 3: many different
 * characters and length count, rules about kinds of characters do not. */
export function strength(password: string): 0 | 1 | 2 | 3 {
  if (password.length < shortest) return 0;
  const different = new Set(password.toLowerCase()).size;
  if (different < 6 || /^(.{1,4})\1+$/.test(password) || /password|passwort|12345|qwert/i.test(password)) return 1;
  return password.length >= 16 && different >= 9 ? 3 : 2;
}

/** A new password, with a hint that changes as it is typed. */
export function NewPassword(p: { label: string; value: string; onChange: (value: string) => void; error?: string; size?: 'sm' | 'md'; autoFocus?: boolean }) {
  const t = accountWords.use();
  const id = useId();
  const [visible, setVisible] = useState(false);
  const s = strength(p.value);
  return (
    <>
      <PasswordInput label={p.label} name="new-password" autoComplete="new-password" required withAsterisk={false} size={p.size} autoFocus={p.autoFocus} aria-invalid={p.error ? true : undefined}
        visible={visible} onVisibilityChange={setVisible} visibilityToggleButtonProps={{ 'aria-label': visible ? t.hidePassword : t.showPassword, tabIndex: 0 }}
        description={t.rule} aria-describedby={id} value={p.value} onChange={(e) => p.onChange(e.currentTarget.value)} error={p.error} />
      <div className="a-strength" id={id} aria-live="polite" data-tone={s < 2 ? 'warn' : undefined}>
        {p.value && <>
          {[1, 2, 3].map((n) => <i key={n} data-on={s >= n || undefined} aria-hidden />)}
          <span>{s === 0 ? t.short(shortest - p.value.length) : [t.weak, t.fair, t.strong][s - 1]}</span>
        </>}
      </div>
    </>
  );
}
