/** Reports against the schemas of those who read them; each function returns what is wrong. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import draft04 from 'ajv-draft-04';
import { validateXML } from 'xmllint-wasm';

const SCHEMAS = join(import.meta.dirname, '..', 'schemas');
const require = createRequire(import.meta.url);

/** URI references of RFC 3986 have these characters only, and percent signs before two hexadecimal digits. */
const URI_REFERENCE = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9a-f]{2})*$/i;

const sarif = new draft04.default({
  allErrors: true,
  // The schema has keywords and a regular expression that are looser than what the validator asks for.
  strict: false,
  unicodeRegExp: false,
  formats: { uri: (text: string) => URL.canParse(text), 'uri-reference': URI_REFERENCE, 'date-time': true },
}).compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

/** Against the schema of SARIF 2.1.0. */
export function sarifErrors(document: unknown): readonly unknown[] {
  return sarif(document) ? [] : (sarif.errors ?? []);
}

const gitlab = new Ajv({ allErrors: true }).compile(JSON.parse(schemaText('gitlab-code-quality.schema.json')));

export function gitlabErrors(document: unknown): readonly unknown[] {
  return gitlab(document) ? [] : (gitlab.errors ?? []);
}

/** Against one of the XSDs in `test/schemas`, with libxml2. */
export async function xmlErrors(xml: string, name: 'junit' | 'checkstyle'): Promise<readonly string[]> {
  const schema = { fileName: `${name}.xsd`, contents: schemaText(`${name}.xsd`) };
  const { errors } = await validateXML({ xml: { fileName: 'report.xml', contents: xml }, schema });
  return errors.map(({ rawMessage }) => rawMessage);
}

function schemaText(name: string): string {
  return readFileSync(join(SCHEMAS, name), 'utf8');
}
