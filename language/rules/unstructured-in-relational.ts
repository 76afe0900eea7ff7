import { word } from '../../model/index.ts';
import { componentsOf, nameOf } from './query.ts';
import { defineRule } from './rule.ts';
import { dataModel } from './stores.ts';

export const unstructuredInRelational = defineRule({
  meta: {
    id: 'unstructured-in-relational',
    title: 'Unstructured data in a relational database',
    section: '1-2',
    category: 'data',
    severity: 'warning',
    summary: 'A relational database holds blobs or documents without a schema.',
    why: 'Rows and joins do nothing for such data, while it makes the tables, the backups and the memory for the indexes grow. Object and document stores hold it for less and scale out by themselves.',
    howToFix: 'Move the blobs to a `storage` and keep their addresses in the database, or use a document store.',
    sources: ['Microsoft Azure Architecture Center: Static Content Hosting and Valet Key patterns.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const database of componentsOf(architecture, 'database')) {
      if (word(database, 'stores') !== 'unstructured' || dataModel(database) !== 'relational') continue;
      report({
        at: database,
        property: 'stores',
        message: `'${nameOf(architecture, database)}' is relational but holds unstructured data, for which an object or document store is made.`,
      });
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database photos { engine: mysql, stores: unstructured }
//                               ^^^^^^^^^^^^^^^^^^^^ warning: 'photos' is relational but holds unstructured data, for which an object or document store is made.
visitors -> app
app -> photos : reads 3
`,
      `
database events {
  model: relational
  stores: unstructured
//^^^^^^^^^^^^^^^^^^^^ warning: 'events' is relational but holds unstructured data, for which an object or document store is made.
}
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database photos { engine: mongodb, stores: unstructured }
visitors -> app
app -> photos : reads 3
`,
      `
// Nothing says that the data model is relational.
database photos { stores: unstructured }
`,
    ],
  },
});
