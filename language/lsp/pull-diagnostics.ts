/**
 * Diagnostics for clients that ask for them. Language Server Protocol 3.17, “Pull Diagnostics”: with result ids, so that nothing is sent
 * twice. A client that can ask is not told by itself as well, as it would show everything twice.
 */
import { DocumentState, isOperationCancelled, type LangiumDocument, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver';
import { memberOf } from './settings.ts';

/** What the server says of itself. */
export const diagnosticOptions = {
  identifier: 'loadpath',
  interFileDependencies: true,
  workspaceDiagnostics: true,
} as const;

interface Result {
  readonly id: string;
  readonly content: string;
}

/** Answers requests for diagnostics, and stops publishing to clients that make them. */
export function offerDiagnostics(connection: Connection, shared: LangiumSharedServices): void {
  const results = new Results();
  const waiting = new Set<string>();
  const client = followClient(connection, shared);
  // What a client has read of other files than the one that it asks about now may have become wrong with it.
  shared.workspace.DocumentBuilder.onBuildPhase(DocumentState.Validated, async (documents) => {
    const isStale = (document: LangiumDocument) =>
      !waiting.has(document.uri.toString()) && results.haveChanged(document);
    if (client().refreshes && documents.some(isStale)) connection.languages.diagnostics.refresh();
  });
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const uri = URI.parse(textDocument.uri);
    waiting.add(uri.toString());
    try {
      const document = await checked(shared, uri, token);
      return document ? results.report(document, previousResultId) : { kind: 'full', items: [] };
    } finally {
      waiting.delete(uri.toString());
    }
  });
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds = [] }, token) => {
    const documents = await allChecked(shared, token);
    return workspaceReport(shared, documents, results, previousResultIds);
  });
}

/** The file as it is open, checked; undefined where there is none. Rejects with the protocol's error when it is cancelled. */
async function checked(
  { workspace }: LangiumSharedServices,
  uri: URI,
  token: CancellationToken,
): Promise<LangiumDocument | undefined> {
  await workspace.WorkspaceManager.ready;
  if (workspace.TextDocuments.get(uri) || workspace.LangiumDocuments.hasDocument(uri)) {
    await protocolErrors(workspace.DocumentBuilder.waitUntil(DocumentState.Validated, uri, token));
  }
  return workspace.LangiumDocuments.getDocument(uri);
}

/** All files, open or not. */
async function allChecked(
  { workspace }: LangiumSharedServices,
  token: CancellationToken,
): Promise<readonly LangiumDocument[]> {
  await workspace.WorkspaceManager.ready;
  await protocolErrors(workspace.DocumentBuilder.waitUntil(DocumentState.Validated, token));
  return workspace.LangiumDocuments.all.toArray();
}

/** Langium rejects with a symbol of its own, which says nothing to a client. */
async function protocolErrors(waiting: Promise<unknown>): Promise<void> {
  try {
    await waiting;
  } catch (error) {
    if (!isOperationCancelled(error)) throw error;
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request has been cancelled.');
  }
}

/** The diagnostics of each file, numbered anew whenever they change. */
class Results {
  private readonly known = new Map<string, Result>();
  private last = 0;

  report({ uri, diagnostics = [] }: LangiumDocument, previousId: string | undefined): DocumentDiagnosticReport {
    const { id } = this.of(uri.toString(), diagnostics);
    return id === previousId
      ? { kind: 'unchanged', resultId: id }
      : { kind: 'full', resultId: id, items: [...diagnostics] };
  }

  /** Whether they are others than those last reported; false for a file that nobody has asked about. */
  haveChanged({ uri, diagnostics = [] }: LangiumDocument): boolean {
    const known = this.known.get(uri.toString());
    return known !== undefined && known.content !== JSON.stringify(diagnostics);
  }

  private of(uri: string, diagnostics: readonly Diagnostic[]): Result {
    const content = JSON.stringify(diagnostics);
    const known = this.known.get(uri);
    if (known?.content === content) return known;
    const result = { id: String(++this.last), content };
    this.known.set(uri, result);
    return result;
  }
}

function workspaceReport(
  { workspace }: LangiumSharedServices,
  documents: readonly LangiumDocument[],
  results: Results,
  previous: readonly { readonly uri: string; readonly value: string }[],
): WorkspaceDiagnosticReport {
  const ids = new Map(previous.map(({ uri, value }) => [URI.parse(uri).toString(), value]));
  const present = documents.map((document) => {
    const uri = document.uri.toString();
    const version = workspace.TextDocuments.get(uri)?.version ?? null;
    return { uri, version, ...results.report(document, ids.get(uri)) };
  });
  const found = new Set(present.map(({ uri }) => uri));
  const gone = [...ids.keys()].filter((uri) => !found.has(uri));
  return { items: [...present, ...gone.map((uri) => ({ uri, version: null, kind: 'full' as const, items: [] }))] };
}

interface ClientAbilities {
  /** It asks for diagnostics. */
  readonly pulls: boolean;
  /** It asks again when it is told to. */
  readonly refreshes: boolean;
}

/** Files of the language are not published to a client that asks for them; what is wrong in a configuration always is. */
function followClient(connection: Connection, shared: LangiumSharedServices): () => ClientAbilities {
  let client: ClientAbilities = { pulls: false, refreshes: false };
  shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    const refreshes = ['workspace', 'diagnostics', 'refreshSupport'].reduce<unknown>(memberOf, capabilities) === true;
    client = { pulls: capabilities.textDocument?.diagnostic !== undefined, refreshes };
  });
  const send = connection.sendDiagnostics.bind(connection);
  connection.sendDiagnostics = (params) => {
    const isAsked = client.pulls && shared.workspace.LangiumDocuments.hasDocument(URI.parse(params.uri));
    return isAsked ? Promise.resolve() : send(params);
  };
  return () => client;
}
