/** Diagnostics on request, over a connection, as the protocol has them. */
import { PassThrough } from 'node:stream';
import { EmptyFileSystem } from 'langium';
import { expect, it } from 'vitest';
import {
  createConnection,
  createMessageConnection,
  type DocumentDiagnosticReport,
  type FullDocumentDiagnosticReport,
  type MessageConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { startLanguageServer } from '../server.ts';

const MAIN = 'memory:/folder/main.arch';
const PARTS = 'memory:/folder/parts.arch';

interface Session {
  readonly client: MessageConnection;
  readonly published: PublishDiagnosticsParams[];
  readonly refreshed: () => number;
  readonly pull: (uri: string, previousResultId?: string) => Promise<DocumentDiagnosticReport>;
  readonly pullAll: (known?: Readonly<Record<string, string>>) => Promise<WorkspaceDiagnosticReport>;
}

async function start(capabilities: object): Promise<Session> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startLanguageServer({ connection, ...EmptyFileSystem });
  const client = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published: PublishDiagnosticsParams[] = [];
  let refreshes = 0;
  client.onNotification('textDocument/publishDiagnostics', (params) => void published.push(params));
  client.onRequest((method) => {
    if (method === 'workspace/diagnostic/refresh') refreshes++;
    return null;
  });
  client.listen();
  await client.sendRequest('initialize', { processId: null, rootUri: null, workspaceFolders: null, capabilities });
  await client.sendNotification('initialized', {});
  return {
    client,
    published,
    refreshed: () => refreshes,
    pull: (uri, previousResultId) =>
      client.sendRequest('textDocument/diagnostic', { textDocument: { uri }, previousResultId }),
    pullAll: (known = {}) =>
      client.sendRequest('workspace/diagnostic', {
        previousResultIds: Object.entries(known).map(([uri, value]) => ({ uri, value })),
      }),
  };
}

const PULLS = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };

async function openFile({ client }: Session, uri: string, text: string): Promise<void> {
  await client.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'arch', version: 1, text },
  });
}

async function change({ client }: Session, uri: string, version: number, text: string): Promise<void> {
  await client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version },
    contentChanges: [{ text }],
  });
}

function codes(report: DocumentDiagnosticReport): readonly unknown[] {
  return (report as FullDocumentDiagnosticReport).items.map(({ code }) => code);
}

it('answers with what is wrong, and that nothing has changed when nothing has', async () => {
  const session = await start(PULLS);
  await openFile(session, MAIN, 'sever app { }');
  const first = await session.pull(MAIN);
  expect(codes(first)).toEqual(['unknown-kind']);
  expect(await session.pull(MAIN, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  await change(session, MAIN, 2, 'server app { }');
  const second = await session.pull(MAIN, first.resultId);
  expect(second.kind).toBe('full');
  expect(codes(second)).not.toContain('unknown-kind');
  expect(second.resultId).not.toBe(first.resultId);
  session.client.dispose();
});

it('publishes nothing to a client that asks, and everything to one that does not', async () => {
  const [asks, listens] = [await start(PULLS), await start({})];
  for (const session of [asks, listens]) {
    await openFile(session, MAIN, 'sever app { }');
    await session.pull(MAIN);
  }
  expect(asks.published).toEqual([]);
  await expect.poll(() => listens.published).toEqual([expect.objectContaining({ uri: MAIN, version: 1 })]);
  asks.client.dispose();
  listens.client.dispose();
});

it('reports all files with their versions, and an empty list for one that is gone', async () => {
  const session = await start(PULLS);
  await openFile(session, MAIN, 'sever app { }');
  await openFile(session, PARTS, 'sever db { }');
  const { items } = await session.pullAll();
  expect(items.map(({ uri, version, kind }) => [uri, version, kind])).toEqual([
    [MAIN, 1, 'full'],
    [PARTS, 1, 'full'],
  ]);
  const known = Object.fromEntries(items.map(({ uri, resultId }) => [uri, resultId!]));
  const again = await session.pullAll({ ...known, 'memory:/folder/gone.arch': '1' });
  expect(again.items).toEqual([
    { uri: MAIN, version: 1, kind: 'unchanged', resultId: known[MAIN] },
    { uri: PARTS, version: 1, kind: 'unchanged', resultId: known[PARTS] },
    { uri: 'memory:/folder/gone.arch', version: null, kind: 'full', items: [] },
  ]);
  session.client.dispose();
});

it('asks the client to ask again when a change of one file changes what holds in another', async () => {
  const session = await start(PULLS);
  await openFile(session, PARTS, 'server app { }');
  await openFile(session, MAIN, 'import "./parts.arch"\nusers u { rate: 1/s }\nu -> app');
  const before = await session.pull(MAIN);
  expect(codes(before)).not.toContain('unresolved-name');
  await change(session, PARTS, 2, 'server other { }');
  await session.pull(PARTS);
  await expect.poll(session.refreshed).toBe(1);
  expect(codes(await session.pull(MAIN, before.resultId))).toContain('unresolved-name');
  session.client.dispose();
});
