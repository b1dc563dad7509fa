import { Button } from '@mantine/core';
import { useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { useAction, useKey, useTell } from '../form.tsx';
import { Notice } from '../kit.tsx';
import { bare, known } from './choices.ts';
import { Keep, VersionFields, type Kept } from './documents.ts';
import { togetherWords } from './togetherWords.ts';
import type { Configurator } from './useConfigurator.ts';

const Later = graphql(`query LaterVersion($id: ID!) { node(id: $id) { __typename id ... on ModelVersion { ...VersionFields } } }`, [VersionFields]);

/** That there is a later version of what can be chosen, and the way to it with what it still knows of the choices. */
export default function Newer({ kept: k, id, configurator: c, seen }: { kept: Kept; id: string; configurator: Configurator; seen: () => number }) {
  const t = togetherWords.use();
  const tell = useTell();
  const keyFor = useKey();
  const [keep, busy] = useAction(Keep);
  const [{ data }] = useQuery({ query: Later, variables: { id } });
  const v = data?.node?.__typename === 'ModelVersion' ? data.node : null;
  if (!v) return null;
  const go = async () => {
    await c.settled();
    const input = { id: k.id, version: seen(), versionId: v.id, choices: c.choices().filter((x) => known(x, v)).map(bare) };
    tell(await keep({ input, key: keyFor(input) }));
  };
  return <Notice tone="info">{t.newer(v.number)} <Button size="compact-sm" variant="default" style={{ marginLeft: 8 }} loading={busy} onClick={() => void go()}>{t.goOn}</Button></Notice>;
}
