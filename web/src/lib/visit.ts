import { hangUp } from './live.ts';
import { leave } from './session.ts';

/** What a guest has asked for last, kept in this tab alone, so that another code can be asked for without typing it again. */
export interface Asked { number: string; email: string; ended?: boolean }

const key = 'foyer-track';

export const asked = {
  get(): Asked | null {
    try { return JSON.parse(sessionStorage.getItem(key) ?? 'null') as Asked | null; } catch { return null; }
  },
  set(a: Asked | null) { if (a) sessionStorage.setItem(key, JSON.stringify(a)); else sessionStorage.removeItem(key); },
};

/** Ends a guest's visit; ended says that its hour was over. */
export async function endVisit(ended: boolean): Promise<void> {
  const was = asked.get();
  asked.set(ended && was ? { ...was, ended: true } : null);
  await hangUp();
  leave();
}
