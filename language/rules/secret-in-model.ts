import type { Component, Connection, Value } from '../../model/index.ts';
import { allConnections } from './query.ts';
import { defineRule } from './rule.ts';

export const secretInModel = defineRule({
  meta: {
    id: 'secret-in-model',
    title: 'A secret in the model',
    section: 'beyond',
    category: 'structure',
    severity: 'error',
    summary: 'A text in the model contains a password, a key or a token.',
    why: 'The file is in the repository, in every clone of it, in the build logs and in every picture that is drawn of it. Whoever has read access to one of them has the secret. The rule knows addresses with a password, private keys, and the forms of widely used access tokens; it cannot know others.',
    howToFix:
      'Take it out, replace it where it is used (it has to count as known), and write the name of the secret instead.',
    sources: ['Wiggins, "The Twelve-Factor App", III: config.'],
    since: '0.1.0',
  },
  check({ architecture }, report) {
    for (const all of [architecture.components, allConnections(architecture)])
      for (const at of all)
        for (const { property, what } of secretsOf(at)) report({ at, ...property, message: messageFor(what) });
  },
  examples: {
    violates: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb, link: "https://admin:rosebud@db.example.com/posts" }
//                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: This text seems to contain a password in an address; everybody who can read the file has it.
visitors -> app
app -> posts : reads 3
`,
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts {
  engine: dynamodb
  description: "The main store, password = rosebud42"
//^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: This text seems to contain a password; everybody who can read the file has it.
}
visitors -> app
app -> posts : reads 3
`,
    ],
    passes: [
      `
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database pages { engine: dynamodb, link: "https://wiki.example.com/pages" }
visitors -> app
app -> pages : reads 3
`,
      `
// It names the secret and does not contain it.
users visitors { rate: 20/s }
server app { serviceTime: 10ms }
database posts { engine: dynamodb, description: "The password is in the vault under posts/admin." }
visitors -> app
app -> posts : reads 3
`,
    ],
  },
});

/** Forms of secrets, each with what a message calls it. */
const forms: readonly (readonly [what: string, form: RegExp])[] = [
  ['a password in an address', /\b[a-z][a-z0-9+.-]{1,30}:\/\/[^\s/:@]{1,100}:[^\s/@${}<]{3,100}@/i],
  ['a password', /\b(?:password|passwd|secret|api[_-]?key|token)\s{0,5}[=:]\s{0,5}["']?[^\s"'<>${}]{6,}/i],
  ['a private key', /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/],
  ['an access key of AWS', /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
  ['a token of GitHub', /\bgh[pousr]_[A-Za-z0-9]{36,}\b/],
  ['a token of Slack', /\bxox[abprs]-[A-Za-z0-9-]{10,}/],
];

function secretIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return forms.find(([, form]) => form.test(text))?.[0];
}

interface Secret {
  readonly property: { readonly property: string } | undefined;
  readonly what: string;
}

/** Secrets in the texts about a component or connection; looked for once in each. */
function secretsOf(at: Component | Connection): readonly Secret[] {
  let found = known.get(at);
  if (!found) {
    const own = secretIn(at.doc) ?? ('title' in at ? secretIn(at.title) : undefined);
    const secrets: Secret[] = own ? [{ property: undefined, what: own }] : [];
    for (const [property, { value }] of Object.entries(at.properties)) {
      const what = textsOf(value).flatMap((text) => secretIn(text) ?? [])[0];
      if (what) secrets.push({ property: { property }, what });
    }
    found = secrets.length === 0 ? NONE : secrets;
    known.set(at, found);
  }
  return found;
}

const known = new WeakMap<Component | Connection, readonly Secret[]>();
const NONE: readonly Secret[] = [];

function messageFor(what: string): string {
  return `This text seems to contain ${what}; everybody who can read the file has it.`;
}

function textsOf(value: Value): readonly string[] {
  if (value.type === 'string') return [value.text];
  return value.type === 'list' ? value.items.flatMap(textsOf) : [];
}
