import { useEffect, useRef, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { useClient } from 'urql';
import { bytes } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useTell } from '../../ui/form.tsx';
import { IconChevronLeft, IconChevronRight, IconDownload, IconFile, IconPencil, IconTrash, IconUpload } from '../../ui/icons.ts';
import { Card, Dialog, IconButton, Notice, requestIdOf, useFailure } from '../../ui/kit.tsx';
import { useMay } from '../../ui/root.tsx';
import { toast } from '../../ui/toasts.tsx';
import { kitWords } from '../../words/index.ts';
import { productWords, type ConsoleProduct } from './productFields.ts';

const Upload = graphql(`mutation UploadForProduct($input: UploadFileInput!) { uploadFile(input: $input) { upload { id name } userErrors { field code message } } }`);
const Add = graphql(`mutation AddProductFile($input: AddProductFileInput!) { addProductFile(input: $input) { file { id } userErrors { field code message } } }`);
const Change = graphql(`mutation ChangeProductFile($input: ChangeProductFileInput!) { changeProductFile(input: $input) { file { id text } userErrors { field code message } } }`);
const Remove = graphql(`mutation DeleteProductFile($input: DeleteFileInput!) { deleteProductFile(input: $input) { fileId userErrors { field code message } } }`);
const Where = graphql(`query ProductFileAt($id: ID!) { node(id: $id) { __typename id ... on File { url } } }`);

interface Kept { id: string; name: string; text: string | null }

/** Pictures and documents of a product: added by choosing or dropping files. */
export default function ProductFiles({ product: p, again }: { product: ConsoleProduct; again: () => void }) {
  const t = productWords.use();
  const may = useMay();
  const client = useClient();
  const k = kitWords.use();
  const tell = useTell();
  const edits = may('file.catalog') && may('file.upload');
  const [asked, ask] = useState<{ what: 'text' | 'remove'; file: Kept } | null>(null);
  const [change, changing] = useAction(Change);
  const [moving, setMoving] = useState(false);
  const pictures = p.pictures ?? [];
  const documents = p.documents ?? [];
  // Pictures are scaled a moment after they were added.
  const waits = pictures.some((f) => !f.picture);
  const tries = useRef(0);
  useEffect(() => {
    if (!waits) { tries.current = 0; return; }
    if (tries.current++ > 8) return;
    const id = setTimeout(again, 1_200);
    return () => clearTimeout(id);
  }, [waits, pictures, again]);
  const move = async (list: readonly Kept[], i: number, by: number) => {
    const next = [...list];
    const [x] = next.splice(i, 1);
    next.splice(i + by, 0, x!);
    setMoving(true);
    for (const [position, f] of next.entries()) if (!tell(await change({ input: { fileId: f.id, position } }))) break;
    setMoving(false);
    again();
  };
  const save = async (id: string) => {
    const { data } = await client.query(Where, { id }, { requestPolicy: 'network-only' }).toPromise();
    const url = data?.node?.__typename === 'File' ? data.node.url : null;
    if (url) location.assign(url); else toast(k.gone, 'bad');
  };
  const tools = (list: readonly Kept[], i: number) => {
    const f = list[i]!;
    const called = f.text || f.name;
    return <>
      <IconButton label={t.describe(called)} onClick={() => ask({ what: 'text', file: f })}><IconPencil size={16} /></IconButton>
      <IconButton label={t.earlier(called)} disabled={i === 0 || moving || changing} onClick={() => void move(list, i, -1)}><IconChevronLeft size={16} /></IconButton>
      <IconButton label={t.later(called)} disabled={i === list.length - 1 || moving || changing} onClick={() => void move(list, i, 1)}><IconChevronRight size={16} /></IconButton>
      <IconButton label={t.removeFile(called)} onClick={() => ask({ what: 'remove', file: f })}><IconTrash size={16} /></IconButton>
    </>;
  };
  if (!p.pictures || !p.documents) return null;
  return <>
    <Card title={t.pictures} flush>
      {pictures.length > 0 && <ul className="ca-pictures">{pictures.map((f, i) => (
        <li key={f.id}>
          <span className="ca-picture">{f.picture ? <img src={f.picture.url} alt={f.text ?? f.name} loading="lazy" /> : t.scaling}</span>
          <small aria-hidden={f.text ? true : undefined}>{f.text || t.noText}</small>
          {edits && <span className="ca-tools">{tools(pictures, i)}</span>}
        </li>
      ))}</ul>}
      {!edits && !pictures.length && <p className="muted ca-pad">{t.noPictures}</p>}
      {edits && <Adding product={p} kind="PICTURE" label={t.addPictures} hint={pictures.length ? t.pictureHint : `${t.noPictures} ${t.pictureHint}`} accept="image/jpeg,image/png,image/webp,image/gif" again={again} />}
    </Card>
    <Card title={t.documents} flush>
      {documents.length > 0 && <ul className="f-rows">{documents.map((f, i) => (
        <li key={f.id} className="ca-row"><span style={{ display: 'flex', gap: 10, alignItems: 'center' }}><IconFile size={18} /><span>{f.text || f.name}<small>{f.text ? `${f.name} · ` : ''}{bytes(f.size)}</small></span></span>
          <span className="ca-tools" style={{ margin: 0 }}><IconButton label={t.download(f.name)} onClick={() => void save(f.id)}><IconDownload size={16} /></IconButton>{edits && tools(documents, i)}</span></li>
      ))}</ul>}
      {!edits && !documents.length && <p className="muted ca-pad">{t.noDocuments}</p>}
      {edits && <Adding product={p} kind="DOCUMENT" label={t.addDocuments} hint={documents.length ? t.documentHint : `${t.noDocuments} ${t.documentHint}`} accept=".pdf,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods,.odp" again={again} />}
    </Card>
    <Dialog open={asked?.what === 'text'} onClose={() => ask(null)} title={t.describeTitle}>{asked && <Describe file={asked.file} done={() => ask(null)} />}</Dialog>
    <Dialog open={asked?.what === 'remove'} onClose={() => ask(null)} title={t.removeTitle}>{asked && <Removal file={asked.file} done={() => { ask(null); again(); }} close={() => ask(null)} />}</Dialog>
  </>;
}

/** Sends files one after another, and hangs each on the product. What was refused is said beside the button, by file. */
function Adding({ product: p, kind, label, hint, accept, again }: { product: ConsoleProduct; kind: 'PICTURE' | 'DOCUMENT'; label: string; hint: string; accept: string; again: () => void }) {
  const t = productWords.use();
  const say = useFailure();
  const [upload] = useAction(Upload);
  const [add] = useAction(Add);
  const [at, setAt] = useState<{ n: number; of: number } | null>(null);
  const [refused, setRefused] = useState<{ name: string; why: string }[]>([]);
  const input = useRef<HTMLInputElement>(null);
  const send = async (files: readonly File[]) => {
    setRefused([]);
    for (const [i, file] of files.entries()) {
      setAt({ n: i + 1, of: files.length });
      const sent = await upload({ input: { file, kind } });
      const outcome = sent.ok && sent.payload.upload ? await add({ input: { productId: p.id, uploadId: sent.payload.upload.id } }) : sent;
      if (!outcome.ok) {
        const why = outcome.refusals[0]?.message ?? [say(outcome.error!), requestIdOf(outcome.error!)].filter(Boolean).join(' ');
        setRefused((all) => [...all, { name: file.name, why }]);
      }
    }
    setAt(null);
    if (input.current) input.current.value = '';
    again();
  };
  return (
    <div className="ca-add" onDragOver={(e) => e.preventDefault()} onDrop={(e) => { e.preventDefault(); if (!at) void send([...e.dataTransfer.files]); }}>
      <input ref={input} type="file" multiple hidden accept={accept} aria-label={label} onChange={(e) => void send([...(e.currentTarget.files ?? [])])} />
      <Button variant="default" loading={!!at} leftSection={<IconUpload size={16} />} onClick={() => input.current?.click()}>{label}</Button>
      <span className="muted" role="status">{at ? t.sending(at.n, at.of) : hint}</span>
      {refused.map((r) => <Notice key={r.name} tone="bad"><b>{r.name}</b>: {r.why}</Notice>)}
    </div>
  );
}

function Describe({ file, done }: { file: Kept; done: () => void }) {
  const t = productWords.use();
  const form = useForm();
  const tell = useTell();
  const [text, setText] = useState(file.text ?? '');
  const [change, busy] = useAction(Change);
  const submit = async () => {
    const outcome = await change({ input: { fileId: file.id, text: text.trim() } });
    if (form.take(outcome)) { tell(outcome, t.saved); done(); }
  };
  return (
    <Form form={form} names={['text']} onSubmit={() => void submit()}>
      <TextInput label={t.fileText} description={t.fileTextHint} autoFocus maxLength={300} value={text} onChange={(e) => setText(e.currentTarget.value)} error={form.error('text')} />
      <FormEnd label={t.save} busy={busy} onCancel={done} />
    </Form>
  );
}

function Removal({ file, done, close }: { file: Kept; done: () => void; close: () => void }) {
  const t = productWords.use();
  const form = useForm();
  const tell = useTell();
  const [remove, busy] = useAction(Remove);
  const submit = async () => {
    const outcome = await remove({ input: { fileId: file.id } });
    if (form.take(outcome)) { tell(outcome, t.removed(file.name)); done(); }
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <Notice tone="warn">{t.removeText(file.text || file.name)}</Notice>
      <FormEnd label={t.remove} busy={busy} danger onCancel={close} />
    </Form>
  );
}
