import { lang } from './words.ts';

/** Dates and money as the reader's language writes them. Times come from the
 * API in UTC and are shown in the zone of the device; days have no zone. */
const locale = () => (lang() === 'de' ? 'de-DE' : 'en-GB');

const cache = new Map<string, Intl.DateTimeFormat>();
function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options);
  let f = cache.get(key);
  if (!f) cache.set(key, (f = new Intl.DateTimeFormat(locale(), options)));
  return f;
}

const thisYear = (d: Date) => d.getFullYear() === new Date().getFullYear();

/** 26 Nov, or 26 Nov 2025 in another year. Takes a time or a day (YYYY-MM-DD). */
export function day(value: string, long = false): string {
  const whole = value.length === 10;
  const d = new Date(whole ? `${value}T00:00:00Z` : value);
  return formatter({
    day: 'numeric', month: long ? 'long' : 'short', ...(thisYear(d) && !long ? {} : { year: 'numeric' }),
    ...(long ? { weekday: 'long' } : {}), ...(whole ? { timeZone: 'UTC' } : {}),
  }).format(d);
}

/** Thursday 26 November, for the one date that matters on a page. */
export function weekday(value: string): string {
  const whole = value.length === 10;
  const d = new Date(whole ? `${value}T00:00:00Z` : value);
  return formatter({ weekday: 'long', day: 'numeric', month: 'long', ...(thisYear(d) ? {} : { year: 'numeric' }), ...(whole ? { timeZone: 'UTC' } : {}) }).format(d);
}

/** 22 Nov, 06:12 */
export const moment = (value: string) => formatter({
  day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...(thisYear(new Date(value)) ? {} : { year: 'numeric' }),
}).format(new Date(value));

/** 06:12 */
export const clock = (value: string) => formatter({ hour: '2-digit', minute: '2-digit' }).format(new Date(value));

/** November 2026, of a month's first day. */
export const month = (value: string, short = false) =>
  formatter(short ? { month: 'short', timeZone: 'UTC' } : { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));

/** 5 minutes ago; for what is older than a week, the day. */
export function ago(value: string, now = Date.now()): string {
  const seconds = (Date.parse(value) - now) / 1000;
  const f = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 45) return f.format(0, 'second');
  if (size < 45 * 60) return f.format(Math.round(seconds / 60), 'minute');
  if (size < 22 * 3600) return f.format(Math.round(seconds / 3600), 'hour');
  if (size < 7 * 86400) return f.format(Math.round(seconds / 86400), 'day');
  return day(value);
}

/** An amount of the API: a decimal text and a currency. */
export function money(m: { amount: string; currency: string }, whole = false): string {
  return new Intl.NumberFormat(locale(), {
    style: 'currency', currency: m.currency, ...(whole ? { maximumFractionDigits: 0, minimumFractionDigits: 0 } : {}),
    // a text keeps every digit, which a number would not
  }).format(m.amount as unknown as number);
}

export const number = (n: number) => new Intl.NumberFormat(locale()).format(n);
/** €150K, for axes, where the exact amount stands elsewhere. */
export const compact = (n: number, currency?: string) =>
  new Intl.NumberFormat(locale(), { notation: 'compact', maximumFractionDigits: 1, ...(currency ? { style: 'currency', currency } : {}) }).format(n);
export const percent = (share: number, digits = 0) => new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: digits }).format(share);
/** 1.4 MB */
export function bytes(n: number): string {
  const [unit, size] = n < 1e6 ? ['kilobyte', 1e3] : ['megabyte', 1e6];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit: unit as string, maximumFractionDigits: 1 }).format(n / (size as number));
}
export const list = (items: string[]) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);
export const regionName = (code: string) => {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try { return new Intl.DisplayNames(locale(), { type: 'region' }).of(code) ?? code; } catch { return code; }
};
