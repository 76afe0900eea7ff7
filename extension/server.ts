/** Starts the language server with its compiled code kept between runs, which is why that is a file of its own. */
import { createRequire, enableCompileCache } from 'node:module';

enableCompileCache();
createRequire(__filename)('./language-server.cjs');
