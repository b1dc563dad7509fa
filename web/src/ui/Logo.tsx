import { house } from './house.ts';

/** The portal's logo, or its first letter where there is none, and its name. */
export function Logo() {
  const { name, logoUrl, logoDarkUrl } = house;
  if (!logoUrl) return <span className="f-logo"><span className="f-logo-mark" aria-hidden>{[...name][0]}</span><span>{name}</span></span>;
  return (
    <span className="f-logo">
      <img src={logoUrl} alt={name} height={28} data-when={logoDarkUrl ? 'light' : undefined} />
      {logoDarkUrl && <img src={logoDarkUrl} alt={name} height={28} data-when="dark" />}
    </span>
  );
}
