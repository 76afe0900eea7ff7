import { describe, expect, it } from 'vitest';
import { definitionsOf } from './theme.ts';

const themes = ['light', 'dark', 'contrast'] as const;

describe.each(themes)('the %s theme', (theme) => {
  const colors = new Map(
    definitionsOf(theme)
      .split(';')
      .map((definition) => definition.replace('--loadpath-', '').split(':') as [string, string]),
  );
  const contrast = (a: string, b: string) => {
    const [dark, light] = [luminance(colors.get(a)!), luminance(colors.get(b)!)].sort((x, y) => x - y);
    return (light! + 0.05) / (dark! + 0.05);
  };

  // WCAG 2.2, success criterion 1.4.3.
  it.each(['text', 'muted', 'calm-text', 'warm-text', 'hot-text', 'over-text'])('has readable %s', (token) => {
    expect(contrast(token, 'card')).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token, 'canvas')).toBeGreaterThanOrEqual(4.5);
  });

  // WCAG 2.2, success criterion 1.4.11.
  it.each(['traffic', 'compute', 'data', 'cache', 'message', 'other'])('has visible icons of hue %s', (token) => {
    expect(contrast(token, `${token}-tile`)).toBeGreaterThanOrEqual(3);
  });

  it('has visible lines, and counts that can be read on their marks', () => {
    expect(contrast('line', 'canvas')).toBeGreaterThanOrEqual(3);
    for (const severity of ['error', 'warning', 'info'])
      expect(contrast(`on-${severity}`, severity), severity).toBeGreaterThanOrEqual(3);
  });
});

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
