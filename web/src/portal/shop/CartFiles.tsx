import { useRef } from 'react';
import { Button } from '@mantine/core';
import { bytes } from '../../lib/format.ts';
import { IconFile, IconPaperclip, IconX } from '../../ui/icons.ts';
import { Card, IconButton } from '../../ui/kit.tsx';
import { toast } from '../../ui/toasts.tsx';
import type { CartData } from '../../ui/shop/cart.ts';
import { setPending, usePending } from './pending.ts';
import { cartWords } from '../../ui/shop/Totals.tsx';
import { useUpload } from './upload.ts';

/** Files that will go with the order. */
export default function CartFiles({ cart: c }: { cart: CartData; reload?: () => void }) {
  const t = cartWords.use();
  const waiting = usePending(c.id);
  const [upload, busy] = useUpload();
  const input = useRef<HTMLInputElement>(null);
  const add = async (files: FileList | null) => {
    const all = [...(files ?? [])];
    const sent = await upload(all);
    if (sent.length) {
      setPending(c.id, [...waiting, ...sent.map((s) => ({ ...s, size: all.find((f) => f.name === s.name)?.size ?? 0 }))]);
      toast(t.attached(sent.map((s) => s.name).join(', ')));
    }
    if (input.current) input.current.value = '';
  };
  return (
    <Card title={t.files} flush>
      {waiting.length + (c.attachments?.length ?? 0) > 0 && <ul>
        {c.attachments?.map((f) => <li key={f.id}><div className="s-file"><IconFile size={19} /><span>{f.name}<small>{bytes(f.size)}</small></span></div></li>)}
        {waiting.map((f) => <li key={f.id}><div className="s-file"><IconFile size={19} /><span>{f.name}{f.size > 0 && <small>{bytes(f.size)}</small>}</span>
          <IconButton label={t.detach(f.name)} onClick={() => setPending(c.id, waiting.filter((x) => x.id !== f.id))}><IconX size={17} /></IconButton></div></li>)}
      </ul>}
      <div className="op-space" style={{ display: 'grid', gap: 12, padding: '14px 20px' }}>
        <p className="muted">{t.filesText}</p>
        <div><input ref={input} type="file" multiple hidden onChange={(e) => void add(e.currentTarget.files)} aria-label={t.attach} />
          <Button variant="default" loading={busy} leftSection={<IconPaperclip size={16} />} onClick={() => input.current?.click()}>{t.attach}</Button></div>
      </div>
    </Card>
  );
}
