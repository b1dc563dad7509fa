const certificate = {
  mine: 'Your certificates', none: 'You have no certificate yet', noneText: 'Finish a course that certifies something, and it is here.', certificate: 'Certificate',
  status: { VALID: 'Valid', EXPIRING: 'Ends soon', EXPIRED: 'Ended', REVOKED: 'Revoked' }, endedOn: (day: string) => `Ended on ${day}`, revokedOn: (day: string) => `This certificate was revoked on ${day}.`,
  holder: 'This certifies', number: 'Number', issued: 'Issued', until: 'Valid until', forGood: 'for good', edition: 'Version of the course',
  renewSoon: 'This certificate ends soon.', renewEnded: 'This certificate has ended.', renew: 'Learn the course again',
  share: 'Show it to others', shareText: 'Whoever has this address sees whether it is valid. You decide what it says of you.', shown: 'Others see', shows: { NAME: 'Your name', INITIALS: 'Your initials', NOTHING: 'Nothing of you' }, showsText: { NAME: 'as it stands on the certificate', INITIALS: 'enough to compare', NOTHING: 'only that it is valid' }, shownNow: 'Saved. Others see it so from now on.',
  take: 'Take it with you', pdf: 'Certificate as PDF', badge: 'Badge as a file', badgeCopy: 'Copy the badge', badgeCopied: 'The badge is copied.', badgeText: 'A signed Open Badge 3.0, for wallets and profiles that take such badges.', toCourse: 'To the course',
};
export default certificate;
