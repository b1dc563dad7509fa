import { useState } from 'react';
import { Button } from '@mantine/core';
import { useClient } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { IconX } from '../../ui/icons.ts';
import { IconButton } from '../../ui/kit.tsx';
import { Picker, type Choice } from '../../ui/Picker.tsx';
import { idLists, rulesWords, type Draft, type IdList } from './rulesDraft.ts';
import { useNames } from './RulesShown.tsx';

const All = graphql(`query ToDiscount { categories { id name } segments { id name } }`);
const Products = graphql(`query ProductsToDiscount($search: String!) { search(query: $search, first: 8) { hits { product { id name } } } }`);
const Customers = graphql(`query CustomersToDiscount($search: String) { organizations(filter: { search: $search }, first: 8) { edges { node { id name } } } }`);

/** For whom, and on what, a discount is given: nothing named is everything. */
export default function RulesWhom({ row, set, done }: { row: Draft; set: (list: IdList, ids: string[]) => void; done: () => void }) {
  const t = rulesWords.use();
  const client = useClient();
  const [picked, setPicked] = useState<Map<string, string>>(new Map());
  const named = useNames(idLists.flatMap((x) => row.ids[x] ?? []));
  const find = async (list: IdList, typed: string): Promise<Choice[]> => {
    const begins = (name: string) => name.toLowerCase().includes(typed.toLowerCase());
    const there = new Set(row.ids[list]);
    const choices = (all: readonly ({ id: string; name: string } | null | undefined)[]) => all.flatMap((x) => (x && !there.has(x.id) ? [{ id: x.id, label: x.name }] : [])).slice(0, 20);
    const policy = { requestPolicy: 'network-only' as const };
    if (list === 'productIds') { const r = await client.query(Products, { search: typed }, policy).toPromise(); if (r.error) throw r.error; return choices(r.data?.search.hits.map((h) => h.product) ?? []); }
    if (list === 'organizationIds') { const r = await client.query(Customers, { search: typed || null }, policy).toPromise(); if (r.error) throw r.error; return choices(r.data?.organizations.edges?.map((e) => e?.node) ?? []); }
    const r = await client.query(All, {}).toPromise();
    if (r.error) throw r.error;
    return choices((list === 'categoryIds' ? r.data?.categories : r.data?.segments)?.filter((x) => begins(x.name)) ?? []);
  };
  return (
    <div className="f-form">
      <p className="pr-hint">{t.lineOnly}</p>
      <div className="f-two">{idLists.map((list) => {
        const ids = row.ids[list] ?? [];
        return (
          <section key={list} aria-label={t.lists[list]} className="ru-whom">
            <Picker label={t.lists[list]} placeholder={t.addTo[list]} value={null} find={(typed) => find(list, typed)} onChange={(c) => { if (c) { setPicked((m) => new Map(m).set(c.id, c.label)); set(list, [...ids, c.id]); } }} />
            {!ids.length ? <p className="pr-hint">{t.any}</p> : <ul>{ids.map((id) => {
              const name = picked.get(id) ?? named(id) ?? t.unknownName;
              return <li key={id} className="pr-line"><span>{name}</span><IconButton label={t.takeOut(name)} onClick={() => set(list, ids.filter((x) => x !== id))}><IconX size={15} /></IconButton></li>;
            })}</ul>}
          </section>
        );
      })}</div>
      <div className="f-form-end"><Button onClick={done}>{t.done}</Button></div>
    </div>
  );
}
