import { lazy, Suspense, useState } from 'react';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import type { useList } from '../../lib/search.ts';
import { IconFilter, IconSearch, IconX } from '../../ui/icons.ts';
import { IconButton, Skeleton } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { orderWords } from '../../words/index.ts';
import { deskWords, filterKeys } from './orderFilter.ts';

const OrganizationPicker = lazy(async () => ({ default: (await import('../../ui/OrganizationPicker.tsx')).OrganizationPicker }));

/** What narrows the order desk; all of it stands in the address. */
export function OrderFilters({ list }: { list: ReturnType<typeof useList> }) {
  const t = deskWords.use();
  const o = orderWords.use();
  const may = useMay();
  const q = list.get('q') ?? '';
  const [typed, setTyped] = useState(q);
  const [was, setWas] = useState(q);
  if (q !== was) { setWas(q); if (q !== typed.trim()) setTyped(q); } // a view, or the way back, has brought another search
  const look = useDebouncedCallback((text: string) => list.set({ q: text.trim() }), 250);
  const further = ['payment', 'placedFrom', 'placedTo', 'promisedFrom', 'promisedTo'];
  const inUse = further.filter((k) => list.get(k)).length;
  const [more, setMore] = useState(inUse > 0);
  const any = filterKeys.some((k) => list.get(k));
  const day = (key: string, label: string) => (
    <TextInput key={key} type="date" label={label} value={list.get(key) ?? ''} onChange={(e) => list.set({ [key]: e.currentTarget.value })} />
  );
  return <>
    <div className="f-filters od-filters" role="search">
      <TextInput className="f-search" aria-label={t.search} placeholder={t.find} title={t.search} leftSection={<IconSearch size={16} />} value={typed} onChange={(e) => { setTyped(e.currentTarget.value); look(e.currentTarget.value); }} />
      <NativeSelect aria-label={t.status} value={list.get('status') ?? ''} onChange={(e) => list.set({ status: e.currentTarget.value })}
        data={[{ value: '', label: t.anyStatus }, { value: 'open', label: t.open }, { value: 'waits', label: t.waits }, ...Object.entries(o.status).map(([value, label]) => ({ value, label }))]} />
      <NativeSelect aria-label={t.delivery} value={list.get('delivery') ?? ''} onChange={(e) => list.set({ delivery: e.currentTarget.value })}
        data={[{ value: '', label: t.anyDelivery }, { value: 'underway', label: t.deliveryUnderway }, ...Object.entries(o.fulfillment).map(([value, label]) => ({ value, label }))]} />
      <NativeSelect aria-label={t.show} value={list.get('show') ?? ''} onChange={(e) => list.set({ show: e.currentTarget.value })}
        data={[{ value: '', label: t.showAll }, { value: 'late', label: t.showLate }, { value: 'delayed', label: t.showDelayed }, { value: 'problems', label: t.showProblems }, { value: 'ship', label: t.showToShip }]} />
      {may('organization.read') && <Suspense fallback={<div className="od-customer"><Skeleton h={36} /></div>}><OrganizationPicker className="od-customer" hideLabel label={t.customer} value={list.get('customer')} onChange={(id) => list.set({ customer: id })} /></Suspense>}
      <Button variant="default" leftSection={<IconFilter size={16} />} aria-expanded={more} aria-controls="od-more" onClick={() => setMore(!more)}>{more ? t.fewer : t.more}{!more && inUse > 0 && ` (${inUse})`}</Button>
      {any && <IconButton label={t.clear} onClick={() => { setTyped(''); list.set(Object.fromEntries(filterKeys.map((k) => [k, null]))); }}><IconX size={17} /></IconButton>}
    </div>
    <div className="od-more" id="od-more" hidden={!more}>
      {may('order.prices') && <NativeSelect label={t.payment} value={list.get('payment') ?? ''} onChange={(e) => list.set({ payment: e.currentTarget.value })}
        data={[{ value: '', label: t.anyPayment }, ...Object.entries(o.payment).map(([value, label]) => ({ value, label }))]} />}
      {day('placedFrom', t.placedFrom)}{day('placedTo', t.placedTo)}{day('promisedFrom', t.promisedFrom)}{day('promisedTo', t.promisedTo)}
    </div>
  </>;
}
