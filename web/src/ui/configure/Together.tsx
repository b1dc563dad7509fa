import { Button } from '@mantine/core';
import { IconUsers } from '../icons.ts';
import { Notice } from '../kit.tsx';
import type { SharedWork } from './useKept.ts';
import { togetherWords } from './togetherWords.ts';

/** What somebody else has just done to it, and the way to have what one wanted oneself on top of that. */
export default function Together({ work }: { work: SharedWork }) {
  const t = togetherWords.use();
  const { theirs } = work;
  return theirs && (
    <Notice tone="info" icon={<IconUsers size={17} />}>
      <b>{t.changedBy(theirs.by || t.somebody)}</b>{theirs.what.length > 0 ? <> – {t.changedNow(theirs.what.join(', '))}</> : theirs.groups.size === 0 && <> – {t.changedOnly}</>}
      {theirs.again && <p>{t.clash} <Button size="compact-sm" variant="default" onClick={() => work.again(theirs.again!)}>{t.mine}</Button></p>}
    </Notice>
  );
}
