/** Which version this page made of which, by what it wrote. */
const made = new Map<string, number>();

/** Notes that this page has written something over the version base. When the
 * version went on by more than one, somebody else wrote in between as well:
 * that is for the person to see. */
export function wrote(id: string, base: number, version: number): void {
  if (version === base + 1) made.set(`${id} ${base}`, version);
}

/** The version that a person has seen who saw this one: what they choose is
 * written by itself, also behind a dialog that is open, and is nobody else's doing. */
export function written(id: string, version: number): number {
  for (let next = made.get(`${id} ${version}`); next; next = made.get(`${id} ${version}`)) version = next;
  return version;
}
