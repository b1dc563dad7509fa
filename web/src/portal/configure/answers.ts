import type { VersionData } from '../../ui/configure/documents.ts';

/** One line of what a configuration has. */
export interface Answer { step: string; key: string; title: string; value: string; swatch?: string | null }

/** What a configuration has, question by question; questions without an answer are left out. */
export function answersOf(version: VersionData, state: { groups: readonly { key: string; number: { value: string | null } | null }[]; changed: readonly { group: string; option: string; isSelected: boolean }[] }): Answer[] {
  const on = new Set(state.changed.filter((o) => o.isSelected).map((o) => `${o.group}\n${o.option}`));
  const numbers = new Map(state.groups.map((g) => [g.key, g.number?.value ?? null]));
  const placed = version.steps.flatMap((x) => x.groups.map((key) => ({ step: x.title, key })));
  const rest = version.groups.filter((g) => !placed.some((x) => x.key === g.key)).map((g) => ({ step: '', key: g.key }));
  return [...placed, ...rest].flatMap(({ step, key }) => {
    const g = version.groups.find((x) => x.key === key);
    if (!g) return [];
    if (g.number) {
      const n = numbers.get(key);
      return n == null ? [] : [{ step, key, title: g.title, value: [n, g.number.unit].filter(Boolean).join(' ') }];
    }
    const has = g.options.filter((o) => on.has(`${key}\n${o.key}`));
    return has.length ? [{ step, key, title: g.title, value: has.map((o) => o.title).join(', '), swatch: has[0]?.swatch }] : [];
  });
}
