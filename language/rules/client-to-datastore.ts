import type { KindName } from '../../model/index.ts';
import { calleesOf, componentAt, componentsOf, nameOf, outgoing } from './query.ts';
import { defineRule } from './rule.ts';

const STORES: readonly KindName[] = ['database', 'cache', 'search', 'queue'];

export const clientToDatastore = defineRule({
  meta: {
    id: 'client-to-datastore',
    title: 'Users connect to a data store',
    section: 'beyond',
    category: 'structure',
    severity: 'warning',
    summary: 'Users reach a database, a cache, a search engine or a queue without a server in between.',
    why: 'Nothing checks who asks for what, every client holds a connection, and the schema can never change again. Object storage and CDNs are made for it and are left alone.',
    howToFix: 'Put a server between them.',
    sources: ['AWS Well-Architected, Security pillar, SEC05-BP01: create network layers.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const client of componentsOf(architecture, 'users')) {
      const routers = calleesOf(architecture, client).filter(({ kind }) => kind === 'dns' || kind === 'loadBalancer');
      for (const source of [client, ...routers]) {
        for (const connection of outgoing(architecture, source)) {
          const store = componentAt(architecture, connection.to);
          if (!store || !STORES.includes(store.kind)) continue;
          report({
            at: connection,
            message: `'${nameOf(architecture, client)}' reach '${nameOf(architecture, store)}' without a server in between that checks what they may do.`,
          });
        }
      }
    }
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
database posts { engine: dynamodb }
visitors -> posts : reads 3
//          ^^^^^ warning: 'visitors' reach 'posts' without a server in between that checks what they may do.
`,
      `
users visitors { rate: 20/s }
loadBalancer lb { replicas: 2 }
search index { engine: opensearchService }
visitors -> lb
lb -> index
//    ^^^^^ warning: 'visitors' reach 'index' without a server in between that checks what they may do.
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb }
visitors -> app
app -> posts : reads 3
`,
      `
// Made to be read by everybody.
users visitors { rate: 20/s }
storage photos { engine: s3 }
visitors -> photos : reads 3
`,
    ],
  },
});
