import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { bytes, day } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconDownload, IconFile, IconPaperclip, IconTrash } from '../../ui/icons.ts';
import { Card, Dialog, IconButton } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { kitWords } from '../../words/index.ts';
import { useDownload } from '../shop/parts.tsx';
import { useUpload } from '../shop/upload.ts';
import { orderText } from './Cards.tsx';
import { OrderFields, type OrderData } from './orderFields.ts';

const Attach = graphql(`mutation AttachFiles($input: AttachToOrderInput!) { attachToOrder(input: $input) { order { ...OrderFields } userErrors { field code message } } }`, [OrderFields]);
const Delete = graphql(`mutation DeleteOrderFile($input: DeleteFileInput!) { deleteFile(input: $input) { fileId userErrors { field code message } } }`);

/** The files of an order: to save, to add, and to take away again. */
export default function Files({ order: o }: { order: OrderData }) {
  const t = orderText.use();
  const k = kitWords.use();
  const may = useMay();
  const tell = useTell();
  const download = useDownload();
  const [upload, sending] = useUpload();
  const [attach, attaching] = useAction(Attach);
  const [remove, removing] = useAction(Delete);
  const [asking, setAsking] = useState<{ id: string; name: string } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const adds = may('file.upload') && may('file.attach');
  const files = o.attachments ?? [];
  if (!files.length && !adds) return null;
  const add = async (list: FileList | null) => {
    const sent = await upload([...(list ?? [])]);
    if (input.current) input.current.value = '';
    if (sent.length) tell(await attach({ input: { orderId: o.id, uploadIds: sent.map((s) => s.id) } }), t.fileAdded(sent.map((s) => s.name).join(', ')));
  };
  return (
    <Card title={t.files} flush>
      {files.length > 0 && <ul>{files.map((f) => (
        <li key={f.id}><div className="s-file"><IconFile size={19} /><span>{f.name}<small>{bytes(f.size)} · {day(f.createdAt)}</small></span>
          <span style={{ flex: 'none', display: 'flex' }}><IconButton label={t.download(f.name)} onClick={() => void download(f.id)}><IconDownload size={17} /></IconButton>
            {may('file.delete') && !['CONFIRMED', 'COMPLETED', 'CANCELLED'].includes(o.status) && <IconButton label={t.deleteFile(f.name)} onClick={() => setAsking(f)}><IconTrash size={17} /></IconButton>}</span></div></li>
      ))}</ul>}
      {adds && <div style={{ display: 'grid', gap: 12, padding: '14px 20px' }} className="no-print">
        {!files.length && <p className="muted">{t.noFiles}</p>}
        <div><input ref={input} type="file" multiple hidden aria-label={t.addFile} onChange={(e) => void add(e.currentTarget.files)} />
          <Button variant="default" loading={sending || attaching} leftSection={<IconPaperclip size={16} />} onClick={() => input.current?.click()}>{t.addFile}</Button></div>
      </div>}
      {asking && <Dialog open onClose={() => setAsking(null)} title={t.deleteFileTitle}>
        <p style={{ overflowWrap: 'anywhere' }}>{asking.name}</p>
        <div className="f-form-end"><Button variant="default" onClick={() => setAsking(null)}>{k.cancel}</Button>
          <Button data-danger loading={removing} onClick={() => void remove({ input: { fileId: asking.id } }).then((x) => { if (tell(x, t.deleted(asking.name))) setAsking(null); })}>{t.deleteFileDo}</Button></div>
      </Dialog>}
    </Card>
  );
}
