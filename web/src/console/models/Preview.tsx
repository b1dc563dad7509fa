import { useEffect, useMemo, useRef, useState } from 'react';
import { useAlong } from '../../ui/configure/along.ts';
import { known, type Pick } from '../../ui/configure/choices.ts';
import type { VersionData } from '../../ui/configure/documents.ts';
import Questions from '../../ui/configure/Questions.tsx';
import { Summary } from '../../ui/configure/Summary.tsx';
import { useConfigurator } from '../../ui/configure/useConfigurator.ts';
import { Notice } from '../../ui/kit.tsx';
import { Quantity } from '../../ui/shop/Quantity.tsx';
import { PartsCard } from '../pages/SavedParts.tsx';
import type { Both, Doc, Model } from './draft.ts';
import { modelWords, said } from './fields.tsx';

/** The draft as it was saved last, to be tried as a customer would. Nothing is kept of it, and nothing is counted. */
export default function Preview({ model: m, saved, version, dirty }: { model: Model; saved: Doc; version: number | null | undefined; dirty: boolean }) {
  const t = modelWords.use();
  const shown = useMemo(() => asked(saved, `${m.id} ${version}`, (m.current?.number ?? 0) + 1), [saved, m.id, version, m.current?.number]);
  const choices = useRef<Pick[]>([]); // what was chosen stays as long as the draft knows it
  return <>
    <Notice tone={dirty ? 'warn' : 'info'}>{dirty ? t.previewDirty : t.previewText}</Notice>
    <Try key={shown.id} model={m} version={shown} choices={choices} />
  </>;
}

const rule = { minimumQuantity: 1, quantityStep: 1, maximumQuantity: null };

function Try({ model: m, version, choices }: { model: Model; version: VersionData; choices: { current: Pick[] } }) {
  const t = modelWords.use();
  const [quantity, setQuantity] = useState(1);
  const [start] = useState(() => choices.current.filter((c) => known(c, version)));
  const c = useConfigurator({ version, start, quantity, draftOf: m.id });
  useEffect(() => { choices.current = c.choices(); });
  const along = useAlong(version, c);
  return (
    <div className="cf" data-console>
      <Questions version={version} configurator={c} />
      <Summary version={version} configurator={c} quantity={quantity} lost={along} title={t.previewPrice} more={c.state?.parts && <PartsCard parts={c.state.parts} />}>
        <div className="cf-acts"><div className="cf-many"><span className="muted">{t.quantity}</span><Quantity small label={t.quantity} value={quantity} rule={rule} onChange={setQuantity} /></div></div>
      </Summary>
    </div>
  );
}

/** What customers would be asked. */
function asked(d: Doc, id: string, number: number): VersionData {
  const more = (b: Both | null) => said(b) || null;
  return {
    id, number, title: said(d.title), intro: more(d.intro),
    steps: d.steps.map((s) => ({ key: s.key, title: said(s.title, s.key), help: more(s.help), groups: [...s.groups] })),
    groups: d.groups.map((g) => ({
      key: g.key, title: said(g.title, g.key), help: more(g.help), min: g.min, max: g.max,
      options: g.options.map((o) => ({ key: o.key, title: said(o.title, o.key), help: more(o.help), swatch: o.swatch })),
      number: g.number && { min: decimal(g.number.min, g.number.scale), max: decimal(g.number.max, g.number.scale), step: decimal(g.number.step, g.number.scale), unit: g.number.unit, of: g.number.of },
    })),
  };
}
/** A number of a draft, which is whole, as the API writes it. */
const decimal = (n: number, scale: number) => (scale ? (n / 10 ** scale).toFixed(scale).replace(/\.?0+$/, '') : String(n));
