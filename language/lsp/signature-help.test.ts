/** Help while flows and events are written, asked as a client asks, without one. */
import { describe, expect, it } from 'vitest';
import { open } from './testing.ts';

async function help(marked: string) {
  const opened = await open(marked);
  return opened.arch.lsp.SignatureHelp!.provideSignatureHelp(opened.document, opened.at);
}

/** The signature that is shown, the part of it that is due, and what that says. */
async function shown(marked: string): Promise<readonly string[]> {
  const found = await help(marked);
  const signature = found?.signatures[found.activeSignature ?? 0];
  if (!signature) return [];
  const parameter = signature.parameters?.[signature.activeParameter ?? found.activeParameter ?? 0];
  return [signature.label, String(parameter?.label ?? '')];
}

const parts = 'server app { }\ndatabase db { }\n';
const scenario = (event: string) => `${parts}scenario s "S" {\n  duration: 20m\n  ${event}\n}`;

describe('signature help', () => {
  it('lists the flows behind the colon of a connection', async () => {
    const found = await help(`${parts}app -> db : <|>`);
    expect(found!.signatures.map(({ label }) => label)).toEqual([
      'calls n',
      'reads n',
      'writes n',
      'publishes n',
      'static n',
      'misses',
      'share',
      'replicates',
    ]);
  });
  it.each([
    ['app -> db : reads <|>', ['reads n', 'n']],
    ['app -> db : rea<|>', ['reads n', 'n']],
    ['app -> db : reads 2, wr<|>ites', ['writes n', 'n']],
    ['app -> db, app : 3<|>', ['share', 'share']],
    ['app -> db : misses<|>', ['misses', '']],
    ['app -> db :\n  <|>', ['calls n', 'n']],
    ['app -> db : reads 2,\n  wr<|>', ['writes n', 'n']],
    ['app -> db\n  : reads 2\n  , misses,\n  // what else\n  publishes <|>', ['publishes n', 'n']],
    ['app -> db : calls (n / <|>', ['calls n', 'n']],
    ['app -> db : calls (n / 2), reads <|>', ['reads n', 'n']],
    ['app -> db : reads 2\n  <|>', []],
    ['app -> db : reads 2 server <|>', []],
    ['app -> db : reads 2 {\n  timeout: <|>\n}', []],
    ['app -> db : reads 2\nserver b { cores: <|> }', []],
    ['app -> db { timeout: 1s }\nrequest r { share: <|> }', []],
    ['app -> db <|>', []],
    ['app -> db : reads 2 { protocol: <|> }', []],
    ['app -> db : reads 2 // like this: <|>', []],
    ['server b { cores: <|> }', []],
  ])('%s', async (marked, expected) => {
    expect(await shown(parts + marked)).toEqual(expected);
  });
  it.each([
    ['at <|>', ['at moment fail [primary of | zone of | n of] component [for time]', 'moment']],
    ['at 5m sl<|>', ['at moment slow component factor [for time]', 'moment']],
    ['at 5m slow <|>', ['at moment slow component factor [for time]', 'component']],
    ['at 5m slow app 3<|>', ['at moment slow component factor [for time]', 'factor']],
    ['at 5m partition app from <|>', ['at moment partition component from other [for time]', 'other']],
    ['at 5m scale app to <|>', ['at moment scale component to replicas [for time]', 'replicas']],
    ['at 5m surge 3x for <|>', ['at moment surge factor [for time]', 'time']],
    ['at 5m explode <|>', []],
  ])('of events: %s', async (event, expected) => {
    expect(await shown(scenario(event))).toEqual(expected);
  });
  it.each([
    ['require p9<|>', ['require p90 [of component] operator limit', 'p90']],
    ['require p99 <|>', ['require p99 [of component] operator limit', '[of component]']],
    ['require p99 of <|>', ['require p99 [of component] operator limit', '[of component]']],
    ['require p99 of us.<|>', ['require p99 [of component] operator limit', '[of component]']],
    ['require p99 of app <|>', ['require p99 [of component] operator limit', 'operator']],
    ['require p99 of app < <|>', ['require p99 [of component] operator limit', 'limit']],
    ['require cost < 2 * <|>', ['require cost [of component] operator limit', 'limit']],
    ['require speed <|>', []],
    ['require p99 < 1s\n<|>', []],
  ])('of requirements: %s', async (marked, expected) => {
    expect(await shown(parts + marked)).toEqual(expected);
  });
  it('lists the metrics behind `require`, with what they measure', async () => {
    const found = await help(`${parts}require <|>`);
    expect(found!.signatures.map(({ label }) => label.split(' ')[1])).toEqual(expect.arrayContaining(['p50', 'cost']));
    expect(JSON.stringify(found!.signatures[0])).toContain('Half of the requests');
  });
  it('has nothing for an `at` outside of a scenario', async () => {
    expect(await help(`${parts}server at <|>`)).toBeUndefined();
  });
  it('is silent when it is switched off', async () => {
    const opened = await open(`${parts}app -> db : <|>`);
    opened.arch.lsp.Settings.update({ signatureHelp: { enabled: false } });
    expect(opened.arch.lsp.SignatureHelp!.provideSignatureHelp(opened.document, opened.at)).toBeUndefined();
  });
});
