import { useState } from 'react';
import { clock } from '../../lib/format.ts';
import { Notice } from '../../ui/kit.tsx';
import { actorWords, entryWords } from '../../ui/order/History.tsx';
import { orderWords } from '../../words/index.ts';
import { orderPartWords } from '../../words/orderParts.ts';
import { orderText } from './Cards.tsx';
import type { OrderData } from './orderFields.ts';

type Event = NonNullable<OrderData['timeline']>[number];

/** What has happened to an order since the dialog that asks was opened. */
export function useMeanwhile(o: OrderData): readonly Event[] {
  const [opened] = useState({ version: o.version, keys: new Set(o.timeline?.map((e) => e.key)) });
  return o.version === opened.version ? [] : o.timeline?.filter((e) => !opened.keys.has(e.key)) ?? [];
}

/** Says in a dialog about an order what others have done to it meanwhile, and who. */
export function Meanwhile({ order: o, news }: { order: OrderData; news: readonly Event[] }) {
  const t = orderText.use();
  const p = orderPartWords.use().history;
  const w = orderWords.use();
  const lineName = (id: string) => o.lines.find((l) => l.id === id)?.name;
  return (
    <div role="status" aria-live="polite">{news.length > 0 && (
      <Notice tone="warn"><b>{t.meanwhile}</b>
        <ul>{news.map((e) => {
          const said = entryWords(e, p, w, lineName);
          return <li key={e.key}>{[said.title, said.text].filter(Boolean).join(': ')} <small>{actorWords(e, p)} · {clock(e.at)}</small></li>;
        })}</ul>
      </Notice>
    )}</div>
  );
}
