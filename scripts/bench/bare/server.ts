/** A language server with nothing but Langium's own services. */
import { inject } from 'langium';
import { createDefaultModule, createDefaultSharedModule, startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { BareGeneratedModule, BareGeneratedSharedModule } from './generated/module.js';
import { PathScopes } from './services.js';

const connection = createConnection(ProposedFeatures.all);
const shared = inject(createDefaultSharedModule({ connection, ...NodeFileSystem }), BareGeneratedSharedModule);
const bare = inject(createDefaultModule({ shared }), BareGeneratedModule, {
  references: { ScopeComputation: (services: ConstructorParameters<typeof PathScopes>[0]) => new PathScopes(services) },
});
shared.ServiceRegistry.register(bare);
startLanguageServer(shared);
