const customerTabs = {
  overview: 'Overview', buying: 'Prices and buying', tabs: 'Pages of the customer',
};
export default customerTabs;
