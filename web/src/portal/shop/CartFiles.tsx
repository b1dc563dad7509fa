import { useRef } from 'react';
import { Button } from '@mantine/core';
import { bytes } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconFile, IconPaperclip, IconX } from '../../ui/icons.ts';
import { Card, IconButton } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import type { CartData } from '../../ui/shop/cart.ts';
import { cartWords } from '../../ui/shop/Totals.tsx';
import { useUpload } from './upload.ts';

const Attach = graphql(`mutation AttachToCart($input: AttachToCartInput!) { attachToCart(input: $input) { cart { id attachments { id name size } } userErrors { field code message } } }`);
const Detach = graphql(`mutation DetachFromCart($input: DeleteFileInput!) { deleteFile(input: $input) { fileId userErrors { field code message } } }`);

/** Files that will go with the order. */
export default function CartFiles({ cart: c, reload }: { cart: CartData; reload: () => void }) {
  const t = cartWords.use();
  const may = useMay();
  const tell = useTell();
  const [upload, sending] = useUpload();
  const [attach, attaching] = useAction(Attach);
  const [detach, detaching] = useAction(Detach);
  const input = useRef<HTMLInputElement>(null);
  const files = c.attachments ?? [];
  const add = async (list: FileList | null) => {
    const sent = await upload([...(list ?? [])]);
    if (input.current) input.current.value = '';
    if (sent.length) tell(await attach({ input: { cartId: c.id, uploadIds: sent.map((s) => s.id) } }), t.attached(sent.map((s) => s.name).join(', ')));
  };
  const remove = async (f: { id: string; name: string }) => {
    if (tell(await detach({ input: { fileId: f.id } }), t.detached(f.name))) reload();
  };
  return (
    <Card title={t.files} flush>
      {files.length > 0 && <ul>{files.map((f) => (
        <li key={f.id}><div className="s-file"><IconFile size={19} /><span>{f.name}<small>{bytes(f.size)}</small></span>
          {may('file.delete') && <IconButton label={t.detach(f.name)} disabled={detaching} onClick={() => void remove(f)}><IconX size={17} /></IconButton>}</div></li>
      ))}</ul>}
      {may('file.upload') && <div className="op-space" style={{ display: 'grid', gap: 12, padding: '14px 20px' }}>
        <p className="muted">{t.filesText}</p>
        <div><input ref={input} type="file" multiple hidden onChange={(e) => void add(e.currentTarget.files)} aria-label={t.attach} />
          <Button variant="default" loading={sending || attaching} leftSection={<IconPaperclip size={16} />} onClick={() => input.current?.click()}>{t.attach}</Button></div>
      </div>}
    </Card>
  );
}
