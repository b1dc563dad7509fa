const picker = { find: 'Product name or sku', unseen: 'not offered to customers', full: 'no more can be chosen', up: (name: string) => `${name}: further up`, down: (name: string) => `${name}: further down`, remove: (name: string) => `${name}: remove` };
export default picker;
