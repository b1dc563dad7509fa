import { Checkbox, NativeSelect } from '@mantine/core';
import { day } from '../../lib/format.ts';
import { actWords, type Act } from './orderAct.ts';
import { ActDialog } from './OrderActs.tsx';
import type { WorkOrder } from './orderWorkFields.ts';
import { ReportDialog, ShipmentDialog } from './ShipmentForms.tsx';

/** What is asked of the person about an order. */
export type Asked = { what: Act | 'CREATE_SHIPMENT' } | { what: 'REPORT'; shipment: { id: string; status: string }; name: string };

/** The dialogs of an order's page, loaded with the first of them. */
export default function OrderDialogs({ order, asked, onClose, onChanged }: { order: WorkOrder; asked: Asked; onClose: () => void; onChanged: () => void }) {
  const t = actWords.use();
  if (asked.what === 'CREATE_SHIPMENT') return <ShipmentDialog order={order} onClose={onClose} onChanged={onChanged} />;
  if (asked.what === 'REPORT') return <ReportDialog shipment={asked.shipment} name={asked.name} onClose={onClose} onChanged={onChanged} />;
  return (
    <ActDialog act={asked.what} order={order} onClose={onClose} onChanged={onChanged}
      extra={asked.what !== 'SET_PROMISED_DATE' || order.lines.length < 2 ? undefined : (v, set, missing) => <>
        <NativeSelect label={t.lines} value={v.lines ? 'some' : 'all'} onChange={(e) => set({ ...v, lines: e.currentTarget.value === 'some' ? [] : null })}
          data={[{ value: 'all', label: t.wholeOrder }, { value: 'some', label: t.chosenLines }]} />
        {v.lines && (
          <Checkbox.Group value={v.lines} onChange={(lines) => set({ ...v, lines })} aria-label={t.chosenLines} error={missing.orderLineIds}>
            <div className="ow-lines">
              {order.lines.map((l) => <Checkbox key={l.id} value={l.id} label={`${l.name}, ${l.sku}`} description={l.promisedDate ? day(l.promisedDate) : undefined} />)}
            </div>
          </Checkbox.Group>
        )}
      </>} />
  );
}
