/** Colours of the diagram. Each theme names the same tokens; the style sheet uses nothing else. */
import { hues } from './icons.ts';

/** `auto` follows the reader's `prefers-color-scheme` and can be overridden with CSS variables `--loadpath-<token>`. */
export const themes = ['light', 'dark', 'contrast', 'auto'] as const;
export type Theme = (typeof themes)[number];

/**
 * Light and dark are neutral slates with hues of even lightness. The colours of load go from teal over amber and vermilion to
 * purple, after the palette of Okabe and Ito (Color Universal Design, 2008), which people with any kind of colour vision
 * can tell apart; text and the length of the bar say the same again.
 */
const light = {
  canvas: '#ffffff',
  box: '#4a6583',
  boxOpacity: '0.055',
  boxBorder: '#d5dde6',
  card: '#ffffff',
  cardBorder: '#ccd5df',
  shadow: '#1c2a3a',
  shadowOpacity: '0.07',
  text: '#17212d',
  muted: '#5b6878',
  line: '#75849a',
  track: '#e6ebf1',
  traffic: '#2f6fb4',
  trafficTile: '#e6f0fa',
  compute: '#6a55bd',
  computeTile: '#efebfb',
  data: '#1f7a72',
  dataTile: '#e1f3f0',
  cache: '#a15c10',
  cacheTile: '#fbefdd',
  message: '#ab4a7c',
  messageTile: '#fae9f1',
  other: '#5c6b7e',
  otherTile: '#ebeff4',
  calm: '#2a9d8a',
  calmText: '#1c7567',
  warm: '#e0a11b',
  warmText: '#8a5d00',
  hot: '#d9601a',
  hotText: '#b04607',
  over: '#a82365',
  overText: '#a01f5e',
  error: '#c62f3d',
  warning: '#f0b429',
  info: '#3b7dc4',
  onError: '#ffffff',
  onWarning: '#3b2a00',
  onInfo: '#ffffff',
} as const;

export type Token = keyof typeof light;
type Palette = Readonly<Record<Token, string>>;

const dark: Palette = {
  canvas: '#10151c',
  box: '#9db8d9',
  boxOpacity: '0.06',
  boxBorder: '#2c3744',
  card: '#1a222c',
  cardBorder: '#344150',
  shadow: '#000000',
  shadowOpacity: '0.25',
  text: '#e8edf3',
  muted: '#9aa8b8',
  line: '#7d8c9e',
  track: '#2b3643',
  traffic: '#7db5f0',
  trafficTile: '#1d3147',
  compute: '#b3a2f5',
  computeTile: '#2b2748',
  data: '#68cbbd',
  dataTile: '#173733',
  cache: '#eab573',
  cacheTile: '#3b2d1b',
  message: '#ea95bf',
  messageTile: '#3d2433',
  other: '#a3b1c2',
  otherTile: '#28323e',
  calm: '#3fb8a3',
  calmText: '#68cbbd',
  warm: '#e5ae3a',
  warmText: '#efc062',
  hot: '#ec7a3a',
  hotText: '#f7945a',
  over: '#d9589a',
  overText: '#f083b8',
  error: '#e5534b',
  warning: '#e8b33a',
  info: '#539bf5',
  onError: '#ffffff',
  onWarning: '#2b1f00',
  onInfo: '#0b1520',
};

const contrast: Palette = {
  ...(Object.fromEntries(
    hues.flatMap((hue) => [
      [hue, '#ffffff'],
      [`${hue}Tile`, '#000000'],
    ]),
  ) as Record<Extract<Token, (typeof hues)[number] | `${(typeof hues)[number]}Tile`>, string>),
  canvas: '#000000',
  box: '#000000',
  boxOpacity: '1',
  boxBorder: '#6fc3df',
  card: '#000000',
  cardBorder: '#ffffff',
  shadow: '#000000',
  shadowOpacity: '0',
  text: '#ffffff',
  muted: '#ffffff',
  line: '#ffffff',
  track: '#5a5a5a',
  calm: '#21d4b4',
  calmText: '#21d4b4',
  warm: '#ffd700',
  warmText: '#ffd700',
  hot: '#ff9a4d',
  hotText: '#ff9a4d',
  over: '#ff8ad8',
  overText: '#ff8ad8',
  error: '#ff6b6b',
  warning: '#ffd700',
  info: '#6fc3df',
  onError: '#000000',
  onWarning: '#000000',
  onInfo: '#000000',
};

const palettes = { light, dark, contrast } as const;

/** What stands for a token in the style sheet of a theme: a colour, or a variable. */
export function colorsOf(theme: Theme): (token: Token) => string {
  return (token) => (theme === 'auto' ? `var(${variable(token)})` : palettes[theme][token]);
}

/** The definitions of the variables that `auto` needs; empty for the others. */
export function variablesOf(theme: Theme): string {
  if (theme !== 'auto') return '';
  return `.loadpath{color-scheme:light dark;${definitions(light)}}@media (prefers-color-scheme:dark){.loadpath{${definitions(dark)}}}`;
}

/** Definitions of all variables of one palette, for those who switch the theme by a class. */
export function definitionsOf(theme: Exclude<Theme, 'auto'>): string {
  return definitions(palettes[theme]);
}

function definitions(palette: Palette): string {
  return Object.entries(palette)
    .map(([token, value]) => `${variable(token)}:${value}`)
    .join(';');
}

/** `boxBorder` as `--loadpath-box-border`. */
function variable(token: string): string {
  return `--loadpath-${token.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
