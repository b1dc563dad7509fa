import { useState } from 'react';
import { Button } from '@mantine/core';
import { actAs } from '../lib/act.ts';
import { words } from '../lib/words.ts';
import { IconBuilding } from '../ui/icons.ts';
import { Notice } from '../ui/kit.tsx';
import { useSession } from '../ui/root.tsx';
import { toast } from '../ui/toasts.tsx';
import { kitWords } from '../words/index.ts';
import en from './Acting.en.ts';

const text = words('Acting', en);
const key = (user: string | null) => `foyer-acting-${user}`;

/** Says once on each device for whom somebody with several memberships acts, and
 * lets them choose. Signing in takes the one used last, or the first: nobody is
 * held up by a question, and nobody orders for the wrong company unaware. */
export function Acting() {
  const t = text.use();
  const { viewer } = useSession();
  const [chosen, setChosen] = useState(() => !!localStorage.getItem(key(viewer.id)));
  const others = (viewer.memberships ?? []).filter((m) => m.status === 'ACTIVE' && m.organization && m.id !== viewer.membership?.id);
  if (chosen || !others.length || !viewer.organization) return null;
  const keep = () => { localStorage.setItem(key(viewer.id), '1'); setChosen(true); document.querySelector<HTMLElement>('h1')?.focus(); };
  const become = async (id: string) => { if (await actAs(id).catch(() => false)) localStorage.setItem(key(viewer.id), '1'); else toast(kitWords.get().failed, 'bad'); };
  return (
    <section className="p-acting no-print" aria-label={t.label}>
      <Notice icon={<IconBuilding size={17} />}>
        <b>{t.text(viewer.organization.name)}</b> {t.also}
        <div className="f-actions">
          {others.map((m) => <Button key={m.id} size="compact-md" variant="default" onClick={() => void become(m.id)}>{m.organization!.name}</Button>)}
          <Button size="compact-md" variant="subtle" onClick={keep}>{t.stay(viewer.organization.name)}</Button>
        </div>
      </Notice>
    </section>
  );
}
