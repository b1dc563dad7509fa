const frame = {
  claim: 'Every order and every delivery, in one place.',
  steps: ['Placed', 'Confirmed', 'Picked up', 'On its way', 'Delivered'].join('|'),
  sample: 'Order',
};
export default frame;
