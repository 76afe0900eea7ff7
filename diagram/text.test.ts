import { describe, expect, it } from 'vitest';
import { clean, ellipsize, type Font, measure, wrap } from './text.ts';

const font: Font = { size: 10, weight: 'regular' };

describe('measure', () => {
  it('sums the advance widths of the font', () => {
    expect(measure('AV', font)).toBeCloseTo(6.9 + 6.9, 1);
    expect(measure('', font)).toBe(0);
  });

  it('takes bold text as wider and unknown characters as wide', () => {
    expect(measure('load', { size: 10, weight: 'semibold' })).toBeGreaterThan(measure('load', font));
    expect(measure('数据库', font)).toBeGreaterThanOrEqual(30);
    expect(measure('😀', font)).toBeGreaterThanOrEqual(13);
  });
});

describe('wrap', () => {
  it('breaks at spaces and between facts', () => {
    expect(wrap('one two three', 40, font, 3)).toEqual(['one two', 'three']);
    expect(wrap('16\u00a0GB · TTL\u00a010\u00a0min', 60, font, 2)).toEqual(['16\u00a0GB', 'TTL\u00a010\u00a0min']);
  });

  it('never exceeds the width nor the number of lines', () => {
    for (const text of ['x'.repeat(5000), '数'.repeat(50), '😀'.repeat(30), 'a b '.repeat(99), '\u00a0'.repeat(40)]) {
      const lines = wrap(text, 60, font, 2);
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(measure(line, font)).toBeLessThanOrEqual(60);
    }
  });

  it('does not split surrogate pairs', () => {
    expect(wrap('😀'.repeat(30), 60, font, 2).every((line) => line.isWellFormed())).toBe(true);
    expect(ellipsize('😀😀😀', 30, font).isWellFormed()).toBe(true);
  });
});

describe('clean', () => {
  it('replaces what XML forbids and what turns the writing direction', () => {
    expect(clean('a\u0000b\u202ec\nd\ufffe')).toBe('a b c d');
    expect(clean('\ud800x')).toBe('\ufffdx');
  });
});
