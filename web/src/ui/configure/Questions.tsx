import { Suspense, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Button } from '@mantine/core';
import { IconCheck, IconDots, IconRefresh, IconRepeat } from '../icons.ts';
import { Failure, Loading } from '../kit.tsx';
import { Menu, type MenuItem } from '../Menu.tsx';
import type { VersionData } from './documents.ts';
import { ClashPanel, Group } from './Group.tsx';
import type { Configurator } from './useConfigurator.ts';
import { configureWords, delta, price } from './words.ts';
import './configure.css';

/** All questions, step by step, with what stands above them: where one is, and the way back. */
export default function Questions({ version, configurator: c, fixed, fresh, before, menu }: {
  version: VersionData; configurator: Configurator; fixed?: boolean; fresh?: ReadonlySet<string>; before?: ReactNode; menu?: MenuItem[];
}) {
  const t = configureWords.use();
  const s = c.state;
  const groups = useMemo(() => new Map(version.groups.map((g) => [g.key, g])), [version]);
  const now = useMemo(() => new Map(s?.groups.map((g) => [g.key, g])), [s]);
  const placed = new Set(version.steps.flatMap((x) => x.groups));
  const steps = [...version.steps, ...(version.groups.some((g) => !placed.has(g.key)) ? [{ key: '', title: '', help: null, groups: version.groups.filter((g) => !placed.has(g.key)).map((g) => g.key) }] : [])]
    .filter((x) => !s || x.groups.some((k) => now.get(k)?.isVisible !== false));
  if (!s) return c.error ? <section className="f-card"><Failure error={c.error} retry={() => void c.retry()} /></section> : <Loading rows={8} card />;
  return (
    <div className="f-stack cf-questions">
      <Announcer configurator={c} />
      {before}
      {c.error && <section className="f-card"><Failure error={c.error} retry={() => void c.retry()} /></section>}
      {c.clash && !c.clash.target && <Suspense><ClashPanel clash={c.clash} what={null} c={c} fixed={fixed} /></Suspense>}
      <div className="cf-tools no-print">
        <nav aria-label={t.steps}><ol>{steps.filter((x) => x.title).map((x) => {
          const missing = x.groups.some((k) => now.get(k)?.isMissing);
          return <li key={x.key}><a href={`#cf-step-${x.key}`} data-missing={missing || undefined} onClick={(e) => { e.preventDefault(); const to = document.getElementById(`cf-step-${x.key}`); to?.scrollIntoView({ block: 'start' }); to?.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true }); }}>
            {missing && <span className="cf-dot" aria-hidden />}{x.title}{missing && <span className="vh">, {t.missingHere}</span>}</a></li>;
        })}</ol></nav>
        {!fixed && <span>
          <Button size="compact-md" variant="default" leftSection={<IconRepeat size={15} style={{ transform: 'scaleX(-1)' }} />} disabled={!c.past.length} onClick={() => void c.undo()}>{t.undo}</Button>
          <Menu label={t.more_} button={<IconDots size={18} />} items={[
            { label: t.cheapest, icon: <IconCheck size={16} />, run: () => void c.complete('CHEAPEST') },
            { label: t.fastest, icon: <IconCheck size={16} />, run: () => void c.complete('FASTEST') },
            ...(c.choices().length ? [{ label: t.reset, icon: <IconRefresh size={16} />, run: () => void c.set([]) }] : []),
            ...(menu ?? []),
          ]} />
        </span>}
      </div>
      {steps.map((x) => (
        <section key={x.key} id={`cf-step-${x.key}`} className="cf-step" aria-label={x.title || undefined}>
          {x.title && <header><h2 tabIndex={-1}>{x.title}</h2>{x.help && <p>{x.help}</p>}</header>}
          {x.groups.map((k) => groups.has(k) && <Group key={k} group={groups.get(k)!} now={now.get(k)} configurator={c} fixed={fixed} fresh={fresh?.has(k)} />)}
        </section>
      ))}
    </div>
  );
}

/** Says to those who do not see it what a change has done to the price. */
function Announcer({ configurator: c }: { configurator: Configurator }) {
  const t = configureWords.use();
  const [said, setSaid] = useState('');
  const last = useRef<string | null>(null);
  const unit = c.state?.price?.unit;
  useEffect(() => {
    if (!unit) return;
    const was = last.current;
    last.current = unit.amount;
    if (was === null || was === unit.amount) return;
    const digits = unit.amount.split('.')[1]?.length ?? 0;
    setSaid(t.priceMoved(price(unit), delta({ amount: (Number(unit.amount) - Number(was)).toFixed(digits), currency: unit.currency }, '')));
  }, [unit, t]);
  return <p className="vh" role="status" aria-live="polite">{said}</p>;
}
