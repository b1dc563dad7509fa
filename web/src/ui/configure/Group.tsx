import { lazy, Suspense, useEffect, useId, useState } from 'react';
import { Button } from '@mantine/core';
import { IconCheck, IconLock, IconMinus, IconPlus } from '../icons.ts';
import { Pill } from '../kit.tsx';
import { nearest, sameChoice, type Pick } from './choices.ts';
import type { ChoiceData, GroupData, GroupStateData, OptionData, OptionStateData, RuleData } from './documents.ts';
import { at, type Configurator } from './useConfigurator.ts';
import { configureWords, delta } from './words.ts';
import '../shop/fields.css';

export const ClashPanel = lazy(() => import('./Clash.tsx').then((m) => ({ default: m.ClashPanel })));
const WhyPanel = lazy(() => import('./Clash.tsx').then((m) => ({ default: m.WhyPanel })));

/** A question with its answers. */
export function Group({ group: g, now, configurator: c, fixed, fresh }: { group: GroupData; now?: GroupStateData; configurator: Configurator; fixed?: boolean; fresh?: boolean }) {
  const t = configureWords.use();
  const [why, setWhy] = useState<{ what: string; reasons: string[]; because: ChoiceData[]; rules?: RuleData[] | null } | null>(null);
  const chosen = c.choices().some((x) => x.group === g.key);
  useEffect(() => setWhy(null), [c.state?.token]);
  if (now && !now.isVisible) return null;
  if (g.number?.of && now?.number?.value == null && !chosen) return null; // it comes with its option
  const explain = async (what: string, target: Pick) => {
    const found = await c.explain(target);
    setWhy({ what, reasons: found?.reasons ?? [], because: found?.because ?? [], rules: found?.rules });
  };
  const clash = c.clash?.target?.group === g.key ? c.clash : null;
  return (
    <fieldset className="cf-group" id={`cf-${g.key}`} data-fresh={fresh || undefined} disabled={fixed}>
      <legend>{g.title}{g.max > 1 && !g.number && <small>{t.several(g.max)}</small>}{now?.isMissing && <Pill tone="warn">{t.choose}</Pill>}</legend>
      {g.help && <p className="cf-help">{g.help}</p>}
      {g.number ? <NumberField group={g} now={now} c={c} fixed={fixed} />
        : <Options group={g} c={c} explain={explain} />}
      {chosen && !fixed && <button type="button" className="s-link cf-forget" aria-label={t.forgetOf(g.title)} onClick={() => void c.drop((x) => x.group === g.key)}>{t.forget}</button>}
      <div role="status" aria-live="polite">
        {why && <Suspense><WhyPanel why={why} close={() => setWhy(null)} /></Suspense>}
        {clash && <Suspense><ClashPanel clash={clash} what={nameOf(clash.target!, g)} c={c} /></Suspense>}
      </div>
    </fieldset>
  );
}

/** What a choice of a group is called. */
function nameOf(target: Pick, g: GroupData): string {
  const option = g.options.find((o) => o.key === target.option)?.title;
  if (option) return target.negate ? `${configureWords.get().nothing}: ${option}` : option;
  return target.number != null ? `${g.title}: ${target.number}${g.number?.unit ? ` ${g.number.unit}` : ''}` : `${g.title}: ${configureWords.get().nothing}`;
}

function Options({ group: g, c, explain }: { group: GroupData; c: Configurator; explain: (what: string, target: Pick) => Promise<void> }) {
  const t = configureWords.use();
  const name = useId();
  const one = g.max <= 1;
  const states = g.options.map((o) => c.options.get(at(g.key, o.key)));
  const waits = c.pending?.group === g.key ? c.pending : null;
  const none = states.every((s) => !s?.isSelected);
  const on = (o: OptionData, s?: OptionStateData): boolean => {
    if (waits && s?.status !== 'EXCLUDED') {
      if (waits.option === o.key) return !waits.negate;
      if (one) return false;
    }
    return !!s?.isSelected;
  };
  const click = (o: OptionData, s?: OptionStateData) => {
    if (one) { if (!(s?.status === 'CHOSEN')) void c.choose({ group: g.key, option: o.key }); return; }
    if (!s?.isSelected) { void c.choose({ group: g.key, option: o.key }); return; }
    if (s.status === 'CHOSEN') void c.drop((x) => sameChoice(x, { group: g.key, option: o.key }));
    else void c.choose({ group: g.key, option: o.key, negate: true });
  };
  return (
    <div className="s-choices cf-options" data-few={g.options.length <= 3 || undefined}>
      {g.options.map((o, i) => <Option key={o.key} option={o} state={states[i]} on={on(o, states[i])} radio={one ? name : undefined} click={() => click(o, states[i])}
        explain={() => explain(o.title, { group: g.key, option: o.key, negate: true })} />)}
      {one && g.min === 0 && (
        <div className="cf-option"><label className="s-choice"><input type="radio" name={name} checked={waits ? !!waits.absent : none} onChange={() => void c.choose({ group: g.key, absent: true })} />
          <span><b>{t.nothing}</b></span><i className="s-tick" aria-hidden><IconCheck size={13} stroke={3} /></i></label></div>
      )}
    </div>
  );
}

function Option({ option: o, state: s, on, radio, click, explain }: { option: OptionData; state?: OptionStateData; on: boolean; radio?: string; click: () => void; explain: () => Promise<void> }) {
  const t = configureWords.use();
  const id = useId();
  const out = s?.status === 'EXCLUDED';
  const forced = s?.status === 'FORCED';
  const said = out ? t.impossible : forced ? t.follows : s?.status === 'CHOSEN' ? t.chosen : s?.isSelected ? t.usual : null;
  const days = !on && !out ? s?.daysDelta ?? 0 : 0;
  return (
    <div className="cf-option">
      <label className="s-choice" data-off={out || undefined} data-forced={forced || undefined}>
        <input type={radio ? 'radio' : 'checkbox'} name={radio} checked={on} onChange={click} onClick={() => { if (radio && on && !forced && s?.status === 'POSSIBLE') click(); }} aria-describedby={said ? id : undefined} />
        {o.swatch && <i className="cf-swatch" style={{ background: o.swatch }} aria-hidden />}
        <span><b>{o.title}</b>{o.help && <small>{o.help}</small>}{said && <span className="vh" id={id}>{said}</span>}</span>
        {out ? <IconLock className="cf-lock" size={17} aria-hidden />
          : !on && s?.priceDelta && <span className="cf-delta num">{delta(s.priceDelta, t.included)}{days !== 0 && <small>{days > 0 ? t.days(days) : t.fewerDays(-days)}</small>}</span>}
        <i className="s-tick" aria-hidden>{forced ? <IconLock size={12} stroke={2.4} /> : <IconCheck size={13} stroke={3} />}</i>
      </label>
      {forced && on && <p className="cf-note">{t.follows}. <button type="button" className="s-link" aria-label={t.whyOf(o.title)} onClick={() => void explain()}>{t.why}</button></p>}
    </div>
  );
}

/** A number with its range: typed, or by steps. What is out of what is possible is asked for all the same, and the answer says why not. */
function NumberField({ group: g, now, c, fixed }: { group: GroupData; now?: GroupStateData; c: Configurator; fixed?: boolean }) {
  const t = configureWords.use();
  const n = g.number!;
  const s = now?.number;
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const waits = c.pending?.group === g.key ? c.pending.number : null;
  const value = waits ?? s?.value ?? '';
  useEffect(() => setTyped(null), [s?.value, c.clash]);
  const unit = n.unit ? ` ${n.unit}` : '';
  const go = (to: string) => { if (to !== value) void c.choose({ group: g.key, number: to }); };
  const take = () => {
    if (typed === null) return;
    const wanted = Number(typed.replace(',', '.'));
    if (typed.trim() !== '' && Number.isFinite(wanted)) { const to = nearest(wanted, n); if (to === value) setTyped(null); else go(to); } else setTyped(null);
  };
  const step = (by: number) => go(nearest(Number(value || n.min) + by * Number(n.step), n));
  const narrowed = s && s.min != null && s.max != null && (s.min !== n.min || s.max !== n.max);
  const optional = g.min === 0;
  return (
    <div className="cf-number">
      <span className="s-quantity" role="group" aria-label={g.title}>
        <button type="button" aria-label={`${t.less}: ${g.title}`} disabled={fixed || value === '' || Number(value) <= Number(n.min)} onClick={() => step(-1)}><IconMinus size={15} /></button>
        <input inputMode="decimal" aria-label={`${g.title}${unit}`} aria-describedby={id} value={typed ?? value} placeholder={optional ? t.nothing : ''} disabled={fixed}
          onChange={(e) => setTyped(e.currentTarget.value.slice(0, 12))} onFocus={(e) => e.currentTarget.select()} onBlur={take} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); take(); } }} />
        <button type="button" aria-label={`${t.more}: ${g.title}`} disabled={fixed || (value !== '' && Number(value) >= Number(n.max))} onClick={() => step(1)}><IconPlus size={15} /></button>
      </span>
      {n.unit && <span className="cf-unit" aria-hidden>{n.unit}</span>}
      <p id={id} className="cf-note">{t.range(n.min, n.max, unit)}{Number(n.step) !== 1 && <>, {t.inSteps(n.step, unit)}</>}
        {narrowed && s.min !== s.max && <b>{t.now(s.min!, s.max!, unit)}</b>}
        {s?.status === 'FORCED' && s.min === s.max && n.min !== n.max && <b>{t.follows}</b>}{s?.status === 'EXCLUDED' && <b>{t.notPossible}</b>}{s?.isDefault && s.value != null && <em>{t.byDefault}</em>}</p>
      {optional && s?.value != null && s.status !== 'FORCED' && !fixed && <Button size="compact-sm" variant="default" onClick={() => void c.choose({ group: g.key, absent: true })}>{t.without}</Button>}
    </div>
  );
}
