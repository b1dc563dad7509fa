import { words } from '../../lib/words.ts';
import { Tabs } from '../../ui/account/Tabs.tsx';
import { useMay } from '../../ui/root.tsx';
import en from './CustomerTabs.en.ts';

const text = words('CustomerTabs', en);

/** Whether somebody sees anything of how customers buy. */
export const useBuys = () => { const may = useMay(); return ['price.quote', 'spendingLimit.read', 'cart.read', 'approval.read', 'priceList.read', 'organization.trade'].some(may); };

/** The pages of one customer. */
export function CustomerTabs({ id, at }: { id: string; at: 'overview' | 'buying' }) {
  const t = text.use();
  if (!useBuys()) return null;
  return <Tabs label={t.tabs} tabs={[{ href: `/customers/${id}`, title: t.overview, on: at === 'overview' }, { href: `/customers/${id}/buying`, title: t.buying, on: at === 'buying' }]} />;
}
