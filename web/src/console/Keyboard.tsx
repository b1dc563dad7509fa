import { words } from '../lib/words.ts';
import { Dialog } from '../ui/kit.tsx';
import { chords } from './keys.ts';
import { usePlaces } from './Shell.tsx';
import en from './Keyboard.en.ts';
import './palette.css';

const text = words('Keyboard', en);

/** Which keys do what. */
export default function Keyboard({ close }: { close: () => void }) {
  const t = text.use();
  const places = usePlaces().flatMap((g) => g.places);
  const K = ({ children }: { children: string }) => <kbd className="f-kbd">{children}</kbd>;
  return (
    <Dialog open onClose={close} title={t.title}>
      <div className="kb">
        <section><h3>{t.everywhere}</h3><dl>
          <dt>{t.palette}</dt><dd><K>Ctrl K</K> {t.or} <K>/</K></dd>
          <dt>{t.help}</dt><dd><K>?</K></dd>
          <dt>{t.close}</dt><dd><K>Esc</K></dd>
        </dl></section>
        <section><h3>{t.go}</h3><dl>
          {Object.entries(chords).flatMap(([key, href]) => {
            const place = places.find((p) => p.href === href);
            return place ? [<dt key={`${key}t`}>{place.title}</dt>, <dd key={key}><K>g</K> {t.then} <K>{key}</K></dd>] : [];
          })}
        </dl></section>
        <section><h3>{t.lists}</h3><dl>
          <dt>{t.next}</dt><dd><K>j</K></dd>
          <dt>{t.previous}</dt><dd><K>k</K></dd>
          <dt>{t.open}</dt><dd><K>o</K></dd>
          <dt>{t.choose}</dt><dd><K>x</K></dd>
        </dl></section>
        <section><h3>{t.notes}</h3><dl><dt>{t.send}</dt><dd><K>Ctrl ↵</K></dd></dl></section>
      </div>
    </Dialog>
  );
}
