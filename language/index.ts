/**
 * The language: from `.arch` texts to models and findings. It must not know the editor, the command line, or the file system but
 * through Langium's provider.
 */
export * from './compile.ts';
export * from './imports.ts';
export type { ConnectionSyntax } from './lowering/connections.ts';
export { actions } from './lowering/events.ts';
export { formatText } from './lsp/formatter.ts';
export * from './module.ts';
export * from './parse.ts';
export * from './problems.ts';
export * from './validation.ts';
