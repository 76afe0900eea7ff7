/** Starts the language server with its compiled code kept between runs, which is why that is a file of its own. */
import { join } from 'node:path';
import { loadBundle } from '../cli/kept-code.ts';
import { limitYoungGeneration, withoutLimit } from './young-generation.ts';

/** By then a client has opened its files, and what is called at every start has been called. */
const SETTLED = 10_000;

const { keep } = loadBundle(join(__dirname, 'language-server.cjs'), 'server');
limitYoungGeneration();
setTimeout(() => withoutLimit(keep), SETTLED).unref();
process.on('exit', () => withoutLimit(keep));
