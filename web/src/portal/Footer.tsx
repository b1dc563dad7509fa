import { lang } from '../lib/words.ts';
import { house } from '../ui/house.ts';
import { shellWords } from './Shell.tsx';

/** Whom to ask, and the pages that the law wants. */
export function Footer() {
  const t = shellWords.use();
  return (
    <footer className="p-footer no-print">
      <div>
        <span>{house.name}</span>
        {(house.contactEmail || house.contactPhone) && (
          <span>{t.contact}: {house.contactEmail && <a href={`mailto:${house.contactEmail}`}>{house.contactEmail}</a>}
            {house.contactEmail && house.contactPhone && ' · '}
            {house.contactPhone && <a href={`tel:${house.contactPhone.replace(/[^+\d]/g, '')}`}>{house.contactPhone}</a>}</span>
        )}
        {house.links.map((l) => <a key={l.url} href={l.url}>{l.title[lang()]}</a>)}
      </div>
    </footer>
  );
}
