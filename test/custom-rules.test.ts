/** Custom rules as users write them: a configuration, the bundled command, and the editor beside it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { openInEditor } from './harness/diagnose.ts';
import { useFolders } from './harness/folders.ts';

const SHOP = `users visitors { rate: 20/s }
server web { serviceTime: 4ms }
database orders { engine: dynamodb }
visitors -> web
web -> orders : reads 1
`;
const RULE = {
  id: 'web-through-api',
  message: "'{{from}}' talks to '{{to}}' directly; only the API may.",
  severity: 'error',
  doc: 'The API owns the data.',
  forbid: { from: { name: 'web*' }, to: { kind: 'database' } },
  examples: {
    violates: ['server web\ndatabase d\nweb -> d : reads 1\n'],
    passes: 'server web\nserver api\ndatabase d\nweb -> api\napi -> d : reads 1\n',
  },
};
const CONFIG = 'loadpath.config.jsonc';

const { folder, bin } = useFolders();

test('they are reported like built-in rules, in every format and in the editor', async () => {
  const playground = folder({ [CONFIG]: { customRules: [RULE] }, 'shop.arch': SHOP });
  const { code, stdout } = playground.run(['check']);
  expect(code).toBe(1);
  expect(stdout).toContain(
    "error[web-through-api]: 'web' talks to 'orders' directly; only the API may.\n --> shop.arch:5:8\n",
  );
  const sarif = JSON.parse(playground.run(['check', '--format', 'sarif', '--only', RULE.id]).stdout);
  expect(sarif.runs[0].results.map(({ ruleId }: { readonly ruleId: string }) => ruleId)).toEqual([RULE.id]);
  const file = join(playground.folder, 'shop.arch');
  const editor = await openInEditor(bin(), playground.folder, [file]);
  const codes = (editor.published.get(pathToFileURL(file).href) ?? []).map(
    ({ code, severity }) => `${code} ${severity}`,
  );
  await editor.close();
  expect(codes).toContain('web-through-api 1');
});

test('a package can bring them, and a configuration can turn them off or misspell them', () => {
  const playground = folder({
    'node_modules/@acme/arch/loadpath.config.jsonc': { customRules: [RULE] },
    'shop.arch': SHOP,
    [CONFIG]: { extends: '@acme/arch' },
  });
  expect(playground.run(['check']).code).toBe(1);
  playground.write(CONFIG, JSON.stringify({ extends: '@acme/arch', rules: { [RULE.id]: 'off' } }));
  expect(playground.run(['check']).code).toBe(0);
  playground.write(CONFIG, JSON.stringify({ extends: '@acme/arch', rules: { 'web-trough-api': 'off' } }));
  expect(playground.run(['check'])).toMatchObject({
    code: 2,
    stderr: `loadpath: ${CONFIG}:1:34: There is no rule 'web-trough-api'; did you mean 'web-through-api'?\n`,
  });
});

test('rules lists them, and explain explains them', () => {
  const playground = folder({ [CONFIG]: { customRules: [RULE] } });
  expect(playground.run(['rules']).stdout).toMatch(/^Rules of this configuration\n +web-through-api +error /m);
  expect(playground.run(['explain', RULE.id]).stdout).toContain('Why\nThe API owns the data.\n');
  expect(playground.run(['explain', RULE.id, '--no-config']).code).toBe(2);
});

test('rules test tries their examples', () => {
  const playground = folder({ [CONFIG]: { customRules: [RULE] } });
  expect(playground.run(['rules', 'test'])).toMatchObject({
    code: 0,
    stdout: '✓ web-through-api\n1 custom rule, 2 examples, all as expected\n',
  });
  const broken = { ...RULE, examples: { violates: ['server web\n', 'server {'], passes: RULE.examples.violates } };
  playground.write(CONFIG, JSON.stringify({ customRules: [broken] }));
  const { code, stdout } = playground.run(['rules', 'test']);
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^✗ web-through-api\n {4}Example 1 of 'violates' has no finding\.\n {4}Example 2 of 'violates' has an error in line 1: /,
  );
  expect(stdout).toContain(
    "    Example 1 of 'passes' has a finding in line 3: 'web' talks to 'd' directly; only the API may.\n",
  );
  expect(stdout).toMatch(/1 custom rule, 3 examples, 3 not as expected\n$/);
  playground.write(CONFIG, '{}');
  expect(playground.run(['rules', 'test']).stdout).toBe('0 custom rules, 0 examples, all as expected\n');
});
