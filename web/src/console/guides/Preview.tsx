import { useState } from 'react';
import { NativeSelect } from '@mantine/core';
import { lang } from '../../lib/words.ts';
import { GuideWalk, guideWords } from '../../ui/GuideWalk.tsx';
import { Notice } from '../../ui/kit.tsx';
import { walk, type Draft } from './draft.ts';
import { guideEditWords } from './parts.ts';
import { Result } from './Result.tsx';

/** The guide as it stands in the editor, walked as a customer will walk it. */
export default function Preview({ draft, problems, categories }: { draft: Draft; problems: number; categories: readonly { id: string; name: string }[] }) {
  const t = guideEditWords.use();
  const w = guideWords.use();
  const [answers, to] = useState<string[]>([]);
  const [tongue, speak] = useState<'en' | 'de'>(lang());
  const at = walk(draft, answers, tongue);
  const r = at?.draft.kind === 'result' ? at.draft : null;
  const category = r && categories.find((c) => c.id === r.categoryId);
  return (
    <div className="f-stack" style={{ gap: 14 }}>
      {problems > 0 && <Notice tone="warn">{t.previewProblems(problems)}</Notice>}
      <NativeSelect label={t.previewIn} value={tongue} onChange={(e) => speak(e.currentTarget.value as 'en' | 'de')} data={Object.entries(t.languages).map(([value, label]) => ({ value, label }))} style={{ maxWidth: 220 }} />
      <div className="ge-stage" lang={tongue}>
        <p className="ge-title">{draft.title[tongue] || '…'}</p>
        {!at?.step.path.length && draft.intro[tongue] && <p className="muted">{draft.intro[tongue]}</p>}
        {at ? <GuideWalk step={at.step} to={to} nothing={!!r && !r.products.length && !category && !r.search && !r.text[tongue]}
          products={r && <Result products={r.products} />} links={<>{category && <span className="muted">{w.category(category.name)}</span>}{r?.search && <span className="muted">{w.search(r.search)}</span>}</>} /> : <p className="muted">{t.noStart}</p>}
      </div>
    </div>
  );
}
