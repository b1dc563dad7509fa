import { useRef } from 'react';
import { useClient, useQuery } from 'urql';
import { graphql } from '../../lib/graphql.ts';
import { Picker, type Choice } from '../../ui/Picker.tsx';

const Find = graphql(`query FindCourses($search: String) { courses(filter: { search: $search }, first: 8) { edges { node { id key title } } } }`);
const Named = graphql(`query NamedCourse($id: ID!) { course(id: $id) { id title } }`);

/** Picks a course by a part of its name. The value is its id; keys come along. */
export function CoursePicker(p: { value: string | undefined; onChange: (id: string | null, course: { key: string; title: string } | null) => void; label: string; hideLabel?: boolean; placeholder?: string; error?: string; className?: string; without?: readonly string[] }) {
  const client = useClient();
  const known = !!p.value && /^crs_|^[a-z]{3}_[0-9a-z]{26}$/.test(p.value);
  const [{ data }] = useQuery({ query: Named, variables: { id: p.value ?? '' }, pause: !known });
  const { current: keys } = useRef(new Map<string, string>()); // of all that were found: what is picked may have been found before the page was drawn anew
  const find = async (search: string): Promise<Choice[]> => {
    const result = await client.query(Find, { search: search || null }, { requestPolicy: 'network-only' }).toPromise();
    if (result.error) throw result.error;
    return result.data?.courses.edges?.flatMap((e) => {
      if (!e?.node || p.without?.includes(e.node.key)) return [];
      keys.set(e.node.id, e.node.key);
      return [{ id: e.node.id, label: e.node.title }];
    }) ?? [];
  };
  const title = p.value && data?.course?.id === p.value ? data.course.title : '';
  return <Picker label={p.label} hideLabel={p.hideLabel} placeholder={p.placeholder} error={p.error} className={p.className} value={p.value ? { id: p.value, label: title } : null} find={find}
    onChange={(c) => p.onChange(c?.id ?? null, c ? { key: keys.get(c.id) ?? '', title: c.label } : null)} />;
}
