import { lazy, Suspense, useState } from 'react';
import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { number, regionName } from '../../lib/format.ts';
import { graphql, type ResultOf } from '../../lib/graphql.ts';
import { Form, FormEnd, isStale, useAction, useTell, useVersioned } from '../../ui/form.tsx';
import { IconBuilding, IconPlus } from '../../ui/icons.ts';
import { Card, Dialog, Empty, Failure, Loading, Page, Pill } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { stockWords } from '../stock/parts.tsx';

const PlaceForm = lazy(() => import('../stock/PlaceForm.tsx'));

const All = graphql(`query AllStockPlaces { stockLocations { id key name status priority version source @_optional address { name line1 line2 postalCode city region country } } }`);
const SetState = graphql(`mutation SetPlaceStatus($input: SaveStockLocationInput!) { saveStockLocation(input: $input) { stockLocation { id status version } userErrors { field code message } } }`);

export type Place = ResultOf<typeof All>['stockLocations'][number];

/** Where goods lie. */
export default function StockPlaces() {
  const t = stockWords.use();
  const may = useMay();
  const tell = useTell();
  const [{ data, error }, load] = useQuery({ query: All });
  const [asked, ask] = useState<{ place?: Place; close?: boolean } | null>(null);
  const [set, setting] = useAction(SetState);
  const again = () => load({ requestPolicy: 'network-only' });
  const save = may('stockLocation.save');
  const open = async (place: Place) => {
    const outcome = await set({ input: { id: place.id, version: place.version, name: place.name, status: 'ACTIVE' } });
    if (!tell(outcome, t.opened(place.name)) && isStale(outcome)) again();
  };
  const columns: Column<Place>[] = [
    { key: 'name', title: t.name, phone: 'main', cell: (p) => <b style={{ fontWeight: 560 }}>{p.name}</b> },
    { key: 'key', title: t.key, phone: 'label', cell: (p) => <code>{p.key}</code> },
    { key: 'address', title: t.address, phone: 'label', cell: (p) => [p.address?.city, p.address?.country && regionName(p.address.country)].filter(Boolean).join(', ') || <span className="muted">–</span> },
    { key: 'priority', title: t.priority, end: true, phone: 'label', cell: (p) => <span className="num">{number(p.priority)}</span> },
    { key: 'state', title: t.state, cell: (p) => <Pill tone={p.status === 'ACTIVE' ? 'good' : 'calm'}>{t.placeStates[p.status]}</Pill> },
    ...(save ? [{ key: 'act', title: t.actions, end: true, cell: (p: Place) => (
      <span className="st-acts">
        <Button size="compact-sm" variant="default" aria-label={t.of(t.edit, p.name)} onClick={() => ask({ place: p })}>{t.edit}</Button>
        {p.status === 'ACTIVE' ? <Button size="compact-sm" variant="default" aria-label={t.of(t.close, p.name)} onClick={() => ask({ place: p, close: true })}>{t.close}</Button>
          : <Button size="compact-sm" variant="default" loading={setting} aria-label={t.of(t.reopen, p.name)} onClick={() => void open(p)}>{t.reopen}</Button>}
      </span>
    ) }] : []),
  ];
  return (
    <Page title={t.placesTitle} wide sub={t.placesSub} crumbs={[{ title: t.title, href: '/stock' }, { title: t.placesTitle }]}
      actions={save && <Button leftSection={<IconPlus size={16} />} onClick={() => ask({})}>{t.makePlace}</Button>}>
      {error && !data ? <Failure error={error} retry={again} /> : (
        <Card flush><Table label={t.placesTitle} columns={columns} rows={data?.stockLocations ?? null} name={(p) => p.name} empty={<Empty icon={<IconBuilding size={22} />} title={t.noPlaces} text={t.noPlacesText} />} /></Card>
      )}
      <Dialog open={!!asked && !asked.close} onClose={() => ask(null)} title={asked?.place ? t.changePlace(asked.place.name) : t.makePlace}>
        {asked && !asked.close && <Suspense fallback={<Loading rows={4} />}><PlaceForm place={data?.stockLocations.find((p) => p.id === asked.place?.id) ?? asked.place} again={again} done={() => { ask(null); again(); }} close={() => ask(null)} /></Suspense>}
      </Dialog>
      <Dialog open={!!asked?.close} onClose={() => ask(null)} title={asked?.place ? t.closeTitle(asked.place.name) : ''}>
        {asked?.close && <Close place={data?.stockLocations.find((p) => p.id === asked.place!.id) ?? asked.place!} again={again} done={() => ask(null)} />}
      </Dialog>
    </Page>
  );
}

function Close({ place, again, done }: { place: Place; again: () => void; done: () => void }) {
  const t = stockWords.use();
  const { form, busy, send } = useVersioned(place.version, again);
  const [set] = useAction(SetState);
  const submit = async () => { if (await send({}, (version) => set({ input: { id: place.id, version, name: place.name, status: 'CLOSED' } }), t.closedNow(place.name))) done(); };
  return <Form form={form} onSubmit={() => void submit()}><p>{t.closeText}</p><FormEnd label={t.close} danger busy={busy} onCancel={done} /></Form>;
}
