import { money, percent } from '../../lib/format.ts';
import { words } from '../../lib/words.ts';
import type { CartData } from './cart.ts';
import en from './Cart.en.ts';

/** The words of the cart, which the checkout has, too. */
export const cartWords = words('Cart', en);

const zero = (m: { amount: string }) => Number(m.amount) === 0;

/** What a cart comes to, and out of what. */
export function Totals({ cart: c }: { cart: CartData }) {
  const t = cartWords.use();
  const a = c.amounts;
  if (!a) return <p className="muted">{t.noTotal}</p>;
  const chosen = c.shippingOffers.find((o) => o.key === c.shippingMethod);
  return (
    <dl className="f-facts">
      <dt>{t.items}</dt><dd className="num">{money(a.lines)}</dd>
      {!zero(a.discount) && <><dt>{t.discount}{c.discountReason && <small className="f-second">{c.discountReason}</small>}</dt><dd className="num">−{money(a.discount)}</dd></>}
      <dt>{chosen ? t.shippingBy(chosen.name) : t.shipping}</dt><dd className="num">{zero(a.shipping) ? t.free : money(a.shipping)}</dd>
      {a.taxes.map((x) => <div key={x.name + x.percent} style={{ display: 'contents' }}><dt>{x.name?.includes('%') ? x.name : t.tax(x.name || t.vat, percent(Number(x.percent) / 100, 2))}{!zero(x.tax) && <small className="f-second">{t.net(money(x.net))}</small>}</dt><dd className="num">{money(x.tax)}</dd></div>)}
      {a.reverseCharge && <><dt style={{ gridColumn: '1 / -1' }}>{t.reverse}</dt></>}
      <dt className="f-total">{t.total}</dt><dd className="num f-total">{money(a.total)}</dd>
    </dl>
  );
}

/** Who will have to approve it, and why. */
export function useApprovalHint() {
  const t = cartWords.use();
  return (c: CartData): string | null => c.approval && [t.approval(c.approval.approver?.name ?? null), c.approval.reason === 'ROLE' ? t.approvalRole : c.approval.limit && t.approvalLimit(money(c.approval.limit))].filter(Boolean).join(' ');
}
