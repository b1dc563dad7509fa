// Each role meets a schema of its own, and one document serves all of them: it
// is cut down to what the viewer's schema has before it is sent. This proves it
// for every document of the pages and every role.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { buildASTSchema, Kind, parse, print, validate, visit, visitWithTypeInfo, TypeInfo, specifiedRules } from 'graphql';
import { documents, golden, load } from './sources.mjs';

const apps = {
  portal: { folders: ['portal', 'ui', 'lib'], roles: ['ORG_MEMBER', 'ORG_BUYER', 'ORG_MANAGER', 'ORG_ADMIN', 'GUEST'] },
  console: { folders: ['console', 'ui', 'lib'], roles: ['STAFF_AGENT', 'STAFF_SALES', 'STAFF_MARKETING', 'STAFF_TRAINER', 'STAFF_FULFILLMENT', 'STAFF_ANALYST', 'STAFF_ADMIN'] },
};
const whole = buildASTSchema(parse(golden('schema')), { assumeValid: true });
const clientDirectives = (document) => visit(document, { Directive: (d) => (d.name.value.startsWith('_') ? null : undefined) });

/** The permissions of a role: all whose fields, types and arguments its schema has. */
function permissionsOf(role, { types, closed }) {
  const schema = buildASTSchema(parse(golden(role)), { assumeValid: true });
  const has = (key) => {
    const [, type, field, argument] = /^(\w+)(?:\.(\w+))?(?:\((\w+)\))?$/.exec(key);
    const t = schema.getType(type);
    if (!t || !field) return !!t;
    const f = t.getFields?.()[field];
    return argument ? !!f?.args.some((a) => a.name === argument) : !!f;
  };
  const all = new Map();
  for (const [key, permission] of [...Object.entries(types), ...Object.entries(closed)]) all.set(permission, all.get(permission) || has(key));
  return { schema, may: new Set([...all].filter(([, yes]) => yes).map(([p]) => p)) };
}

let permitted, table, tables;
before(async () => { [{ permitted }, table, ...tables] = await load('/src/lib/permitted.ts', '/src/lib/permissions.ts', '/src/portal/permissions.ts', '/src/console/permissions.ts', '/src/console/training/permissions.ts'); });

for (const [app, { folders, roles }] of Object.entries(apps)) {
  describe(`documents of the ${app}`, () => {
    const all = documents(folders);
    before(() => { table.meet(tables[Object.keys(apps).indexOf(app)].table); if (app === 'console') table.add(tables[2].table); });
    test('there are some, each with a name of its own', () => {
      assert.ok(all.length >= 5);
      const names = all.filter((d) => !d.plain).map((d) => d.name);
      assert.deepEqual(names.filter((n, i) => names.indexOf(n) !== i), []);
    });

    test('each is valid for the whole schema', () => {
      for (const { name, path, document } of all)
        assert.deepEqual(validate(whole, clientDirectives(document)).map((e) => e.message), [], `${name} in ${path}`);
    });

    for (const role of roles) {
      test(`each is valid for ${role}, cut down to its schema`, () => {
        const { schema, may } = permissionsOf(role, table);
        for (const { name, path, document, plain } of all) {
          if (plain) continue; // sent as they are, by viewers of a known kind
          const cut = permitted(document, may);
          if (!cut) continue;
          assert.deepEqual(validate(schema, clientDirectives(cut), specifiedRules).map((e) => e.message), [], `${name} in ${path}:\n${print(cut)}`);
        }
      });

      // Otherwise the type says that a value is there which is not.
      test(`what ${role} lacks inside what it has is marked @_optional`, () => {
        const { may } = permissionsOf(role, table);
        const missing = [];
        for (const { name, path, document, plain } of all) {
          if (plain || !permitted(document, may)) continue;
          const info = new TypeInfo(whole);
          visit(document, visitWithTypeInfo(info, {
            Field(node) {
              const parent = info.getParentType()?.name;
              const root = ['Query', 'Mutation', 'Subscription'].includes(parent);
              const permission = table.closed[`${parent}.${node.name.value}`];
              if (!permission || may.has(permission)) return undefined;
              // A page asks for the whole of what its role lacks: it is not shown to that role.
              if (root) return false;
              const nullable = info.getType()?.toString().endsWith('!') === false;
              if (!nullable && !node.directives?.some((d) => d.name.value === '_optional' || d.name.value === 'include')) missing.push(`${path}: ${name}: ${parent}.${node.name.value}`);
              return false;
            },
            // A fragment on a type that the role lacks never matches.
            InlineFragment: (node) => (table.types[node.typeCondition?.name.value] && !may.has(table.types[node.typeCondition.name.value]) ? false : undefined),
          }));
        }
        assert.deepEqual([...new Set(missing)], []);
      });
    }
  });
}

describe('cutting a document down', () => {
  const cut = (text, ...may) => { const d = permitted(parse(text, { noLocation: true }), new Set(may)); return d && print(d).replace(/\s+/g, ' ').trim(); };
  test('a field goes, and what only it used', () => {
    assert.equal(cut('query A($after: Cursor, $id: ID!) { order(id: $id) { id total { ...M } } } fragment M on Money { amount }', 'order.read'),
      'query A($id: ID!) { order(id: $id) { id } }');
  });
  test('an argument goes with its variable', () => {
    assert.equal(cut('subscription A($o: ID, $since: String) { ordersUpdated(organizationId: $o, since: $since) { token } }', 'order.read'),
      'subscription A($since: String) { ordersUpdated(since: $since) { token } }');
  });
  test('nothing is left', () => assert.equal(cut('{ jobs { pageInfo { hasNextPage } } }'), null));
  test('a parent without fields goes', () => assert.equal(cut('{ viewer { id notificationSettings { timeZone } } }'), '{ viewer { id } }'));
  test('everything stays for who may see everything', () => {
    const text = '{ order(id: "x") { total { amount } } }';
    assert.equal(cut(text, 'order.read', 'order.prices'), text);
  });
});
assert.equal(Kind.FIELD, 'Field'); // the cut works on the kinds' names, which both parsers share
