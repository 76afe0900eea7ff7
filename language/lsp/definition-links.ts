/**
 * Definitions for clients that do not know links with ranges at both ends. Language Server Protocol 3.17, “Goto Definition”: a link is
 * sent only to a client with `linkSupport`; Langium sends it to every one.
 */
import type { LangiumSharedServices } from 'langium/lsp';
import { type Connection, type Definition, type DefinitionLink, LocationLink } from 'vscode-languageserver';

/** Call it before the handlers of the connection are set. */
export function plainDefinitions(connection: Connection, { lsp }: LangiumSharedServices): void {
  let knowsLinks = false;
  lsp.LanguageServer.onInitialize(({ capabilities }) => {
    knowsLinks = capabilities.textDocument?.definition?.linkSupport === true;
  });
  const register = connection.onDefinition.bind(connection);
  connection.onDefinition = (handler) =>
    register(async (...request) => {
      const found = await handler(...request);
      return !knowsLinks && Array.isArray(found) ? found.map(withoutLink) : found;
    });
}

function withoutLink(found: DefinitionLink | Extract<Definition, readonly unknown[]>[number]) {
  return LocationLink.is(found) ? { uri: found.targetUri, range: found.targetSelectionRange } : found;
}
