import { lazy, Suspense, useState, type ReactNode } from 'react';
import { money, percent } from '../../lib/format.ts';
import { useAlong } from '../../ui/configure/along.ts';
import type { Kept, StateData, VersionData } from '../../ui/configure/documents.ts';
import Questions from '../../ui/configure/Questions.tsx';
import { Saved } from '../../ui/configure/Saved.tsx';
import { Summary } from '../../ui/configure/Summary.tsx';
import { useConfigurator } from '../../ui/configure/useConfigurator.ts';
import { useSharedWork, type Last } from '../../ui/configure/useKept.ts';
import { Quantity } from '../../ui/shop/Quantity.tsx';
import { PartsCard } from './SavedParts.tsx';
import { savedWords } from './savedWords.ts';

const Newer = lazy(() => import('../../ui/configure/Newer.tsx'));
const Together = lazy(() => import('../../ui/configure/Together.tsx'));
const rule = { minimumQuantity: 1, quantityStep: 1, maximumQuantity: null };

/** A customer's configuration, changed as the customer changes it, with what it costs the company and what it is made of. */
export default function SavedWork({ kept: k, version, last, reload, about }: { kept: Kept; version: VersionData & { supersededBy: { id: string } | null }; last: Last | null; reload: () => void; about: ReactNode }) {
  const t = savedWords.use();
  const [quantity, setQuantity] = useState(k.quantity);
  const c = useConfigurator({ version, start: k.choices, quantity, configurationId: k.id });
  const work = useSharedWork({ kept: k, version, configurator: c, last, reload, quantity, takeQuantity: setQuantity });
  const along = useAlong(version, c);
  const s = c.state;
  return (
    <div className="cf" data-console>
      <Questions version={version} configurator={c} fresh={work.theirs?.groups} before={<>
        {version.supersededBy && k.status !== 'NEEDS_CUSTOMER' && <Suspense><Newer kept={k} id={version.supersededBy.id} configurator={c} seen={work.seen} /></Suspense>}
        <div role="status" aria-live="polite">{work.theirs && <Suspense><Together work={work} /></Suspense>}</div>
      </>} />
      <Summary version={version} configurator={c} quantity={quantity} lost={along} title={t.unit} below={s && <Costs state={s} />} more={<>{s?.parts && <PartsCard parts={s.parts} />}{about}</>}>
        <div className="cf-acts">
          <div className="cf-many"><span className="muted">{t.quantity}</span><Quantity small label={t.quantity} value={quantity} rule={rule} onChange={setQuantity} /></div>
          <Saved work={work} />
        </div>
      </Summary>
    </div>
  );
}

/** What one costs the company, and what remains; for those who see it. */
function Costs({ state: { price: p } }: { state: StateData }) {
  const t = savedWords.use();
  if (!p?.cost) return null;
  const unit = Number(p.unit.amount), cost = Number(p.cost.amount);
  return (
    <dl className="cf-lines">
      <div><dt>{t.cost}</dt><dd className="num">{money(p.cost)}</dd></div>
      {unit > 0 && <div><dt>{t.margin}</dt><dd className="num">{money({ amount: (unit - cost).toFixed(2), currency: p.unit.currency })} · {percent((unit - cost) / unit, 1)}</dd></div>}
    </dl>
  );
}
