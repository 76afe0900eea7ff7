import { flag } from '../../model/index.ts';
import { settingFix } from './fixes.ts';
import { componentsOf, engineOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { dataModel } from './stores.ts';

export const joinsOnNonRelational = defineRule({
  meta: {
    id: 'joins-on-non-relational',
    title: 'Joins on a non-relational database',
    section: '1-2',
    category: 'data',
    severity: 'warning',
    summary: 'A key-value, document, column or graph store is expected to join.',
    why: 'Such stores generally cannot join. The application then reads one side and asks for the other row by row, which multiplies the load and the time of every request.',
    howToFix:
      'Store together what is read together (denormalise) and declare `joins: false`, or use a relational database.',
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      const model = dataModel(database);
      if (flag(database, 'joins') !== true || model === undefined || model === 'relational') continue;
      if (engineOf(database)?.joins === true) continue;
      const kind = { keyValue: 'key-value', document: 'document', column: 'column', graph: 'graph' }[model] ?? model;
      report({
        at: database,
        property: 'joins',
        message: `'${nameOf(architecture, database)}' is a ${kind} store, and those generally cannot join.`,
        fixes: [{ ...settingFix(architecture, database, 'joins', 'false'), preferred: false }],
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb, joins: true }
//                                 ^^^^^^^^^^^ warning: 'posts' is a key-value store, and those generally cannot join.
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  model: column
  joins: true
//^^^^^^^^^^^ warning: 'posts' is a column store, and those generally cannot join.
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: mysql, joins: true }
visitors -> app
app -> posts : reads 3
`,
      `
// Denormalised.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: cassandra, joins: false }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});
