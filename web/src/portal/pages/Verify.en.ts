const verify = {
  title: 'Check a certificate', ask: 'The code stands on the certificate, beside its square code.',
  says: { VALID: 'This certificate is valid', EXPIRING: 'This certificate is valid, and ends soon', EXPIRED: 'This certificate has ended', REVOKED: 'This certificate was revoked' },
  until: (day: string) => `Valid until ${day}.`, forGood: 'It has no end.', expired: (day: string) => `It was valid until ${day}.`, revoked: (day: string) => `It has not been valid since ${day}.`,
  unknown: 'There is no such certificate', unknownText: 'We have issued none with this code. Check whether it was typed correctly.',
  what: 'Certifies', holder: 'Holder', hidden: 'Its holder does not show their name.', number: 'Number', issued: 'Issued', by: (day: string, who: string) => `${day}, by ${who}`, criteria: 'What for', now: (day: string) => `As of today, ${day}.`,
  another: 'Check another one', code: 'Code', codeHint: 'Blanks, hyphens and case do not matter.', check: 'Check',
};
export default verify;
