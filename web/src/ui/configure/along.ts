import { useMemo } from 'react';
import type { VersionData } from './documents.ts';
import { at, type Configurator } from './useConfigurator.ts';

/** What else is another one since the last change, beside what was asked for. */
export function useAlong(version: VersionData, c: Configurator): string[] {
  return useMemo(() => {
    const was = c.before;
    if (!was || !c.state) return [];
    const before = new Set(was.selected);
    return version.groups.flatMap((g) => (g.key === was.change?.group ? [] : g.options.flatMap((o) => {
      const is = c.options.get(at(g.key, o.key))?.isSelected;
      return is && !before.has(at(g.key, o.key)) ? [`${g.title}: ${o.title}`] : [];
    })));
  }, [version, c.before, c.state, c.options]);
}
