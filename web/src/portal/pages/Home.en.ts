import { plural } from '../../lib/words.ts';

const home = {
  morning: (name: string) => `Good morning, ${name}`, afternoon: (name: string) => `Good afternoon, ${name}`, evening: (name: string) => `Good evening, ${name}`,
  decide: 'Waits for your approval', decideText: (n: number) => plural(n, 'order waits for your word', 'orders wait for your word'), cart: 'Your cart', toCart: 'To the cart', cartItems: (n: number) => plural(n, 'item', 'items'), again: (number: string) => `Order again: ${number}`,
  late: 'Late', lateText: (n: number) => plural(n, 'order is later than promised', 'orders are later than promised'),
  delayed: 'Will be late', delayedText: (n: number) => plural(n, 'order will arrive later than promised', 'orders will arrive later than promised'),
  problems: 'Delivery problems', problemsText: (n: number) => plural(n, 'order with a problem at the carrier', 'orders with a problem at the carrier'),
  approval: 'Awaiting approval', approvalText: (n: number) => plural(n, 'order waits for approval', 'orders wait for approval'),
  underway: 'On their way', underwayText: (n: number) => plural(n, 'order is on its way', 'orders are on their way'),
  calm: 'Nothing needs your attention', calmText: 'No order is late, and no delivery has a problem.',
  attention: 'Needs your attention', all: 'Show all', allOf: (what: string) => `Show all: ${what}`,
  next: 'Next deliveries', nextNone: 'Nothing is on its way', nextNoneText: 'As soon as something is sent to you, it appears here with the day on which it arrives.',
  recent: 'Recently delivered', recentNone: 'Nothing has been delivered yet.',
  news: 'Latest notifications', newsNone: 'You have not been told anything yet.', unread: 'unread',
  more: (first: string, n: number) => `${first} and ${n} more`,
  today: 'Today', tomorrow: 'Tomorrow', noDay: 'Day follows', wasDue: (day: string) => `Was due ${day}`,
  delivered: (day: string) => `Delivered ${day}`, waits: (name: string) => `Ordered by ${name}`,
  people: 'People', peopleText: 'See who in your company has access, and what they may do.', peopleLink: 'To the people',
  contact: 'Your contact', orders: 'All orders',
  console: 'You work here', consoleText: 'This is what customers see. Your own work is in the staff console.', consoleLink: 'To the staff console',
};
export default home;
