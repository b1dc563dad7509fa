import { words } from '../../lib/words.ts';
import type { Tone } from '../../ui/kit.tsx';
import en from './GuideWords.en.ts';

export const guideEditWords = words('GuideWords', en);
export const guideTone: Record<string, Tone> = { DRAFT: 'warn', PUBLISHED: 'good', RETIRED: 'calm' };
