import type { Same } from '../../lib/words.ts';
import type en from './Quantity.en.ts';

const quantity: Same<typeof en> = { less: 'Weniger', more: 'Mehr' };
export default quantity;
