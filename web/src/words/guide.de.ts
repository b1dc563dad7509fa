import type { Same } from '../lib/words.ts';
import type en from './guide.en.ts';

const guide: Same<typeof en> = {
  guides: 'Ratgeber', step: (n, of) => `Frage ${n} von höchstens ${of}`, back: 'Einen Schritt zurück', restart: 'Von vorn beginnen', answers: 'Ihre Antworten', change: (question) => `Antwort ändern auf: ${question}`,
  result: 'Das passt', noProducts: 'Davon kann zurzeit nichts bestellt werden.', category: (name) => `Alles aus ${name} ansehen`, search: (q) => `Nach „${q}“ suchen`, none: 'Kein solcher Ratgeber', noneText: 'Er wird nicht mehr angeboten.', toProducts: 'Zu den Produkten', ask: 'Immer noch unsicher? Fragen Sie uns',
};
export default guide;
