import type { Same } from '../../lib/words.ts';
import type en from './Verify.en.ts';

const verify: Same<typeof en> = {
  title: 'Zertifikat prüfen', ask: 'Der Code steht auf dem Zertifikat, neben dem quadratischen Code.',
  says: { VALID: 'Dieses Zertifikat ist gültig', EXPIRING: 'Dieses Zertifikat ist gültig und endet bald', EXPIRED: 'Dieses Zertifikat ist abgelaufen', REVOKED: 'Dieses Zertifikat wurde widerrufen' },
  until: (day) => `Gültig bis ${day}.`, forGood: 'Es ist unbegrenzt gültig.', expired: (day) => `Es war bis ${day} gültig.`, revoked: (day) => `Es ist seit ${day} nicht mehr gültig.`,
  unknown: 'Dieses Zertifikat gibt es nicht', unknownText: 'Wir haben keines mit diesem Code ausgestellt. Prüfen Sie, ob er richtig eingegeben ist.',
  what: 'Bescheinigt', holder: 'Ausgestellt für', hidden: 'Der Name wird nicht gezeigt.', number: 'Nummer', issued: 'Ausgestellt', by: (day, who) => `${day}, von ${who}`, criteria: 'Wofür', now: (day) => `Stand heute, ${day}.`,
  another: 'Ein anderes prüfen', code: 'Code', codeHint: 'Leerzeichen, Bindestriche und Groß- oder Kleinschreibung sind gleich.', check: 'Prüfen',
};
export default verify;
