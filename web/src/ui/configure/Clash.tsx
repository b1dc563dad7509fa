import { useEffect, useRef } from 'react';
import { IconAlert, IconLock, IconX } from '../icons.ts';
import { IconButton, Pill } from '../kit.tsx';
import type { ChoiceData, Repair, RuleData } from './documents.ts';
import type { Clash, Configurator } from './useConfigurator.ts';
import { words } from '../../lib/words.ts';
import en from './Clash.en.ts';
import { configureWords, delta } from './words.ts';

const clashWords = words('Clash', en);
const useWords = () => ({ ...configureWords.use(), ...clashWords.use() });

/** Why an option stands there though nobody has chosen it. */
export function WhyPanel({ why, close }: { why: { what: string; reasons: string[]; because: ChoiceData[]; rules?: RuleData[] | null }; close: () => void }) {
  const t = useWords();
  return (
    <section className="cf-clash" data-tone="calm">
      <header><IconLock size={17} aria-hidden /><h3>{t.whyText(why.what)}</h3><IconButton label={t.close} onClick={close}><IconX size={16} /></IconButton></header>
      {why.reasons.map((r) => <p key={r}>{r}</p>)}
      {why.because.length > 0 && <p className="muted">{t.because}: {why.because.map((b) => b.text).join(', ')}</p>}
      <RuleList rules={why.rules} />
    </section>
  );
}

/** Why something cannot be, and what could be given up for it: one click does it. */
export function ClashPanel({ clash, what, c, fixed }: { clash: Clash; what: string | null; c: Configurator; fixed?: boolean }) {
  const t = useWords();
  const title = what ? t.clash(what) : t.clashAll;
  const Heading = what ? 'h3' : 'h2'; // that of all choices stands above the steps
  const ref = useRef<HTMLElement>(null);
  useEffect(() => { ref.current?.scrollIntoView({ block: 'nearest' }); }, []);
  return (
    <section className="cf-clash" aria-label={title} ref={ref}>
      <header><IconAlert size={17} aria-hidden /><Heading>{title}</Heading><IconButton label={t.close} onClick={c.forgive}><IconX size={16} /></IconButton></header>
      {clash.reasons.map((r) => <p key={r}>{r}</p>)}
      {clash.because.length > 0 && <p className="muted">{t.because}: {clash.because.map((b) => b.text).join(', ')}</p>}
      <RuleList rules={clash.rules} />
      {fixed ? null : clash.repairs.length === 0 ? <p className="muted">{t.noRepair}</p> : (
        <ol aria-label={t.repair}>{clash.repairs.map((r, i) => <li key={i}><RepairButton repair={r} run={() => { c.forgive(); void c.set(r.choices); }} /></li>)}</ol>
      )}
    </section>
  );
}

/** The rules in the way, for colleagues: the API gives them to nobody else. */
function RuleList({ rules }: { rules?: RuleData[] | null }) {
  const t = useWords();
  if (!rules?.length) return null;
  return <ul className="cf-rules" aria-label={t.rulesOf}>{rules.map((r) => <li key={r.key}><b>{r.key}</b>{r.isInternal && <> <Pill>{t.internal}</Pill></>}<code>{r.text}</code>{r.note && <small>{r.note}</small>}</li>)}</ul>;
}

function RepairButton({ repair: r, run }: { repair: Repair; run: () => void }) {
  const t = useWords();
  return (
    <button type="button" className="cf-repair" onClick={run}>
      <span><b>{t.apply(r.text)}</b>{r.take.length > 0 && r.take.length + r.drop.length > 2 && <small>{r.take.map((x) => x.text).join(', ')}</small>}</span>
      <span className="num">{r.priceDelta && delta(r.priceDelta, t.samePrice)}{r.daysDelta !== 0 && <small>{r.daysDelta > 0 ? t.days(r.daysDelta) : t.fewerDays(-r.daysDelta)}</small>}</span>
    </button>
  );
}
