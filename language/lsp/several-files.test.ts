/** Findings of architectures of several files: a file that another one imports is checked as a part of it, open or not. */
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { type Session, startSession } from '../../test/harness/session.ts';

/** A database that is much too small for what `main.arch` asks of it, and fine for `quiet.arch`. */
const PARTS = 'database posts { engine: mysql, replicas: 1, readTime: 50ms }\n';
const main = (rate: string) => `import "./parts.arch"
users visitors { rate: ${rate} }
server app { replicas: 60, cores: 8, serviceTime: 2ms }
loadBalancer lb { replicas: 2 }
visitors -> lb
lb -> app
app -> posts : reads 2
`;
const BUSY = main('900/s');
const QUIET = main('1/s');

let session: Session;
afterEach(() => session.client.dispose());

/** Waits until the server has said this of a file. */
async function says(name: string, rule: string): Promise<void> {
  await expect.poll(() => session.codes(name), { timeout: 5000 }).toContain(rule);
}

async function saysNot(name: string, rule: string): Promise<void> {
  await expect.poll(() => session.codes(name) ?? [rule], { timeout: 5000 }).not.toContain(rule);
}

describe.each(['disk', 'client'] as const)('a file that another one imports, read from the %s', (from) => {
  it('has the findings of the whole architecture, also while nobody has opened it', async () => {
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS }, {}, from);
    await says('parts.arch', 'insufficient-headroom');
    expect(session.codes('parts.arch')).not.toContain('orphan-component');
  });

  it('is checked anew when the file that imports it changes, and the other way round', async () => {
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS }, {}, from);
    await session.open('main.arch', BUSY);
    await says('parts.arch', 'insufficient-headroom');
    await session.change('main.arch', 2, QUIET);
    await saysNot('parts.arch', 'insufficient-headroom');
    await session.open('parts.arch', PARTS);
    await session.change('parts.arch', 2, PARTS.replace('50ms', '5s'));
    await says('parts.arch', 'insufficient-headroom');
    await session.change('parts.arch', 3, PARTS.replace('posts', 'other'));
    await says('main.arch', 'unresolved-name');
  });

  it('stands for itself as soon as nothing imports it any more', async () => {
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS }, {}, from);
    await says('parts.arch', 'insufficient-headroom');
    await session.open('main.arch', BUSY);
    await session.change('main.arch', 2, BUSY.replace('import "./parts.arch"', 'database posts { }'));
    await saysNot('parts.arch', 'insufficient-headroom');
    await session.change('main.arch', 3, BUSY);
    await says('parts.arch', 'insufficient-headroom');
  });

  it('has what any of the files that import it find, each finding once, and which of them where not all do', async () => {
    const files = { 'a.arch': BUSY, 'b.arch': QUIET, 'parts.arch': PARTS };
    session = await startSession(files, {}, from);
    await says('parts.arch', 'insufficient-headroom');
    const [found, ...more] = session.published
      .get('parts.arch')!
      .filter(({ code }) => code === 'insufficient-headroom');
    expect(more).toEqual([]);
    expect(found!.relatedInformation).toContainEqual({
      message: "This holds in the architecture of 'a.arch'.",
      location: { uri: session.uri('a.arch'), range: expect.anything() },
    });
    const spofs = session.published.get('parts.arch')!.filter(({ code }) => code === 'database-spof');
    expect(spofs).toHaveLength(1);
    expect(JSON.stringify(spofs)).not.toContain('This holds in');
    await session.write({ 'a.arch': null });
    await saysNot('parts.arch', 'insufficient-headroom');
    expect(session.published.get('a.arch')).toEqual([]);
  });

  it('follows files that are made, renamed and deleted on the disk', async () => {
    session = await startSession({ 'main.arch': BUSY }, {}, from);
    await says('main.arch', 'unresolved-import');
    await session.write({ 'parts.arch': PARTS });
    await saysNot('main.arch', 'unresolved-import');
    await says('parts.arch', 'insufficient-headroom');
    await session.write({ 'parts.arch': null, 'data.arch': PARTS });
    await says('main.arch', 'unresolved-import');
    await saysNot('data.arch', 'insufficient-headroom');
    await session.write({ 'main.arch': BUSY.replace('parts', 'data') });
    await saysNot('main.arch', 'unresolved-import');
    await says('data.arch', 'insufficient-headroom');
  });

  it('is read from outside of the folder, and forgotten with what imports it', async () => {
    session = await startSession({ '../parts.arch': PARTS }, {}, from);
    await session.open('main.arch', BUSY.replace('./parts', '../parts'));
    const parts = session.uri('../parts.arch');
    await says(parts, 'insufficient-headroom');
    expect(session.codes('main.arch')).not.toContain('unresolved-import');
    await session.change('main.arch', 2, 'server app { }');
    await session.change('main.arch', 3, 'server app2 { }');
    await expect.poll(() => session.codes(parts)).toEqual([]);
  });

  it('is checked with the configuration that stands beside it, and when that changes', async () => {
    const level = (name: string) => `{ "rules": { "insufficient-headroom": "${name}" } }`;
    const files = { 'main.arch': BUSY, 'parts.arch': PARTS, 'loadpath.config.jsonc': level('error') };
    session = await startSession(files, {}, from);
    const severity = () =>
      session.published.get('parts.arch')?.find(({ code }) => code === 'insufficient-headroom')?.severity;
    await expect.poll(severity).toBe(1);
    await session.write({ 'loadpath.config.jsonc': level('info') });
    await expect.poll(severity).toBe(3);
    await session.write({ 'loadpath.config.jsonc': null });
    await expect.poll(severity).toBe(2);
    await session.write({ 'loadpath.config.jsonc': level('off') });
    await saysNot('parts.arch', 'insufficient-headroom');
  });
});

describe('what is sent', () => {
  it('are findings that are new, and news of files whose own text or imports have changed', async () => {
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS, 'alone.arch': 'server app { }' });
    await session.open('main.arch', BUSY);
    await says('parts.arch', 'insufficient-headroom');
    await expect.poll(() => session.log.published.filter((name) => name === 'main.arch').length).toBeGreaterThan(1);
    session.log.published.length = 0;
    session.log.changed.length = 0;
    await session.change('main.arch', 2, `${BUSY}// Nothing new.\n`);
    await expect.poll(() => session.log.published).toEqual(['main.arch']);
    await session.change('main.arch', 3, QUIET);
    await saysNot('parts.arch', 'insufficient-headroom');
    expect([...new Set(session.log.published)].sort()).toEqual(['main.arch', 'parts.arch']);
    expect([...new Set(session.log.changed)]).toEqual(['main.arch']);
  });

  it('is a hint to ask again for figures where another open file has changed them, and only there', async () => {
    const refreshSupport = true;
    const workspace = { inlayHint: { refreshSupport }, codeLens: { refreshSupport } };
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS }, { workspace });
    await session.open('main.arch', BUSY);
    await says('parts.arch', 'insufficient-headroom');
    await session.change('main.arch', 2, QUIET);
    await saysNot('parts.arch', 'insufficient-headroom');
    // An editor asks about the text that it edits by itself.
    expect(session.log.asked).toEqual([]);
    await session.open('parts.arch', PARTS);
    await session.change('parts.arch', 2, PARTS.replace('50ms', '5s'));
    await says('parts.arch', 'insufficient-headroom');
    const both = ['workspace/codeLens/refresh', 'workspace/inlayHint/refresh'];
    await expect.poll(() => [...new Set(session.log.asked)].sort()).toEqual(both);
  });

  it('is everything again about a file that is opened again', async () => {
    session = await startSession({ 'alone.arch': 'sever app' });
    await session.open('alone.arch', 'sever app');
    await says('alone.arch', 'unknown-kind');
    for (let times = 0; times < 2; times++) {
      await session.close('alone.arch');
      session.log.published.length = 0;
      await session.open('alone.arch', 'sever app');
      await expect.poll(() => session.log.published).toContain('alone.arch');
    }
  });
});

describe('a file that is closed', () => {
  it('is as it is on the disk again', async () => {
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS });
    await session.open('parts.arch', 'server other');
    await says('main.arch', 'unresolved-name');
    await session.close('parts.arch');
    await saysNot('main.arch', 'unresolved-name');
  });

  it('is forgotten when it never was on the disk', async () => {
    session = await startSession();
    await session.open('new.arch', 'sever app');
    await says('new.arch', 'unknown-kind');
    await session.close('new.arch');
    await expect.poll(() => session.codes('new.arch')).toEqual([]);
  });

  it('stays while it is open, even if it is deleted on the disk', async () => {
    session = await startSession({ 'main.arch': BUSY, 'parts.arch': PARTS });
    await session.open('parts.arch', PARTS);
    await says('parts.arch', 'insufficient-headroom');
    await session.write({ 'parts.arch': null });
    await session.change('parts.arch', 2, `${PARTS}sever x`);
    await says('parts.arch', 'unknown-kind');
    expect(session.codes('main.arch')).not.toContain('unresolved-import');
  });
});

describe('folders of the workspace', () => {
  it('are read when they are added, and forgotten when they are removed', async () => {
    session = await startSession({ '../second/parts.arch': 'sever app' }, { workspace: { workspaceFolders: true } });
    const folder = { uri: session.uri('../second'), name: 'second' };
    const change = (added: object[], removed: object[]) =>
      session.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added, removed } });
    await change([folder], []);
    const file = session.uri('../second/parts.arch');
    await says(file, 'unknown-kind');
    await change([], [folder]);
    await expect.poll(() => session.codes(file)).toEqual([]);
  });
});

describe('what is shown in a file that another one imports', () => {
  it('are the figures of the whole, with the file that they are about', async () => {
    session = await startSession({ 'main.arch': QUIET, 'parts.arch': PARTS });
    const textDocument = { uri: session.uri('parts.arch') };
    await says('parts.arch', 'database-spof');
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    expect(await session.request('textDocument/inlayHint', { textDocument, range })).toMatchObject([
      { label: expect.stringMatching(/^\d+% · 2\/s/) },
    ]);
    const hover = await session.request('textDocument/hover', { textDocument, position: { line: 0, character: 10 } });
    expect(hover).toMatchObject({ contents: { value: expect.stringContaining("In the architecture of 'main.arch'") } });
  });
});

describe('the fixes of a file of several architectures', () => {
  const LIB = 'server app { replicas: 2, cores: 2, serviceTime: 10ms }\ncache pages { engine: redis, replicas: 2 }\n';
  const importing = (rate: string) =>
    `import "./lib.arch"\nusers u { rate: ${rate} }\nu -> app\napp -> pages : reads 1\n`;
  const start = async (a: string, b: string) => {
    session = await startSession({ 'a.arch': importing(a), 'b.arch': importing(b), 'lib.arch': LIB });
    await says('lib.arch', 'cache-without-expiry');
  };
  const actions = (only?: string) =>
    session.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: session.uri('lib.arch') },
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 50 } },
      context: { diagnostics: [], ...(only ? { only: [only] } : {}) },
    });
  const titles = async () => (await actions()).map(({ title }) => title).filter((title) => title.startsWith('Set'));

  it('say what they do in each of them', async () => {
    await start('300/s', '320/s');
    expect(await titles()).toEqual([
      expect.stringMatching(
        /^Set 'replicas: 3' on 'app' \(a\.arch: p99 .* ms, capacity 1\.5x, .*; b\.arch: p99 .* ms, capac/,
      ),
    ]);
  });

  it('are those of each, named, where they are not the same', async () => {
    await start('300/s', '900/s');
    expect(await titles()).toEqual([
      expect.stringMatching(/^Set 'replicas: 3' on 'app' for 'a\.arch' \(/),
      expect.stringMatching(/^Set 'replicas: 7' on 'app' for 'b\.arch' \(/),
    ]);
  });

  it('are taken all at once where all agree, and the rest is said to be left', async () => {
    await start('300/s', '1/s');
    const [all, ...more] = await actions('source.fixAll');
    expect(more).toEqual([]);
    expect(all!.title).toMatch(
      /^Apply the preferred fixes that all architectures with this file agree on \(\d of \d\)$/,
    );
    const texts = JSON.stringify(all!.edit!.changes);
    expect(texts).toContain('ttl');
    expect(texts).not.toContain('replicas: 3');
  });
});
