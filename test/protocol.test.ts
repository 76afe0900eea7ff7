/** What the bundled server does with clients that make mistakes, and with bytes that come in any pieces. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { frame, type RawClient, startRawClient } from './harness/raw-client.ts';
import { buildOnce } from './loadpath.ts';

const uri = 'file:///folder/shop.arch';
const TEXT = 'server app { replicas: 2 }\ncache pages { engine: redis }\n';
const textDocument = { uri };
const hover = { textDocument, position: { line: 0, character: 8 } };

let client: RawClient;
beforeAll(() => buildOnce(), 180_000);
beforeEach(() => {
  client = startRawClient();
});
afterEach(() => client.kill());

function open(version: number, text: string): object {
  return { method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'arch', version, text } } };
}

function change(version: number, text: string, file = uri): object {
  return {
    method: 'textDocument/didChange',
    params: { textDocument: { uri: file, version }, contentChanges: [{ text }] },
  };
}

async function names(): Promise<readonly string[]> {
  const { result } = await client.request('textDocument/documentSymbol', { textDocument });
  return (result as { readonly name: string }[]).map(({ name }) => name);
}

describe('the life of a session', () => {
  it('refuses requests before initialize, and works after it', async () => {
    client.send({ method: 'textDocument/didOpen', params: {} });
    expect((await client.request('textDocument/hover', hover)).error?.code).toBe(-32002);
    expect((await client.request('loadpath/model', { uri })).error?.code).toBe(-32002);
    expect((await client.request('shutdown')).error?.code).toBe(-32002);
    await client.initialize();
    client.send(open(1, TEXT));
    expect(await names()).toEqual(['app', 'pages']);
  });

  it('refuses a second initialize', async () => {
    await client.initialize();
    expect((await client.initialize()).error?.code).toBe(-32600);
    client.send(open(1, TEXT));
    expect(await names()).toEqual(['app', 'pages']);
  });

  it('refuses requests after shutdown, and then exits with 0', async () => {
    await client.initialize();
    client.send(open(1, TEXT));
    expect(await client.request('shutdown')).toMatchObject({ result: null });
    expect((await client.request('textDocument/hover', hover)).error?.code).toBe(-32600);
    expect((await client.request('loadpath/model', { uri })).error?.code).toBe(-32600);
    client.send({ method: 'exit' });
    expect(await client.exit).toBe(0);
  });

  it.each([
    ['exit without shutdown', () => client.send({ method: 'exit' })],
    ['the end of its input', () => client.end()],
  ])('exits with 1 at %s', async (_, stop) => {
    await client.initialize();
    stop();
    expect(await client.exit).toBe(1);
  });

  it('exits when it was never initialized', async () => {
    client.send({ method: 'exit' });
    expect(await client.exit).toBe(1);
  });
});

describe('requests that cannot be answered', () => {
  beforeEach(async () => {
    await client.initialize();
    client.send(open(1, TEXT));
  });

  it('says that a method is unknown', async () => {
    expect((await client.request('textDocument/noSuchThing', hover)).error?.code).toBe(-32601);
    expect((await client.request('noSuchThing')).error?.code).toBe(-32601);
  });

  it('says that parameters are invalid', async () => {
    const wrong: readonly (readonly [string, unknown])[] = [
      ['textDocument/hover', undefined],
      ['textDocument/hover', null],
      ['textDocument/hover', {}],
      ['textDocument/hover', []],
      ['textDocument/hover', { textDocument }],
      ['textDocument/hover', { textDocument: { uri: 5 }, position: hover.position }],
      ['textDocument/completion', { textDocument, position: { line: -1, character: 0 } }],
      ['textDocument/rename', { textDocument, position: { line: 0.5, character: 0 }, newName: 'x' }],
      ['textDocument/formatting', { options: {} }],
      ['loadpath/model', {}],
      ['loadpath/preview', { uri: 5 }],
    ];
    for (const [method, params] of wrong) expect((await client.request(method, params)).error?.code).toBe(-32602);
    expect((await client.request('textDocument/hover', hover)).result).toMatchObject({ contents: {} });
  });

  it('answers every request about a place behind the end of the text', async () => {
    const far = { textDocument, position: { line: 9999, character: 9999 } };
    for (const name of ['hover', 'completion', 'definition', 'references', 'documentHighlight', 'prepareRename'])
      expect(await client.request(`textDocument/${name}`, far)).not.toHaveProperty('error');
  });

  it('answers requests about a file that nobody has opened with an error, not with a result', async () => {
    const nowhere = { ...hover, textDocument: { uri: 'file:///folder/none.arch' } };
    const answer = await client.request('textDocument/hover', nowhere);
    expect(answer).toHaveProperty('error.message');
    expect(answer).not.toHaveProperty('result');
  });

  it('gives up what is cancelled', async () => {
    const large = Array.from({ length: 1500 }, (_, i) => `server s${i} { replicas: 2 }\n`).join('');
    const methods = ['textDocument/hover', 'loadpath/model', 'textDocument/selectionRange'] as const;
    const paramsOf = {
      'textDocument/hover': hover,
      'loadpath/model': { uri },
      'textDocument/selectionRange': { textDocument, positions: [hover.position] },
    };
    const requests = Array.from({ length: 30 }, (_, at) => {
      const method = methods[at % methods.length]!;
      return { id: at + 1, method, params: paramsOf[method] };
    });
    client.send(
      change(2, large),
      ...requests,
      ...[...requests, { id: 77 }].map(({ id }) => ({ method: '$/cancelRequest', params: { id } })),
    );
    // What was done before the cancellation was read may answer all the same; whatever is given up says so with the protocol's code.
    const answers = await Promise.all(requests.map(({ id }) => client.answer(id)));
    const codes = answers.map(({ error }) => error?.code);
    expect(codes.filter((code) => code !== undefined && code !== -32800)).toEqual([]);
    expect(codes).toContain(-32800);
    expect(await names()).toHaveLength(1500);
  });
});

describe('documents', () => {
  beforeEach(() => client.initialize());

  it('takes the newer text when a file is opened twice', async () => {
    client.send(open(1, TEXT), open(2, 'server other { }\n'));
    expect(await names()).toEqual(['other']);
  });

  it('ignores edits of a file that is not open', async () => {
    client.send(open(1, TEXT), change(1, 'server none { }\n', 'file:///folder/none.arch'));
    client.send({ method: 'textDocument/didClose', params: { textDocument: { uri: 'file:///folder/none.arch' } } });
    expect(await names()).toEqual(['app', 'pages']);
  });

  it('ignores edits of a file that was closed', async () => {
    client.send(open(1, TEXT), { method: 'textDocument/didClose', params: { textDocument } });
    client.send(change(2, 'server none { }\n'), open(3, 'server again { }\n'));
    expect(await names()).toEqual(['again']);
  });

  it('takes edits in the order in which they come, whatever their versions say', async () => {
    client.send(open(7, TEXT), change(9, 'server nine { }\n'), change(8, 'server eight { }\n'));
    expect(await names()).toEqual(['eight']);
    const versions = () =>
      client.received.filter(({ method }) => method === 'textDocument/publishDiagnostics').map((it) => it.params);
    await expect.poll(() => versions().at(-1), { timeout: 10_000 }).toMatchObject({ uri, version: 8 });
  });

  it('lives on after notifications without sense', async () => {
    client.send({ method: 'textDocument/didOpen', params: null }, { method: 'textDocument/didChange', params: {} });
    client.send({ method: 'textDocument/didOpen', params: { textDocument: { uri } } });
    client.send({ method: 'textDocument/didClose', params: {} }, { method: 'workspace/didChangeWatchedFiles' });
    client.send({ method: '$/noSuchThing', params: {} }, { method: 'noSuchThing' });
    client.send(open(1, TEXT), { ...change(2, ''), params: { textDocument, contentChanges: [{ text: 5 }, null] } });
    expect(await names()).toEqual(['app', 'pages']);
  });

  it('counts positions in UTF-16 code units', async () => {
    client.send(open(1, '/* 😀é */ server app { }\n'));
    const { result } = await client.request('textDocument/documentSymbol', { textDocument });
    expect(result).toMatchObject([{ name: 'app', selectionRange: { start: { line: 0, character: 17 } } }]);
    const at = (character: number) =>
      client.request('textDocument/hover', { textDocument, position: { line: 0, character } });
    expect((await at(17)).result).toMatchObject({ range: { start: { character: 17 }, end: { character: 20 } } });
    expect((await at(8)).result).toBe(null);
  });
});

it.each([[[]], [['utf-8']], [['utf-32', 'utf-8', 'utf-16']]])(
  'says that it counts in UTF-16 to a client that offers %j',
  async (positionEncodings) => {
    const { result } = await client.initialize({ general: { positionEncodings } });
    expect(result).toMatchObject({ capabilities: { positionEncoding: 'utf-16' } });
  },
);

describe('frames', () => {
  it('reads messages byte by byte', async () => {
    await client.initialize();
    for (const byte of frame(open(1, '/* 😀 */ server äpp { }\nserver app { }\n')))
      await client.write(Uint8Array.of(byte));
    expect(await names()).toContain('app');
  });

  it('reads several messages that come in one piece, and further headers', async () => {
    await client.initialize();
    const huge = `X-Filler: ${'x'.repeat(200_000)}`;
    const type = 'Content-Type: application/vscode-jsonrpc; charset=utf-8';
    const request = { id: 5, method: 'textDocument/documentSymbol', params: { textDocument } };
    await client.write(
      Buffer.concat([frame(open(1, TEXT), huge), frame(change(2, 'server b { }\n'), type), frame(request)]),
    );
    expect((await client.answer(5)).result).toMatchObject([{ name: 'b' }]);
  });
});
