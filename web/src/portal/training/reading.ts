const step = 15; // seconds that are told of at once

/** Whether what was read is to be told of now: after a step, and as soon as it is enough
 * for the lesson, which is so once, also where the server does not hear of it for long. */
export const isTold = (read: number, pending: number, need: number | null): boolean =>
  read >= step || (need !== null && pending < need && read + pending >= need);
