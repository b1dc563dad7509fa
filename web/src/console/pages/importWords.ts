import { words } from '../../lib/words.ts';
import type { Tone } from '../../ui/kit.tsx';
import en from './Imports.en.ts';

/** The words of everything that is about imports. */
export const importWords = words('Imports', en);

/** An import's state, as far as it decides what is shown. */
interface State { status: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED'; finishedAt: string | null }

/** How the state of an import looks. */
export const importTone: Record<State['status'], Tone> = { WAITING: 'info', RUNNING: 'accent', DONE: 'good', FAILED: 'bad', CANCELLED: 'calm' };

/** Whether something still happens to an import: one that is stopped finishes its batch first. */
export const goesOn = (r: State) => r.status === 'WAITING' || r.status === 'RUNNING' || (r.status === 'CANCELLED' && !r.finishedAt);

interface Count { created: number; updated: number; deleted: number; unchanged: number; stale: number; rejected: number }
/** One figure of an import, of all sorts of record together. */
export const sum = (counts: readonly Count[], of: keyof Count) => counts.reduce((n, c) => n + c[of], 0);

/** What an import is started with. */
export interface Order { mapping: string; files: File[] }
/** What the imports of this visit were started with, so that a dry run can be
 * repeated for real without choosing everything again. Files are references, not copies. */
export const ordered = new Map<string, Order>();
