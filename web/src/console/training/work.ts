import { words } from '../../lib/words.ts';
import { trainingWords } from './parts.tsx';
import en from './TrainingWork.en.ts';

const workWords = words('TrainingWork', en);

/** The words of the lists, and those of what is done with one of their rows, which the lists need not load. */
export const useWork = () => ({ ...trainingWords.use(), ...workWords.use() });
