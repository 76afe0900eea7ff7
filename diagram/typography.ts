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

/** Inter, or what the system has that is not wider. */
export const FONT_FAMILY =
  "Inter, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
