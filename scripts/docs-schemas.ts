/** Writes docs/schema/: the JSON Schemas of the command line's reports and of the configuration. `--check` fails if one is not current. */
import { schemas } from '../cli/reports/schemas.ts';
import { configSchema } from '../language/config/schema.ts';
import { emit } from './emit.ts';

for (const [name, schema] of Object.entries(schemas))
  emit(`docs/schema/${name}.schema.json`, JSON.stringify(schema, null, 2));
emit('docs/schema/config.schema.json', JSON.stringify(configSchema(), null, 2));
