import { makeOperation, type Exchange, type Operation } from '@urql/core';
import { filter, makeSubject, merge, onPush, pipe, share, tap } from 'wonka';
import { graphql } from './graphql.ts';

const Count = graphql(`query UnreadNow { viewer { unreadNotifications @_optional } }`);

/** Whether a document begins with this field. */
const asksFor = (op: Operation, field: string) => op.query.definitions.some((d) => d.kind === 'OperationDefinition' && d.selectionSet.selections.some((s) => s.kind === 'Field' && s.name.value === field));
const marks = (op: Operation) => op.kind === 'mutation' && asksFor(op, 'readNotifications');

/** Stands above the cache, which holds back what is asked for while a mark is shown
 * before it is answered, and does not always come back to it: a list that nothing
 * answers leaves the one of before on the page, where no later mark shows. What has
 * got no answer by the time that the mark has one is asked for again. */
export const askAgain: Exchange = ({ forward, client }) => (ops$) => {
  let marking = 0;
  const open = new Map<number, Operation>(); // what was asked for meanwhile, and has no answer
  return pipe(
    forward(pipe(ops$, tap((op) => {
      if (marks(op)) marking++;
      else if (op.kind === 'teardown') open.delete(op.key);
      else if (op.kind === 'query' && marking) open.set(op.key, op);
    }))),
    onPush(({ operation: op, hasNext }) => {
      if (op.kind === 'query') open.delete(op.key);
      if (!marks(op) || hasNext) return;
      marking--;
      if (marking) return;
      const left = [...open.values()];
      open.clear();
      // Not before the cache has done with the mark.
      queueMicrotask(() => { for (const x of left) client.reexecuteOperation(makeOperation(x.kind, x, { ...x.context, requestPolicy: 'network-only' })); });
    }),
  );
};

/** Stands below the cache and sends one mark after another: each answer says how many
 * are left unread, and of two that overtake each other the older one would be believed.
 * News says so, too; after what came while a mark was under way, it is asked. */
export const oneByOne: Exchange = ({ forward, client }) => (ops$) => {
  const queue: Operation[] = [];
  const turn = makeSubject<Operation>();
  let under = false, heard = false;
  const go = () => {
    if (under || !queue.length) return;
    under = true;
    turn.next(queue.shift()!);
  };
  const shared$ = pipe(ops$, share);
  const waits$ = pipe(shared$, filter(marks), tap((op) => { queue.push(op); queueMicrotask(go); }), filter(() => false));
  return pipe(
    forward(merge([waits$, pipe(shared$, filter((op) => !marks(op))), turn.source])),
    onPush((result) => {
      if (result.operation.kind === 'subscription' && under && asksFor(result.operation, 'notificationReceived')) heard = true;
      if (!marks(result.operation) || result.hasNext) return;
      under = false;
      queueMicrotask(go); // once the answer is in the cache
      if (!heard || queue.length) return;
      heard = false;
      queueMicrotask(() => void client.query(Count, {}, { requestPolicy: 'network-only' }).toPromise());
    }),
  );
};
