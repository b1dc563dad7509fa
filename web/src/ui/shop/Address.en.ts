const address = {
  name: 'Recipient', line1: 'Street and number', line2: 'Further details', postalCode: 'Postal code', city: 'Town', region: 'Region', country: 'Country', incomplete: 'Recipient, street, town and country are needed.', optional: 'optional',
};
export default address;
