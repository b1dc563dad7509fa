/** Light or dark: as the system has it until somebody chooses. It is set before
 * anything is painted. */
export type Scheme = 'light' | 'dark' | 'auto';
const key = 'foyer-scheme';

export const chosen = (): Scheme => (localStorage.getItem(key) as Scheme | null) ?? 'auto';
export const dark = (): boolean => (chosen() === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen() === 'dark');

export function apply(): void {
  document.documentElement.dataset.mantineColorScheme = dark() ? 'dark' : 'light';
}
export function choose(next: Scheme): void {
  if (next === 'auto') localStorage.removeItem(key); else localStorage.setItem(key, next);
  apply();
  dispatchEvent(new Event('foyer-scheme'));
}
