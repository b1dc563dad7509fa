import { useId, useRef, useState, type DragEvent } from 'react';
import { Button, Checkbox, Input } from '@mantine/core';
import { bytes } from '../../lib/format.ts';
import { graphql } from '../../lib/graphql.ts';
import { Form, FormEnd, useAction, useForm, useKey } from '../../ui/form.tsx';
import { IconCheck, IconUpload, IconX } from '../../ui/icons.ts';
import { Dialog, IconButton } from '../../ui/kit.tsx';
import { importWords, ordered, type Order } from './importWords.ts';

// urql sends variables that are files as the multipart request specification says.
const Start = graphql(`mutation StartImport($input: StartImportInput!, $key: String!) {
  startImport(input: $input) @idempotent(key: $key) { importRun { id } userErrors { field code message } }
}`);

const mostFiles = 20;
const largest = 200 << 20;
const longest = 20_000;

/** The files that a mapping names. It is read for good by the server; this is only to say early what is still to choose. */
const namedIn = (mapping: string) => [...new Set([...mapping.matchAll(/^[\s-]*file:\s*["']?([^"'#\r\n]+?)["']?\s*(?:#.*)?$/gm)].map((m) => m[1]!.split(/[\\/]/).at(-1)!))];
const fits = (file: File, name: string) => file.name === name || file.name === `${name}.gz`;

/** Makes a box take what is dropped on it. */
function useDrop(take: (files: File[]) => void) {
  const [over, setOver] = useState(false);
  const hasFiles = (e: DragEvent) => e.dataTransfer.types.includes('Files');
  return { 'data-over': over || undefined,
    onDragOver: (e: DragEvent) => { if (hasFiles(e)) { e.preventDefault(); setOver(true); } },
    onDragLeave: () => setOver(false),
    onDrop: (e: DragEvent) => { if (hasFiles(e)) { e.preventDefault(); setOver(false); take([...e.dataTransfer.files]); } },
  };
}

/** Starts an import: the mapping, the files, and whether it is for real. */
export default function ImportStart({ again, onClose, onStarted }: { again?: Order; onClose: () => void; onStarted: (id: string) => void }) {
  const t = importWords.use();
  const id = useId();
  const form = useForm();
  const key = useKey();
  const [start, busy] = useAction(Start);
  const [mapping, setMapping] = useState(again?.mapping ?? '');
  const [files, setFiles] = useState<File[]>(again?.files ?? []);
  const [dryRun, setDryRun] = useState(!again);
  const [wrong, setWrong] = useState<{ mapping?: string; files?: string }>({});
  const choose = useRef<HTMLInputElement>(null);
  const open = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);

  const named = namedIn(mapping);
  const missing = named.filter((n) => !files.some((f) => fits(f, n)));
  const add = (more: File[]) => {
    setFiles((all) => [...all.filter((f) => !more.some((m) => m.name === f.name)), ...more]); // the same name again is the newer file
    setWrong((w) => ({ ...w, files: undefined }));
    form.clear();
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    const text = file.size <= longest ? await file.text().catch(() => null) : null;
    const bad = text === null || text.includes('\0') || text.includes('\ufffd');
    if (!bad) setMapping(text);
    setWrong((w) => ({ ...w, mapping: bad ? t.notText : undefined }));
    form.clear();
    area.current?.focus();
  };
  const mappingDrop = useDrop((dropped) => void read(dropped[0]));
  const filesDrop = useDrop(add);

  const check = async () => {
    const w: typeof wrong = {};
    if (!mapping.trim()) w.mapping = t.noMapping;
    else if (new TextEncoder().encode(mapping).length > longest) w.mapping = t.longMapping;
    if (!files.length) w.files = t.noFiles;
    else if (files.length > mostFiles) w.files = t.manyFiles;
    else if (files.reduce((n, f) => n + f.size, 0) > largest) w.files = t.large;
    // A file that was written to since it was chosen cannot be read any more, and the request would only fail.
    else for (const f of files) await f.slice(0, 1).arrayBuffer().catch(() => { w.files ??= t.changed(f.name); });
    setWrong(w);
    return w;
  };
  const submit = async () => {
    if (busy) return;
    form.clear();
    const w = await check();
    if (w.mapping) { area.current?.focus(); return; }
    if (w.files) { document.getElementById(`${id}-choose`)?.focus(); return; }
    const outcome = await start({ input: { mapping, files, dryRun }, key: key({ mapping, dryRun, files: files.map((f) => [f.name, f.size, f.lastModified]) }) });
    const run = outcome.ok ? outcome.payload.importRun : null;
    if (form.take(outcome) && run) { ordered.set(run.id, { mapping, files }); onStarted(run.id); }
  };
  const mappingError = wrong.mapping ?? form.error('mapping');
  const filesError = wrong.files ?? form.error('files');
  return (
    <Dialog open onClose={onClose} title={t.start} wide fixed={busy}>
      <Form form={form} names={['mapping', 'files']} onSubmit={() => void submit()}>
        <div className="w-drop" {...mappingDrop}>
          <Input.Wrapper id={`${id}-mapping`} label={t.mapping} description={t.mappingHint} error={mappingError}>
            <Input component="textarea" multiline id={`${id}-mapping`} ref={area} className="w-code" rows={9} spellCheck={false} autoComplete="off" autoFocus={!again} data-autofocus={!again || undefined} wrap="off"
              aria-describedby={[`${id}-mapping-description`, mappingError && `${id}-mapping-error`].filter(Boolean).join(' ')} error={!!mappingError}
              value={mapping} onChange={(e: React.ChangeEvent<HTMLTextAreaElement>) => { setMapping(e.currentTarget.value); setWrong((w) => ({ ...w, mapping: undefined })); }} />
          </Input.Wrapper>
          <input ref={open} type="file" hidden accept=".yaml,.yml,text/yaml" aria-label={`${t.mapping}: ${t.chooseMapping}`} onChange={(e) => { void read(e.currentTarget.files?.[0]); e.currentTarget.value = ''; }} />
          <Button size="compact-sm" variant="default" onClick={() => open.current?.click()}>{t.chooseMapping}</Button>
        </div>
        <div className="w-drop" role="group" aria-labelledby={`${id}-files`} {...filesDrop}>
          <span className="w-label" id={`${id}-files`}>{t.files}</span>
          <p className="w-hint" id={`${id}-hint`}>{t.filesHint}</p>
          {filesError && <p className="w-error" id={`${id}-wrong`} role="alert">{filesError}</p>}
          {files.length > 0 && (
            <ul className="w-files">
              {files.map((f) => {
                const used = named.some((n) => fits(f, n));
                return <li key={f.name} data-used={used || undefined}>
                  <span aria-hidden>{used ? <IconCheck size={16} /> : <IconUpload size={16} />}</span>
                  <span>{f.name}{named.length > 0 && !used && <small>{t.unused}</small>}</span>
                  <span className="num muted">{bytes(f.size)}</span>
                  <IconButton label={t.drop(f.name)} onClick={() => { setFiles(files.filter((x) => x !== f)); document.getElementById(`${id}-choose`)?.focus(); }}><IconX size={15} /></IconButton>
                </li>;
              })}
            </ul>
          )}
          {missing.length > 0 && <p className="w-hint">{t.wanted} <b>{missing.join(', ')}</b></p>}
          <div className="w-choose">
            <input ref={choose} type="file" multiple hidden aria-label={t.files} onChange={(e) => { add([...(e.currentTarget.files ?? [])]); e.currentTarget.value = ''; }} />
            <Button id={`${id}-choose`} size="compact-sm" variant="default" aria-describedby={filesError ? `${id}-wrong` : `${id}-hint`} onClick={() => choose.current?.click()}>{t.chooseFiles}</Button>
            <small className="muted" role="status">{files.length > 0 && t.chosen(files.length, bytes(files.reduce((n, f) => n + f.size, 0)))}</small>
          </div>
        </div>
        <Checkbox label={t.dry} description={t.dryHint} checked={dryRun} onChange={(e) => setDryRun(e.currentTarget.checked)} />
        <p className="w-hint" role="status">{busy && t.sending}</p>
        <FormEnd label={dryRun ? t.startDry : t.startReal} busy={busy} onCancel={busy ? undefined : onClose} />
      </Form>
    </Dialog>
  );
}
