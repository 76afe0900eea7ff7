import { describe, expect, it } from 'vitest';
import { MAX_STEP, MAX_USERS, stepOf, usersAt, usersText } from './population.ts';

describe('the population slider', () => {
  it('goes from one user to a hundred million', () => {
    expect(usersAt(0)).toBe(1);
    expect(usersAt(MAX_STEP)).toBe(MAX_USERS);
  });
  it('never goes back on its way up', () => {
    for (let step = 1; step <= MAX_STEP; step++) expect(usersAt(step)).toBeGreaterThanOrEqual(usersAt(step - 1));
  });
  it('finds the place of any number', () => {
    expect(stepOf(1_000_000)).toBe(300);
    expect(usersAt(stepOf(5_000_000))).toBe(5_000_000);
    expect(stepOf(0)).toBe(0);
    expect(stepOf(1e12)).toBe(MAX_STEP);
  });
  it('shows two digits', () => {
    expect(usersAt(315)).toBe(2_000_000);
    expect(usersText(usersAt(320))).toBe('2.5M users');
    expect(usersText(1)).toBe('1 user');
  });
});
