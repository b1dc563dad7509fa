const quantity = { less: 'Less', more: 'More' };
export default quantity;
