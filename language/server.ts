/** Starts the language server on a connection; the entry points for Node and for the browser differ only in that. */
import { DocumentState, isOperationCancelled, type LangiumDocument, URI } from 'langium';
import type { DefaultSharedModuleContext, LangiumSharedServices } from 'langium/lsp';
import { startLanguageServer as startLangium } from 'langium/lsp';
import { type CancellationToken, type Connection, ResponseError } from 'vscode-languageserver';
import { followConfigurations } from './lsp/configurations.ts';
import { plainDefinitions } from './lsp/definition-links.ts';
import { partsOf } from './lsp/figure-parts.ts';
import { answerRefused } from './lsp/message-gate.ts';
import { createLspServices } from './lsp/module.ts';
import { publishOnce } from './lsp/published.ts';
import { offerDiagnostics } from './lsp/pull-diagnostics.ts';
import { followFigures } from './lsp/refreshes.ts';
import { selectionRanges } from './lsp/selection-ranges.ts';
import type { LoadpathServices, LoadpathSharedServices } from './lsp/services.ts';
import { memberOf } from './lsp/settings.ts';
import { followFolders } from './lsp/workspace-folders.ts';
import {
  type ChangedParams,
  changedNotification,
  commandsCapability,
  type ModelParams,
  type ModelResult,
  modelRequest,
  type PartsParams,
  type PartsResult,
  type PromisesResult,
  partsRequest,
  promisesRequest,
} from './protocol.ts';

export interface Server {
  readonly shared: LoadpathSharedServices;
  readonly arch: LoadpathServices;
  /** What is known about a file, once it has been checked; null when there is no such file. */
  readonly model: (params: ModelParams, token?: CancellationToken) => Promise<ModelResult | null>;
}

/** @param context with the connection to the client, and the file system that imports are read from */
export function startLanguageServer(context: DefaultSharedModuleContext & { readonly connection: Connection }): Server {
  const { connection } = context;
  const services = createLspServices(context);
  const server: Server = { ...services, model: (params, token) => readModel(services, params, token) };
  answerRefused(connection);
  publishOnce(connection, services.shared);
  offerDiagnostics(connection, services.shared);
  addSettings(connection, services);
  addSelectionRanges(connection, services);
  plainDefinitions(connection, services.shared);
  followConfigurations(connection, services);
  followFolders(connection, services.shared);
  connection.onRequest(modelRequest.method, (params: ModelParams, token) =>
    unlessCancelled(() => server.model(params, token)),
  );
  connection.onRequest(promisesRequest.method, (params: Pick<ModelParams, 'uri'>, token) =>
    unlessCancelled(() => readPromises(services, params.uri, token)),
  );
  connection.onRequest(partsRequest.method, (params: PartsParams, token) =>
    unlessCancelled(() => readParts(services, params, token)),
  );
  services.shared.workspace.DocumentBuilder.onDocumentPhase(DocumentState.Validated, async (document) => {
    // What it says as an architecture of its own is as before.
    if (services.shared.workspace.DocumentBuilder.isOnlyCheckedAgain(document)) return;
    const version = services.shared.workspace.DocumentBuilder.texts.versionOf(document) ?? 0;
    const params: ChangedParams = { uri: document.uri.toString(), version };
    void connection.sendNotification(changedNotification.method, params);
  });
  startLangium(services.shared);
  return server;
}

type Services = Pick<Server, 'shared' | 'arch'>;

/** Settings are the client's section `loadpath`; hints and lenses are asked for anew when one changes. */
function addSettings(connection: Connection, { shared, arch }: Services): void {
  const { LanguageServer } = shared.lsp;
  let pulls = false;
  const refresh = followFigures(connection, shared);
  const pull = async () => {
    arch.lsp.Settings.update(await connection.workspace.getConfiguration('loadpath'));
    refresh();
  };
  LanguageServer.onInitialize(({ capabilities, initializationOptions }) => {
    pulls = capabilities.workspace?.configuration === true;
    arch.lsp.Settings.update(initializationOptions);
    arch.lsp.Settings.commands = commandsOf(capabilities.experimental);
  });
  LanguageServer.onInitialized(() => {
    if (pulls) pull().catch(() => undefined);
  });
  shared.workspace.ConfigurationProvider.onConfigurationSectionUpdate(({ section, configuration }) => {
    if (section !== 'loadpath') return;
    arch.lsp.Settings.update(configuration);
    refresh();
  });
}

/** `experimental: { loadpathCommands: [...] }`: the client has these commands, and lenses may name them. */
function commandsOf(experimental: unknown): ReadonlySet<string> {
  const names = memberOf(experimental, commandsCapability);
  return new Set(Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []);
}

function addSelectionRanges(connection: Connection, { shared, arch }: Services): void {
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    unlessCancelled(async () => {
      if (!arch.lsp.Settings.values.selectionRanges) return null;
      const document = await builtDocument(shared, textDocument.uri, DocumentState.Parsed, token);
      return document ? selectionRanges(document, positions) : null;
    }),
  );
}

async function readModel(
  { shared, arch }: Services,
  { uri, scale = 1 }: ModelParams,
  token?: CancellationToken,
): Promise<ModelResult | null> {
  const document = await builtDocument(shared, uri, DocumentState.IndexedReferences, token);
  if (!document) return null;
  const { architecture, findings, analysisAt } = arch.lsp.Insights.of(document);
  const analysis = analysisAt(scale);
  if (!analysis) throw new ResponseError(INTERNAL_ERROR, 'The simulation has failed; the log of the server says why.');
  return {
    version: shared.workspace.DocumentBuilder.texts.versionOf(document) ?? 0,
    architecture,
    analysis,
    findings,
    broken: findings.some(({ severity }) => severity === 'error'),
  };
}

async function readPromises(
  { shared, arch }: Services,
  uri: string,
  token?: CancellationToken,
): Promise<PromisesResult | null> {
  const document = await builtDocument(shared, uri, DocumentState.IndexedReferences, token);
  if (!document) return null;
  const { architecture, analysis, judgement } = arch.lsp.Insights.of(document);
  return {
    requirements: analysis?.requirements ?? [],
    scenarios: architecture.scenarios.flatMap((scenario) => {
      const judged = judgement(scenario);
      if (!judged) return [];
      const { name, title, nameSpan } = scenario;
      const { availability, requirements } = judged;
      return [{ name, ...(title === undefined ? {} : { title }), nameSpan, availability, requirements }];
    }),
  };
}

async function readParts(
  { shared, arch }: Services,
  { uri, figure }: PartsParams,
  token?: CancellationToken,
): Promise<PartsResult | null> {
  const document = await builtDocument(shared, uri, DocumentState.IndexedReferences, token);
  return document ? partsOf(arch.lsp.Insights.of(document), figure) : null;
}

/** `InternalError` of JSON-RPC. */
const INTERNAL_ERROR = -32603;
/** `RequestCancelled` of the Language Server Protocol. */
const REQUEST_CANCELLED = -32800;

/** Langium rejects with a symbol of its own, which says nothing to a client. */
async function unlessCancelled<T>(answer: () => Promise<T>): Promise<T | ResponseError<void>> {
  try {
    return await answer();
  } catch (error) {
    if (isOperationCancelled(error)) return new ResponseError(REQUEST_CANCELLED, 'The request has been cancelled.');
    throw error;
  }
}

/** The document of a URI when it has come so far in the build; undefined when there is none. */
async function builtDocument(
  shared: LangiumSharedServices,
  uri: string,
  state: DocumentState,
  token?: CancellationToken,
): Promise<LangiumDocument | undefined> {
  const { WorkspaceManager, DocumentBuilder, LangiumDocuments, TextDocuments } = shared.workspace;
  await WorkspaceManager.ready;
  const parsed = URI.parse(uri);
  if (!LangiumDocuments.hasDocument(parsed) && !TextDocuments.get(parsed)) return undefined;
  await DocumentBuilder.waitUntil(state, parsed, token);
  return LangiumDocuments.getDocument(parsed);
}
