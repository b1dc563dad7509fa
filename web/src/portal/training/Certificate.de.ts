import type { Same } from '../../lib/words.ts';
import type en from './Certificate.en.ts';

const certificate: Same<typeof en> = {
  mine: 'Ihre Zertifikate', none: 'Sie haben noch kein Zertifikat', noneText: 'Schließen Sie einen Kurs mit Zertifikat ab, dann steht es hier.', certificate: 'Zertifikat',
  status: { VALID: 'Gültig', EXPIRING: 'Endet bald', EXPIRED: 'Abgelaufen', REVOKED: 'Widerrufen' }, endedOn: (day) => `Endete am ${day}`, revokedOn: (day) => `Dieses Zertifikat wurde am ${day} widerrufen.`,
  holder: 'Ausgestellt für', number: 'Nummer', issued: 'Ausgestellt', until: 'Gültig bis', forGood: 'unbegrenzt', edition: 'Fassung des Kurses',
  renewSoon: 'Dieses Zertifikat endet bald.', renewEnded: 'Dieses Zertifikat ist abgelaufen.', renew: 'Kurs noch einmal lernen',
  share: 'Anderen zeigen', shareText: 'Wer diese Adresse hat, sieht, ob es gültig ist. Sie entscheiden, was sie über Sie sagt.', shown: 'Andere sehen', shows: { NAME: 'Ihren Namen', INITIALS: 'Ihre Initialen', NOTHING: 'Nichts von Ihnen' }, showsText: { NAME: 'wie er auf dem Zertifikat steht', INITIALS: 'genug zum Vergleichen', NOTHING: 'nur, dass es gültig ist' }, shownNow: 'Gespeichert. Andere sehen es ab jetzt so.',
  take: 'Mitnehmen', pdf: 'Zertifikat als PDF', badge: 'Badge als Datei', badgeCopy: 'Badge kopieren', badgeCopied: 'Das Badge ist kopiert.', badgeText: 'Ein signiertes Open Badge 3.0 für Wallets und Profile, die solche Badges annehmen.', toCourse: 'Zum Kurs',
};
export default certificate;
