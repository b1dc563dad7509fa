import { useState } from 'react';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useTell } from '../../ui/form.tsx';

const Upload = graphql(`mutation UploadFile($input: UploadFileInput!) { uploadFile(input: $input) { upload { id name } userErrors { field code message } } }`);

/** Sends files that go with an order, one after another, and says of each what was refused. What comes back hangs on nothing yet. */
export function useUpload() {
  const tell = useTell();
  const [send] = useAction(Upload);
  const [busy, setBusy] = useState(false);
  const upload = async (files: readonly File[]): Promise<{ id: string; name: string }[]> => {
    const sent: { id: string; name: string }[] = [];
    setBusy(true);
    try {
      for (const file of files) {
        const outcome = await send({ input: { file, kind: 'ATTACHMENT' } });
        if (tell(outcome) && outcome.payload.upload) sent.push(outcome.payload.upload);
      }
    } finally { setBusy(false); }
    return sent;
  };
  return [upload, busy] as const;
}
