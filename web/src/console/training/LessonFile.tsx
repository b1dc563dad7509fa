import { useRef, useState } from 'react';
import { Button } from '@mantine/core';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useTell } from '../../ui/form.tsx';
import { IconButton } from '../../ui/kit.tsx';
import { IconFile, IconTrash, IconUpload } from '../../ui/icons.ts';
import { courseWords, useFileName } from './fields.tsx';

const Upload = graphql(`mutation UploadForCourse($input: UploadFileInput!) { uploadFile(input: $input) { upload { id name } userErrors { field code message } } }`);
const Add = graphql(`mutation AddCourseFile($input: AddCourseFileInput!) { addCourseFile(input: $input) { fileId userErrors { field code message } } }`);

/** The file of a lesson: sent and kept with the course; the draft names it. */
export function LessonFile({ courseId, fileId, change, error }: { courseId: string; fileId: string | null; change: (id: string | null) => void; error?: string }) {
  const t = courseWords.use();
  const tell = useTell();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<{ id: string; name: string } | null>(null);
  const [upload] = useAction(Upload);
  const [add] = useAction(Add);
  const kept = useFileName(sent?.id === fileId ? null : fileId);
  const name = sent?.id === fileId ? sent?.name : kept;
  const send = async (file: File | undefined) => {
    if (!file) return;
    setBusy(true);
    try {
      const up = await upload({ input: { file, kind: 'DOCUMENT' } });
      if (!tell(up) || !up.payload.upload) return;
      const added = await add({ input: { courseId, uploadId: up.payload.upload.id } });
      if (tell(added) && added.payload.fileId) { setSent({ id: added.payload.fileId, name: up.payload.upload.name }); change(added.payload.fileId); }
    } finally { setBusy(false); if (input.current) input.current.value = ''; }
  };
  return <div>
    <input ref={input} type="file" hidden aria-label={t.uploadFile} onChange={(e) => void send(e.currentTarget.files?.[0])} />
    {fileId ? <ul className="tr-picked"><li><span className="tr-file"><IconFile size={16} /> {name}</span><IconButton label={t.remove(name ?? '')} onClick={() => change(null)}><IconTrash size={16} /></IconButton></li></ul>
      : <Button variant="default" size="compact-sm" loading={busy} leftSection={<IconUpload size={14} />} onClick={() => input.current?.click()}>{t.uploadFile}</Button>}
    {error && <p className="mo-wrong" role="alert">{error}</p>}
  </div>;
}
