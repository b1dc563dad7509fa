const models = {
  title: 'Configurable products', sub: 'How products are configured: what is asked, what goes together, what it costs and how long it takes.', product: 'Product', version: 'Version', state: 'State', keptTitle: 'Kept',
  none: 'Nothing can be configured yet', noneText: 'Make a model of a product: its questions, the rules between them, and the prices.', make: 'New model', search: 'Product', noMatch: 'No product matches',
  changed: 'Draft changed', unpublished: 'Not published yet', asPublished: 'As published', versionNo: (n: number) => `Version ${n}`,
};
export default models;
