/** Writes docs/schema/: the JSON Schemas of the command line's reports. `--check` fails if one is not current. */
import { schemas } from '../cli/reports/schemas.ts';
import { emit } from './emit.ts';

for (const [name, schema] of Object.entries(schemas))
  emit(`docs/schema/${name}.schema.json`, JSON.stringify(schema, null, 2));
