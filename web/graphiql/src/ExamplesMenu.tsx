import { useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { parse, validate } from 'graphql';
import { useEditorContext, useSchemaStore } from '@graphiql/react';
import { customers, examples, signIn, staff, type Example } from './examples';
import { emptyTab } from './text';

/** "STAFF_FULFILLMENT" as people say it. */
export function roleName(role: string) {
  const words = role.replace(/^ORG_/, '').replaceAll('_', ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The roles of an example in one line: "Customers; staff: agent, admin". */
function roleNames(roles: string[]) {
  const groups = [['customers', customers, /^ORG_/], ['staff', staff, /^STAFF_/]] as const;
  const names = groups.flatMap(([name, group, prefix]) => {
    const some = roles.filter((role) => group.includes(role));
    if (!some.length) return [];
    return some.length === group.length ? [name] : [`${name}: ${some.map((role) => role.replace(prefix, '').toLowerCase()).join(', ')}`];
  });
  const others = roles.filter((role) => ![...customers, ...staff].includes(role)).map((role) => roleName(role).toLowerCase());
  const line = [...others, ...names].join('; ');
  return line.charAt(0).toUpperCase() + line.slice(1);
}

// Not "Sign in": GraphiQL keeps the variables of its tabs in localStorage, and a password does not belong there.
// The form in the header does the same without leaving a trace.
const offered = examples.filter((example) => example.query !== signIn);

export function ExamplesMenu() {
  const { schema } = useSchemaStore();
  const editors = useEditorContext({ nonNull: true });
  const panel = useRef<HTMLDivElement>(null);

  // Each role is sent its own schema, so what validates is what this viewer can run.
  const [mine, others] = useMemo(() => {
    const fits = (example: Example) => !schema || validate(schema, parse(example.query)).length === 0;
    return [offered.filter(fits), offered.filter((example) => !fits(example))];
  }, [schema]);

  function open(example: Example) {
    const current = editors.queryEditor?.getValue().trim();
    // The editors must already show the new tab when they are filled, or the text lands in the old one.
    if (current && current !== emptyTab.trim()) flushSync(editors.addTab);
    editors.queryEditor?.setValue(example.query);
    const variables = Object.keys(example.variables).length ? JSON.stringify(example.variables, null, 2) : '';
    editors.variableEditor?.setValue(variables);
    panel.current?.hidePopover();
    editors.queryEditor?.focus();
  }

  const list = (items: Example[], withRoles = false) => (
    <ul>
      {items.map((example) => (
        <li key={example.name}>
          <button type="button" className="row" onClick={() => open(example)}>
            <span>{example.name}</span>
            {withRoles && <small>{roleNames(example.role)}</small>}
          </button>
        </li>
      ))}
    </ul>
  );

  return (
    <>
      <button type="button" className="flat" popoverTarget="examples">Examples <Chevron /></button>
      <div id="examples" className="panel" popover="auto" ref={panel} role="group" aria-label="Examples">
        {list(mine)}
        {others.length > 0 && (
          <div className="others">
            <h2>Not in your schema</h2>
            <p className="hint">Each role sees its own schema. These are for others:</p>
            {list(others, true)}
          </div>
        )}
      </div>
    </>
  );
}

export function Chevron() {
  return (
    <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true">
      <path d="M2.5 4.5 6 8l3.5-3.5" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
