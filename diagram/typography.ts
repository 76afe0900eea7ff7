/** The sizes of text in the diagram: the layout measures with them and the style sheet draws with them. */
import type { Font } from './text.ts';

export const fonts = {
  heading: { size: 18, weight: 'semibold' },
  figure: { size: 12.5, weight: 'semibold' },
  figureLabel: { size: 12.5, weight: 'regular' },
  boxTitle: { size: 12.5, weight: 'semibold' },
  title: { size: 13, weight: 'semibold' },
  subtitle: { size: 11, weight: 'regular' },
  count: { size: 11, weight: 'semibold' },
  load: { size: 11, weight: 'semibold' },
  badge: { size: 10, weight: 'semibold' },
  flow: { size: 11, weight: 'regular' },
  rate: { size: 11, weight: 'semibold' },
  legend: { size: 11, weight: 'regular' },
} as const satisfies Record<string, Font>;

export type FontName = keyof typeof fonts;

/** Inter, or what the system has: usually narrower, so that text fits there too. */
export const FONT_FAMILY =
  "Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', 'Loadpath Fallback', sans-serif";

/** DejaVu Sans, the only font of many servers, is wider than Inter: it is scaled to the width of Inter over the letters of English. */
export const FALLBACK_FONT =
  "@font-face{font-family:'Loadpath Fallback';font-weight:400;src:local('DejaVu Sans');size-adjust:94%}" +
  "@font-face{font-family:'Loadpath Fallback';font-weight:600;src:local('DejaVu Sans Bold'),local('DejaVu Sans');size-adjust:86%}";
