import { collect } from '../lib/words.ts';

// Every catalog of the console in German, as one piece.
export default collect({
  ...import.meta.glob('./**/*.de.ts', { eager: true }),
  ...import.meta.glob('../ui/**/*.de.ts', { eager: true }),
  ...import.meta.glob('../words/*.de.ts', { eager: true }),
});
