/** `node check.cjs FILE`: parses, links and validates, and says how many diagnostics there are. */
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createDefaultCoreModule, createDefaultSharedCoreModule, EmptyFileSystem, inject, URI } from 'langium';
import { BareGeneratedModule, BareGeneratedSharedModule } from './generated/module.js';
import { PathScopes } from './services.js';

const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), BareGeneratedSharedModule);
const bare = inject(createDefaultCoreModule({ shared }), BareGeneratedModule, {
  references: { ScopeComputation: (services: ConstructorParameters<typeof PathScopes>[0]) => new PathScopes(services) },
});
shared.ServiceRegistry.register(bare);
shared.workspace.ConfigurationProvider.initialized({});

async function check(file: string): Promise<void> {
  const uri = URI.parse(pathToFileURL(file).href);
  const document = shared.workspace.LangiumDocumentFactory.fromString(readFileSync(file, 'utf8'), uri);
  shared.workspace.LangiumDocuments.addDocument(document);
  await shared.workspace.DocumentBuilder.build([document], { validation: true });
  const found = document.diagnostics ?? [];
  console.log(`${found.length} diagnostics`);
  if (found.length > 0) console.error(found[0]?.message);
}

void check(process.argv[2] ?? '');
