import { useState } from 'react';
import './shop.css';

interface Seen { text?: string | null; picture: { url: string; width: number; height: number } | null }

/** The picture of a product, or a calm drawing where there is none. */
export function Picture({ of, eager }: { of?: Seen | null; eager?: boolean }) {
  const url = of?.picture?.url;
  const [broken, setBroken] = useState<string>();
  // What fails before the page has taken the picture in is told to nobody: it is seen then.
  if (url && broken !== url) return <img ref={(img) => { if (img?.complete && !img.naturalWidth) setBroken(url); }} className="s-picture" src={url} alt={of.text ?? ''} width={of.picture!.width} height={of.picture!.height} loading={eager ? undefined : 'lazy'} decoding="async" onError={() => setBroken(url)} />;
  return (
    <span className="s-picture s-drawn" aria-hidden>
      <svg viewBox="0 0 200 150" focusable="false">
        <ellipse cx="100" cy="124" rx="58" ry="9" className="s-shade" />
        <path d="M100 24 152 52v52l-52 28-52-28V52z" className="s-side" />
        <path d="M100 24 152 52 100 80 48 52z" className="s-top" />
        <path d="M100 80v52l52-28V52z" className="s-front" />
        <path d="M74 38l52 28v16" className="s-band" />
      </svg>
    </span>
  );
}
