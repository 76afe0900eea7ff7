import { describe, expect, it } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import manifest from '../../package.json' with { type: 'json' };
import { fixAllKind } from './code-actions.ts';
import { pageOf } from './diagnostics.ts';
import { PAGES } from './pages.ts';
import { applyEdits, open } from './testing.ts';

const text = `users visitors { population: 100k, dailyActive: 40%, requests: 50/day, peak: 3x }
server app { replicas: 1, cores: 4, serviceTime: 20ms }
dataCenter us {
  cache <|pages|> { engine: redis, replicas: 2, memory: 4GB, eviction: lru }
}
visitors -> app
app -> us.pages : reads 3
`;

async function actions(marked: string, only?: readonly string[]) {
  const opened = await open(marked);
  const context = { diagnostics: [], ...(only ? { only: [...only] } : {}) };
  const found = await opened.arch.lsp.CodeActionProvider!.getCodeActions(opened.document, {
    ...opened.at,
    range: opened.range,
    context,
  });
  return { opened, found: (found ?? []) as CodeAction[] };
}

function applied(text: string, action: CodeAction): string {
  return applyEdits(text, Object.values(action.edit!.changes!)[0]!);
}

describe('quick fixes', () => {
  it('set what the rule proposes; afterwards the finding is gone', async () => {
    const { opened, found } = await actions(text);
    const fix = found.find(({ title }) => title.includes('ttl'))!;
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'cache-without-expiry' }] });
    const fixed = applied(opened.text, fix);
    expect(fixed).toMatch(/cache pages \{[^}]*ttl: \d+m/);
    const codes = (await open(fixed)).document.diagnostics!.map(({ code }) => code);
    expect(codes).not.toContain('cache-without-expiry');
  });

  it('say in their title what they would change, and what they would break', async () => {
    const design = `users visitors { rate: 90/s }
server app { instance: "m5.large", <|replicas|>: 2, serviceTime: 30ms }
loadBalancer lb { engine: alb }
visitors -> lb
lb -> app
`;
    const titles = async (more: string) => (await actions(design + more)).found.map(({ title }) => title);
    const [plain] = await titles('');
    expect(plain).toMatch(/^Set 'replicas: 3' on 'app' \(p99 .* ms, capacity 1\.5x, cost \+\$\d+/);
    const [breaking] = await titles('require cost < $200/month\n');
    expect(breaking).toContain("; breaks 'require cost < $200/month')");
  });

  it('offer to ignore a finding with a reason, above the declaration', async () => {
    const { opened, found } = await actions(text);
    const ignore = found.find(({ title }) => title === "Ignore 'cache-without-expiry' here, with a reason")!;
    const ignored = applied(opened.text, ignore);
    expect(ignored).toContain('  // arch-ignore cache-without-expiry: reason\n  cache pages');
    const codes = (await open(ignored)).document.diagnostics!.map(({ code }) => code);
    expect(codes).not.toContain('cache-without-expiry');
    expect(codes).not.toContain('suppression-unused');
  });

  it.each([
    ['server app { <|core|>: 4 }', "Write 'cores'", 'server app { cores: 4 }'],
    ['server app\nsever <|api|>', undefined, ''],
    ['server app\n<|sever|> api', "Write 'server'", 'server app\nserver api'],
    ['server app\ncache c\napp -> <|cc|>', "Write 'c'", 'server app\ncache c\napp -> c'],
    ['cache pages { eviction: <|"lru"|> }', "Write 'lru'", 'cache pages { eviction: lru }'],
    ['users u { region: <|eu-west-1|> }', `Write '"eu-west-1"'`, 'users u { region: "eu-west-1" }'],
    ['users u { region: <|"eu-west-l"|> }', `Write '"eu-west-1"'`, 'users u { region: "eu-west-1" }'],
  ])('write what was meant: %s', async (marked, title, after) => {
    const { opened, found } = await actions(marked);
    const fix = found.find((each) => each.title.startsWith('Write'));
    expect(fix?.title).toBe(title);
    if (fix) expect(applied(opened.text, fix)).toBe(after);
  });

  it('do not offer to ignore what is wrong with the text itself', async () => {
    const { found } = await actions('server app { <|nothing: 3|> }');
    expect(found.map(({ title }) => title).filter((title) => title.startsWith('Ignore'))).toEqual([]);
  });

  it('are all applied by fix-all, which is only offered when it is asked for', async () => {
    expect((await actions(text)).found.every(({ kind }) => kind === 'quickfix')).toBe(true);
    const { opened, found } = await actions(text, ['source.fixAll']);
    expect(found.map(({ kind }) => kind)).toEqual([fixAllKind]);
    const before = opened.document.diagnostics!.length;
    const after = (await open(applied(opened.text, found[0]!))).document.diagnostics!;
    expect(after.length).toBeLessThan(before);
    expect(after.filter(({ severity }) => severity === 1)).toEqual([]);
  });

  it('are not offered elsewhere', async () => {
    const { found } = await actions('<|>\nserver app { nothing: 3 }');
    expect(found).toEqual([]);
  });
});

describe('diagnostics', () => {
  it('link to the page of the rule, in the repository that the package names', async () => {
    const { document } = await open(text);
    const expiry = document.diagnostics!.find(({ code }) => code === 'cache-without-expiry');
    expect(expiry).toMatchObject({
      source: 'loadpath',
      codeDescription: { href: `${PAGES}/docs/rules/cache-without-expiry.md` },
    });
    expect(`${PAGES}/`).toContain(manifest.repository.url.replace(/\.git$/, '/'));
    expect(pageOf('no-such-rule')).toBe(undefined);
  });

  it('of a broken line do not hide those of the others', async () => {
    const { document } = await open(`${text.replace(/<\||\|>/g, '')}server { { x`);
    const codes = document.diagnostics!.map(({ code }) => code);
    expect(codes).toContain('syntax');
    expect(codes).toContain('cache-without-expiry');
  });
});
