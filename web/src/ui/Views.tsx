import { useEffect, useMemo, useState } from 'react';
import { Button, TextInput } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { useQuery } from 'urql';
import { graphql, type VariablesOf } from '../lib/graphql.ts';
import { useList } from '../lib/search.ts';
import { words } from '../lib/words.ts';
import { kitWords } from '../words/index.ts';
import en from '../words/views.en.ts';
import { Form, FormEnd, idempotencyKey, useAction, useForm, useKey, useTell } from './form.tsx';
import { IconBookmark, IconDots } from './icons.ts';
import { Dialog, Notice } from './kit.tsx';
import { Menu } from './Menu.tsx';
import { useMay } from './root.tsx';
import './views.css';

const text = words('views', en);

const Saved = graphql(`query SavedViews($list: SavedViewList!) { viewer { savedViews(list: $list) @_optional { id name query } } }`);
const Save = graphql(`mutation SaveView($input: SaveViewInput!, $key: String!) {
  saveView(input: $input) @idempotent(key: $key) { savedView { id name query } userErrors { field code message } }
}`);
const Forget = graphql(`mutation DeleteView($input: DeleteViewInput!) { deleteView(input: $input) { deletedId userErrors { field code message } } }`);

/** Which list a view is of. */
export type ViewList = VariablesOf<typeof Saved>['list'];
/** A view that everybody has: its key is unique within the list; the query is what the address has after the question mark. */
export interface BuiltInView { key: string; name: string; query: string; count?: number | null }
interface Kept { id: string; name: string; query: string }

/** The same filters in another order are the same view. */
const canonical = (query: string): string => {
  const q = new URLSearchParams(query);
  q.delete('after'); q.delete('before');
  for (const [k, v] of [...q]) if (!v) q.delete(k);
  q.sort();
  return q.toString();
};

/** The views of a list: those that everybody has, and one's own, which can be
 * saved, renamed, changed and deleted. A view is an address; the page needs to
 * know nothing of it, as long as it keeps its filters by useList. */
export function Views({ list, builtIn }: { list: ViewList; builtIn: BuiltInView[] }) {
  const t = text.use();
  const may = useMay();
  const [path, go] = useLocation();
  const { kept } = useList();
  const [{ data }] = useQuery({ query: Saved, variables: { list }, pause: !may('savedView.read') });
  const own: Kept[] = useMemo(() => data?.viewer.savedViews ?? [], [data]);
  const now = canonical(kept);
  const at = own.find((v) => canonical(v.query) === now);
  const [base, setBase] = useState<string | null>(null); // one's own view that was looked at last, and may have been changed since
  const [asked, ask] = useState<{ what: 'save' | 'rename' | 'remove'; view?: Kept } | null>(null);
  const everybody = builtIn.some((v) => canonical(v.query) === now);
  useEffect(() => { if (at) setBase(at.id); else if (everybody) setBase(null); }, [at, everybody]);
  const [save] = useAction(Save);
  const tell = useTell();
  const show = (query: string) => go(query ? `${path}?${query}` : path);
  const changed = !at && !everybody;
  const update = async (view: Kept) => {
    tell(await save({ input: { id: view.id, list, name: view.name, query: now }, key: idempotencyKey() }), t.saved(view.name));
  };
  const tab = (query: string, name: string, current: boolean, was = false, count?: number | null) => (
    <Link className="f-view" href={query ? `${path}?${query}` : path} aria-current={current ? 'page' : undefined} data-base={was || undefined}>
      <span>{name}</span>{count != null && count > 0 && <small>{count}</small>}{was && <small>{t.changed}</small>}
    </Link>
  );
  return (
    <nav className="f-views no-print" aria-label={t.label}>
      <ul>
        {builtIn.map((v) => <li key={v.key}>{tab(v.query, v.name, !at && canonical(v.query) === now, false, v.count)}</li>)}
        {own.map((v) => {
          const was = changed && base === v.id;
          return (
            <li key={v.id}>
              {tab(v.query, v.name, at?.id === v.id, was)}
              {(at?.id === v.id || was) && (may('savedView.save') || may('savedView.delete')) && (
                <Menu label={t.manage(v.name)} button={<IconDots size={15} />} start items={[
                  ...(was ? [
                    ...(may('savedView.save') ? [{ label: t.update, run: () => void update(v) }] : []),
                    { label: t.discard, run: () => show(v.query) }, { label: '', divider: true },
                  ] : []),
                  ...(may('savedView.save') ? [{ label: t.rename, run: () => ask({ what: 'rename', view: v }) }] : []),
                  ...(may('savedView.delete') ? [{ label: t.remove, danger: true, run: () => ask({ what: 'remove', view: v }) }] : []),
                ]} />
              )}
            </li>
          );
        })}
      </ul>
      {changed && may('savedView.save') && (
        <Button className="f-views-end" size="compact-sm" variant="subtle" leftSection={<IconBookmark size={15} />} onClick={() => ask({ what: 'save' })}>{t.save}</Button>
      )}
      <Dialog open={asked?.what === 'save'} onClose={() => ask(null)} title={t.save}>
        <NameForm list={list} query={now} taken={own} done={() => ask(null)} />
      </Dialog>
      <Dialog open={asked?.what === 'rename'} onClose={() => ask(null)} title={asked?.view ? t.renameTitle(asked.view.name) : ''}>
        {asked?.view && <NameForm list={list} view={asked.view} query={asked.view.query} taken={own} done={() => ask(null)} />}
      </Dialog>
      <Dialog open={asked?.what === 'remove'} onClose={() => ask(null)} title={asked?.view ? t.removeTitle(asked.view.name) : ''}>
        {asked?.view && <RemoveForm view={asked.view} done={() => { setBase(null); ask(null); }} />}
      </Dialog>
    </nav>
  );
}

function NameForm(p: { list: ViewList; view?: Kept; query: string; taken: Kept[]; done: () => void }) {
  const t = text.use();
  const k = kitWords.use();
  const form = useForm();
  const tell = useTell();
  const [name, setName] = useState(p.view?.name ?? '');
  const [empty, setEmpty] = useState(false);
  const key = useKey();
  const [save, busy] = useAction(Save);
  const submit = async () => {
    const wanted = name.trim();
    setEmpty(!wanted);
    if (!wanted) return;
    const input = { id: p.view?.id, list: p.list, name: wanted, query: p.query };
    const outcome = await save({ input, key: key(input) });
    if (form.take(outcome)) { tell(outcome, t.saved(wanted)); p.done(); }
  };
  return (
    <Form form={form} names={['name']} onSubmit={() => void submit()}>
      {!p.view && <p className="muted">{t.saveText}</p>}
      <TextInput label={t.name} description={t.nameHint} value={name} maxLength={60} data-autofocus autoFocus onChange={(e) => setName(e.currentTarget.value)} error={(empty && t.nameless) || form.error('name')} />
      <FormEnd label={k.save} busy={busy} onCancel={p.done} />
    </Form>
  );
}

function RemoveForm({ view, done }: { view: Kept; done: () => void }) {
  const t = text.use();
  const form = useForm();
  const tell = useTell();
  const [forget, busy] = useAction(Forget);
  const submit = async () => {
    const outcome = await forget({ input: { id: view.id } });
    if (form.take(outcome)) { tell(outcome, t.removed(view.name)); done(); }
  };
  return (
    <Form form={form} onSubmit={() => void submit()}>
      <Notice tone="warn">{t.removeText}</Notice>
      <FormEnd label={t.remove} busy={busy} danger onCancel={done} />
    </Form>
  );
}
