/** Factors from the units in which vendors publish their figures to the canonical units of the model (see `../units.ts`). */

/** Bytes in a gibibyte. */
export const GiB = 2 ** 30;
/** Bytes in a tebibyte. */
export const TiB = 2 ** 40;
/**
 * Bytes in a gigabyte of a price list. Some providers bill binary gigabytes under this name; taking the decimal one overstates
 * the cost by at most 7.4 %.
 */
export const GB = 1e9;
/** Bytes per second in a megabit per second. */
export const Mbps = 125_000;
/** Bytes per second in a gigabit per second. */
export const Gbps = 125_000_000;
/** Hours in the month of cloud price lists; its source is `hoursPerMonth` in `prices.ts`. */
export const HOURS_PER_MONTH = 730;
