import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { renderPng, renderSvg, styleSheet, themes } from './index.ts';
import { analysis, architecture, component, connections, finding } from './testing/architectures.ts';
import { cached, twoCenters } from './testing/samples.ts';

const fonts = ['Regular', 'SemiBold'].map((name) => readFileSync(new URL(`./font/Inter-${name}.ttf`, import.meta.url)));
const wasm = readFileSync(new URL('../node_modules/@resvg/resvg-wasm/index_bg.wasm', import.meta.url));

describe('renderSvg', () => {
  it('gives the same bytes for the same input', async () => {
    const options = { analysis: analysis(twoCenters), theme: 'light' } as const;
    expect(await renderSvg(twoCenters, options)).toBe(await renderSvg(twoCenters, options));
  });

  it('names every component and every connection', async () => {
    const svg = await renderSvg(twoCenters);
    for (const { path, kind } of twoCenters.components)
      expect(svg).toMatch(new RegExp(`<g data-id="${path}" class="(?:node|box) kind-${kind}[ "]`));
    for (const { id } of twoCenters.connections.filter(({ id }) => !id.startsWith('eu.data.posts -> us')))
      expect(svg).toContain(`<g data-id="${id}" class="edge `);
  });

  it('escapes hostile labels and leaves them readable', async () => {
    const title = '<img src=x onerror="alert(1)">&</text></svg><script>alert(1)</script>';
    const svg = await renderSvg(
      architecture([component(`a server "${title}"`), component('b database "]]>&lt;"')], connections('a -> b'), {
        title: '</style><script>',
      }),
      { findings: [finding('error', 'a', '<b>"bold"</b>')] },
    );
    expect(svg).not.toMatch(/<(?:img|script|b|iframe)\b/);
    expect(svg).toContain('&lt;script>alert(1)&lt;/script>');
    expect(svg.match(/<style/g)).toHaveLength(1);
  });

  it('needs nothing from outside', async () => {
    for (const theme of themes) {
      const svg = await renderSvg(cached, { theme });
      expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|@import|url\(|<image|href=/);
    }
  });

  it('has variables that follow the reader’s theme in `auto` and colours in the others', async () => {
    const auto = await renderSvg(cached, { theme: 'auto' });
    expect(auto).toContain('prefers-color-scheme:dark');
    const used = new Set(Array.from(auto.matchAll(/var\((--[\w-]+)\)/g), ([, name]) => name));
    for (const name of used) expect(auto).toContain(`${name}:#`.replace(/(opacity):#/, '$1:'));
    for (const theme of ['light', 'dark', 'contrast'] as const) expect(styleSheet(theme)).not.toContain('var(');
  });

  it('says what it shows to those who cannot see it', async () => {
    const svg = await renderSvg(cached);
    expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="Architecture diagram: With cache and CDN\. 8 components/);
    expect(svg).toContain('<title>Architecture diagram: With cache and CDN</title>');
    expect(svg).toMatch(/<desc>8 components, 8 connections\. /);
    expect(svg).toContain('aria-label="Cache, cache"');
  });

  it('shows findings with their messages', async () => {
    const svg = await renderSvg(cached, { findings: [finding('error', 'data.db', 'The primary is alone.')] });
    expect(svg).toContain('<g class="findings error"');
    expect(svg).toContain('<title>The primary is alone.</title>');
  });

  it('leaves title and legend out when asked to', async () => {
    const svg = await renderSvg(twoCenters, { framed: false, analysis: analysis(twoCenters) });
    expect(svg).not.toContain('class="summary"');
    expect(svg).not.toContain('class="legend-row"');
  });
});

describe('renderPng', () => {
  it('draws a PNG of twice the size', async () => {
    const svg = await renderSvg(cached, { theme: 'dark' });
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number);
    const png = Buffer.from(await renderPng(svg, { wasm, fonts }));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([Math.ceil(width! * 2), Math.ceil(height! * 2)]);
    expect(Buffer.from(await renderPng(svg, { wasm, fonts })).equals(png)).toBe(true);
  });
});
