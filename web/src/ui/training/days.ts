/** Days as the browser's own field has them, and the moments of the API that stand for them: the reader's zone counts. */

/** The day of a moment; nothing where there is none. */
export function dayOf(time: string | null | undefined): string {
  if (!time) return '';
  const d = new Date(time);
  return `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, '0')}-${String(d.getDate()).padStart(2, '0')}`;
}

/** The last second of a day; null where there is none, or what was typed is none. A day
 * that was not changed stands for the moment that it was before, which may have been
 * set in another zone. */
export function endOfDay(day: string, before?: string | null): string | null {
  if (before && day === dayOf(before)) return before;
  const d = new Date(`${day}T23:59:59`);
  return day && !Number.isNaN(d.getTime()) ? d.toISOString() : null;
}
