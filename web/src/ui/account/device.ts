import { accountWords } from './texts.ts';

/** What a browser's own description says of it, as a person would: "Firefox" and
 * "Windows". Browsers call themselves by each other's names, so that the order
 * of the questions matters. */
export function device(userAgent: string | null | undefined): { browser?: string; system?: string; phone?: boolean } {
  const ua = userAgent ?? '';
  const first = (table: [RegExp, string][]) => table.find(([pattern]) => pattern.test(ua))?.[1];
  const browser = first([
    [/Edg(e|A|iOS)?\//, 'Edge'], [/OPR\/|Opera/, 'Opera'], [/SamsungBrowser/, 'Samsung Internet'], [/Firefox\/|FxiOS/, 'Firefox'],
    [/HeadlessChrome|Chrome\/|CriOS|Chromium/, 'Chrome'], [/Version\/.*Safari\//, 'Safari'], [/curl\//, 'curl'],
  ]);
  const system = first([
    [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Android/, 'Android'], [/Windows/, 'Windows'], [/CrOS/, 'ChromeOS'], [/Mac OS X|Macintosh/, 'macOS'], [/Linux|X11/, 'Linux'],
  ]);
  return { browser, system, phone: /iPhone|Android.*Mobile/.test(ua) };
}

/** A device in words: Firefox on Windows. */
export function useDeviceName(): (userAgent: string | null | undefined) => string {
  const t = accountWords.use();
  return (ua) => {
    const d = device(ua);
    if (d.browser && d.system) return t.on(d.browser, d.system);
    return d.browser ?? d.system ?? (ua ? t.program : t.unknownDevice);
  };
}
