import type { ReactNode } from 'react';
import { number } from '../../lib/format.ts';
import { day } from '../../lib/format.ts';
import { IconClock } from '../icons.ts';
import { Pill, Skeleton } from '../kit.tsx';
import { useSession } from '../root.tsx';
import type { StateData, VersionData } from './documents.ts';
import type { Configurator } from './useConfigurator.ts';
import { PriceLines } from './PriceLines.tsx';
import { configureWords, price } from './words.ts';
import './configure.css';

/** Whether it can be built, in a word. */
export function StatePill({ state: s }: { state: StateData }) {
  const t = configureWords.use();
  return !s.isConsistent ? <Pill tone="bad">{t.contradiction}</Pill> : s.isComplete ? <Pill tone="good">{t.buildable}</Pill> : <Pill tone="warn">{t.missing}</Pill>;
}

/** How long it takes and what takes so long. */
export function Lead({ state: s }: { state: StateData }) {
  const t = configureWords.use();
  return (
    <p className="cf-lead"><IconClock size={17} aria-hidden /><span>{t.ready(s.leadTime.days)}
      <small>{t.on(day(s.leadTime.readyOn))}</small>{s.leadTime.because.length > 0 && <small>{t.takes(s.leadTime.because.join(', '))}</small>}</span></p>
  );
}

/** The card beside the questions: what it costs, how long it takes, and what to do with it. */
export function Summary({ version, configurator: c, quantity, lost, children, bar, more, title, below }: {
  version: VersionData; configurator: Configurator; quantity: number; lost?: string[]; children?: ReactNode; bar?: ReactNode; more?: ReactNode; title?: string; below?: ReactNode;
}) {
  const t = configureWords.use();
  const { viewer } = useSession();
  const s = c.state;
  const missing = s?.isConsistent ? s.groups.filter((g) => g.isMissing && g.isVisible) : [];
  const titled = (key: string) => version.groups.find((g) => g.key === key)?.title ?? key;
  return (
    <aside className="cf-side">
      <section className="f-card cf-summary" aria-labelledby="cf-summary" aria-busy={!!c.pending || undefined}>
        <div className="cf-summary-head"><h2 id="cf-summary">{title ?? (viewer.kind === 'ANONYMOUS' ? t.plainPrice : t.price)}</h2>{s && <StatePill state={s} />}</div>
        {!s ? <div style={{ display: 'grid', gap: 12, marginTop: 12 }}><Skeleton w={150} h={32} /><Skeleton h={120} /></div> : <>
          {s.price && s.isConsistent ? <><p className="cf-price num">{price(s.price.unit)}</p><p className="muted">{t.net}</p>
            {quantity > 1 && <p className="cf-all num">{t.total(number(quantity))}: <b>{price(s.price.total)}</b></p>}
            <PriceLines lines={s.price.lines} />{below}</>
            : s.isConsistent && <><p className="cf-price">{t.noPrice}</p><p className="muted">{t.noPriceText}</p></>}
          {!!lost?.length && <p className="cf-along"><b>{t.along}</b> {lost.join(', ')}</p>}
          {missing.length > 0 && <p className="cf-along"><b>{t.missingList}</b> {missing.map((g, i) => <span key={g.key}>{i > 0 && ', '}<a href={`#cf-${g.key}`} onClick={(e) => { e.preventDefault(); document.getElementById(`cf-${g.key}`)?.scrollIntoView({ block: 'center' }); }}>{titled(g.key)}</a></span>)}</p>}
          {s.isConsistent && <Lead state={s} />}
        </>}
        {children}
      </section>
      {more}
      {s && bar && <div className="cf-bar no-print"><span><b className="num">{!s.isConsistent ? t.contradiction : s.price ? price(s.price.unit) : t.noPrice}</b><small>{t.readyShort(s.leadTime.days)} · {t.netShort}</small></span>{bar}</div>}
    </aside>
  );
}
