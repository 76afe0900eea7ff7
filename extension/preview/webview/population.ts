/** The slider for the number of users: logarithmic, from one to a hundred million, in steps that read well. */
import { formatCount } from '../../../model/index.ts';

export const MAX_USERS = 100_000_000;
/** Positions of the slider: fifty in each power of ten. */
export const STEPS_PER_DECADE = 50;
export const MAX_STEP = Math.round(Math.log10(MAX_USERS) * STEPS_PER_DECADE);

/** The users at a position of the slider, rounded to two digits. */
export function usersAt(step: number): number {
  const exact = 10 ** (step / STEPS_PER_DECADE);
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1);
  return Math.round(exact / unit) * unit;
}

/** The position of the slider nearest to a number of users. */
export function stepOf(users: number): number {
  const step = Math.round(Math.log10(Math.max(1, users)) * STEPS_PER_DECADE);
  return Math.min(MAX_STEP, Math.max(0, step));
}

/** `2.5M users`, `1 user`. */
export function usersText(users: number): string {
  return `${formatCount(users)} ${users === 1 ? 'user' : 'users'}`;
}
