import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { words } from '../../lib/words.ts';
import { Loading } from '../../ui/kit.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { useSession } from '../../ui/root.tsx';
import { kitWords } from '../../words/index.ts';
import { Footer } from '../Footer.tsx';
import { Tools } from '../Frame.tsx';
import { GuestForm } from '../order/GuestForm.tsx';
import en from './Track.en.ts';
import '../shell.css';
import './track.css';

/** The words of the guests' pages. */
export const trackText = words('Track', en);

const GuestOrder = lazy(() => import('../order/GuestOrder.tsx'));

/** An order for whoever has no account: by a code that is sent to its address. */
export default function Track() {
  const t = trackText.use();
  const k = kitWords.use();
  const { viewer } = useSession();
  const guest = viewer.kind === 'GUEST';
  return (
    <div className="tr">
      <a className="skip" href="#main">{k.skip}</a>
      <header className="tr-header" role="banner"><div>
        <Link href={guest ? '/track' : '/'}><Logo /></Link>
        <Tools />
      </div></header>
      <main id="main" className="tr-main">
        {guest ? <Suspense fallback={<div className="f-page"><Loading card /></div>}><GuestOrder /></Suspense> : (
          <div className="tr-box">
            <section className="f-card"><GuestForm /></section>
            <p className="tr-else">{viewer.kind === 'ANONYMOUS' ? <>{t.account} <Link href="/">{t.signIn}</Link></> : <>{t.signedIn} <Link href="/orders">{t.toOrders}</Link></>}</p>
          </div>
        )}
      </main>
      <Footer />
    </div>
  );
}
