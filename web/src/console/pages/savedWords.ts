import { words } from '../../lib/words.ts';
import type { Tone } from '../../ui/kit.tsx';
import en from './SavedConfigurations.en.ts';

export const savedWords = words('SavedConfigurations', en);
export const configurationTone: Record<string, Tone> = { OPEN: 'calm', COMPLETE: 'good', NEEDS_CUSTOMER: 'warn', ORDERED: 'info' };
