import { makeOperation, type Exchange, type Operation } from '@urql/core';
import { onPush, pipe, tap } from 'wonka';

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
