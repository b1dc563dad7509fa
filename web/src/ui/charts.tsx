import { useId, useState, type KeyboardEvent } from 'react';
import { number } from '../lib/format.ts';
import './charts.css';

/** One bar: what it stands for, how high it is, and its value in words. */
export interface Bar { key: string; label: string; value: number; text: string }

/** The steps of an axis from nothing to the highest bar: 1, 2, 2.5 or 5 times a power of ten. */
export function steps(highest: number, count = 4): number[] {
  if (highest <= 0) return [0, 1];
  const rough = highest / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((f) => f * power).find((s) => s >= rough && (highest > 10 || Number.isInteger(s))) ?? Math.max(1, 10 * power);
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, i) => i * step);
}

/** Bars side by side. Pointing at one, or walking to it with the arrow keys,
 * shows its value; those who do not see it have a table of the same. */
export function Bars(p: { label: string; bars: Bar[]; tick?: (value: number) => string; height?: number }) {
  const id = useId();
  const [at, setAt] = useState(-1);
  const height = p.height ?? 168;
  const ticks = steps(Math.max(0, ...p.bars.map((b) => b.value)));
  const top = ticks.at(-1)!;
  const y = (value: number) => height - (value / top) * (height - 8);
  const slot = 100 / Math.max(1, p.bars.length);
  const tick = p.tick ?? number;
  const shown = p.bars[at];
  const onKey = (e: KeyboardEvent) => {
    const to = { ArrowRight: Math.min(p.bars.length - 1, at + 1), ArrowLeft: Math.max(0, at - 1), Home: 0, End: p.bars.length - 1, Escape: -1 }[e.key];
    if (to !== undefined) { e.preventDefault(); setAt(to); }
  };
  return (
    <div className="f-chart" role="group" aria-labelledby={id} tabIndex={0} onKeyDown={onKey} onFocus={(e) => { if (e.currentTarget.matches(':focus-visible')) setAt(p.bars.length - 1); }} onBlur={() => setAt(-1)}>
      <span id={id} className="vh">{p.label}</span>
      <div className="f-chart-ticks" aria-hidden style={{ height }}>{ticks.map((v) => <span key={v} style={{ top: y(v) }}>{tick(v)}</span>)}</div>
      <div className="f-chart-plot" aria-hidden onPointerLeave={() => setAt(-1)}>
        <svg width="100%" height={height}>
          {ticks.map((v) => <line key={v} x1="0" x2="100%" y1={y(v)} y2={y(v)} />)}
          {p.bars.map((b, i) => (
            <g key={b.key} data-on={i === at || undefined} onPointerEnter={() => setAt(i)}>
              <rect className="f-chart-slot" x={`${i * slot}%`} y="0" width={`${slot}%`} height={height} />
              {b.value > 0 && <rect className="f-chart-bar" x={`${i * slot + slot * 0.2}%`} y={y(b.value)} width={`${slot * 0.6}%`} height={Math.max(2, height - y(b.value))} rx="3" />}
            </g>
          ))}
        </svg>
        <div className="f-chart-labels">{p.bars.map((b) => <span key={b.key}>{b.label}</span>)}</div>
        {shown && (
          <div className="f-chart-tip" style={{ left: `${Math.min(86, Math.max(14, (at + 0.5) * slot))}%`, top: Math.max(0, y(shown.value) - 52) }}>
            <small>{shown.label}</small><b>{shown.text}</b>
          </div>
        )}
      </div>
      <span className="vh" role="status">{shown ? `${shown.label}: ${shown.text}` : ''}</span>
      <table className="vh"><caption>{p.label}</caption><tbody>{p.bars.map((b) => <tr key={b.key}><th scope="row">{b.label}</th><td>{b.text}</td></tr>)}</tbody></table>
    </div>
  );
}
