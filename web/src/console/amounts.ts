/** Amounts and times as people write them, and as the API takes them. */

/** An amount as somebody types it: 1.234,50 or 1,234.50 or 12,5. What it cannot mean comes back as it is, for the API to refuse. */
export function amount(text: string): string {
  const t = text.trim().replace(/[\s'’\u00a0]|€|\$|£|[A-Z]{3}$/g, '');
  const comma = t.lastIndexOf(',');
  const point = t.lastIndexOf('.');
  if (comma < 0) return t;
  if (point < 0) return t.replace(',', '.'); // several commas are no number
  return comma > point ? t.replaceAll('.', '').replace(',', '.') : t.replaceAll(',', '');
}

export const isAmount = (text: string) => /^\d{1,15}(\.\d+)?$/.test(amount(text));

/** A time as the browser's own field for one has it, in the zone of the device. */
export function toField(iso: string | null | undefined): string {
  if (!iso) return '';
  const d = new Date(iso);
  return new Date(d.getTime() - d.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The other way round; a time that nobody touched keeps its seconds. */
export function fromField(text: string, was?: string | null): string | null {
  if (!text) return null;
  if (was && toField(was) === text) return was;
  const d = new Date(text);
  return Number.isNaN(d.getTime()) ? null : d.toISOString();
}

/** The cells of a pasted table: separated by tabs, semicolons, commas or, when there is none of them, spaces. */
export function cells(text: string): { line: number; cells: string[] }[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const separator = ['\t', ';', ','].find((s) => lines.some((l) => l.includes(s)));
  return lines.flatMap((l, i) => (l.trim() ? [{ line: i + 1, cells: separator ? split(l, separator) : l.trim().split(/\s+/) }] : []));
}

function split(line: string, separator: string): string[] {
  const out: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (quoted && c === '"' && line[i + 1] === '"') { cell += '"'; i++; } else if (c === '"') quoted = !quoted;
    else if (c === separator && !quoted) { out.push(cell.trim()); cell = ''; } else cell += c;
  }
  return [...out, cell.trim()];
}
