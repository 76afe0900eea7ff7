import { describe, expect, it } from 'vitest';
import type { Edit } from '../model/index.ts';
import { check } from './check.ts';
import { effectOf, effectText } from './effects.ts';
import { parse } from './index.ts';

const text = `users visitors { rate: 90/s }
server app { instance: "m5.large", cores: 1, serviceTime: 10ms }
database posts { engine: rdsPostgresql, instance: "db.m5.large", readTime: 1ms, writeTime: 1ms }
visitors -> app
app -> posts : reads 1
`;

function set(name: string, value: string, component = 'app'): Edit {
  return { type: 'setProperty', component, name, value };
}

async function effect(edits: readonly Edit[], more = '') {
  const compilation = await parse(text + more);
  expect(compilation.findings).toEqual([]);
  return effectOf(compilation, check(compilation).analysis, edits);
}

describe('the effect of edits', () => {
  it('says how response time, capacity, cost and availability change', async () => {
    const found = await effect([set('replicas', '2')]);
    expect(found!.broken).toEqual([]);
    const [p99, capacity, cost, availability, ...others] = found!.changes;
    expect(p99).toMatch(/^p99 \d+ → \d+(\.\d+)? ms$/);
    expect(capacity).toBe('capacity 2.0x');
    expect(cost).toMatch(/^cost \+\$\d+(\.\d+)?\/month$/);
    expect(availability).toMatch(/^availability 99% → 99\.\d+%$/);
    expect(others).toEqual([]);
  });

  it('is what the simulator says of the changed text', async () => {
    const found = await effect([set('serviceTime', '5ms')]);
    const changed = await parse(text.replace('10ms', '5ms'));
    const { solution } = check(changed).analysis;
    expect(found!.changes[0]).toContain(`→ ${(solution.response.p99 * 1000).toPrecision(3)} ms`);
  });

  it('names the requirements that it would break, as they are written', async () => {
    const found = await effect([set('replicas', '2')], 'require cost <  $300/month\nrequire p99 < 2s\n');
    expect(found!.broken).toEqual([]);
    const dearer = await effect([set('replicas', '9')], 'require cost <  $300/month\nrequire p99 < 2s\n');
    expect(dearer!.broken).toEqual(['require cost < $300/month']);
    expect(effectText(dearer!)).toMatch(/^p99 .*; breaks 'require cost < \$300\/month'$/);
  });

  it('is empty where only words change, and absent where nothing does', async () => {
    expect(await effect([set('owner', '"web"')])).toEqual({ changes: [], broken: [] });
    expect(effectText({ changes: [], broken: [] })).toBe('');
    expect(await effect([set('serviceTime', '10ms')])).toBe(undefined);
    expect(await effect([set('serviceTime', '10ms', 'nobody')])).toBe(undefined);
  });

  it('is not told of a text that would be broken', async () => {
    expect(await effect([set('serviceTime', 'ten')])).toBe(undefined);
  });

  it('follows imports', async () => {
    const compilation = await parse('import "./more.arch"\nvisitors -> app\n', {
      files: { 'more.arch': 'users visitors { rate: 90/s }\nserver app { serviceTime: 10ms }\n' },
    });
    expect(compilation.findings).toEqual([]);
    const found = await effectOf(compilation, check(compilation).analysis, [set('replicas', '2')]);
    expect(found!.changes).toContain('capacity 2.0x');
  });
});
