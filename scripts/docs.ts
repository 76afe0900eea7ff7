/** Runs every generator of a page in `docs/`; with `--check` fails if one is not current. */
import { readdirSync } from 'node:fs';

for (const name of readdirSync(import.meta.dirname).sort()) if (/^docs-.*\.ts$/.test(name)) await import(`./${name}`);
