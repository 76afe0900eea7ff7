/** The style sheet of the diagram, for inside the picture or beside it. */
import { loadLevels } from '../graph.ts';
import { FALLBACK_FONT, FONT_FAMILY, type FontName, fonts } from '../typography.ts';
import { hues } from './icons.ts';
import { colorsOf, type Theme, type Token, variablesOf } from './theme.ts';

/**
 * The rules for one theme. A page with a content security policy serves them as a file and draws `Diagram` with `styled: false`.
 * Sizes that depend on data are attributes in the picture, so that nothing here overrides them.
 */
export function styleSheet(theme: Theme): string {
  const color = colorsOf(theme);
  return [FALLBACK_FONT, variablesOf(theme), ...shapes(color), ...texts(color), ...states(color)].join('');
}

type Color = (token: Token) => string;

function shapes(color: Color): readonly string[] {
  return [
    `.loadpath .canvas{fill:${color('canvas')}}`,
    `.loadpath .frame{fill:${color('box')};fill-opacity:${color('boxOpacity')};stroke:${color('boxBorder')}}`,
    '.loadpath .kind-group>.frame{fill-opacity:0;stroke-dasharray:5 4}',
    `.loadpath .kind-host>.frame{stroke:${color('line')};stroke-width:1.25}`,
    `.loadpath .shadow{fill:${color('shadow')};fill-opacity:${color('shadowOpacity')}}`,
    `.loadpath .face,.loadpath .copy{fill:${color('card')};stroke:${color('cardBorder')}}`,
    '.loadpath .kind-external>.face{stroke-dasharray:4 3}',
    '.loadpath .quiet>.face{fill-opacity:0;stroke-dasharray:1 3;stroke-linecap:round}',
    '.loadpath .quiet>.shadow{fill-opacity:0}',
    '.loadpath .glyph{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}',
    `.loadpath .pill{fill:${color('track')}}`,
    `.loadpath .track{fill:${color('track')}}`,
    `.loadpath .replica{fill:${color('card')};stroke:${color('data')};stroke-width:1.1}`,
    `.loadpath .primary{fill:${color('data')};stroke:${color('data')};stroke-width:1.1}`,
    `.loadpath .rim{fill:none;stroke:${color('card')};stroke-width:1}`,
    `.loadpath .rim.outlined{stroke:${color('data')}}`,
    `.loadpath .line{fill:none;stroke:${color('line')};stroke-linejoin:round}`,
    `.loadpath .arrow{fill:${color('line')};stroke:none}`,
    '.loadpath .hit{fill:none;stroke:transparent;stroke-width:14;pointer-events:stroke}',
    '.loadpath .kind-async>.line{stroke-dasharray:6 4}',
    // A dotted line is as thick as its dots are wide; replication has no rate that would decide it.
    '.loadpath .kind-replication>.line{stroke-dasharray:0.1 5;stroke-linecap:round;stroke-width:2.2}',
    `.loadpath .chip{fill:${color('canvas')}}`,
    `.loadpath .tint{fill:${color('box')};fill-opacity:${color('boxOpacity')}}`,
  ];
}

function texts(color: Color): readonly string[] {
  const font = (name: FontName) =>
    `font-size:${fonts[name].size}px;font-weight:${fonts[name].weight === 'semibold' ? 600 : 400}`;
  const text = (name: FontName, token: Token, more = '') =>
    `.loadpath .${name}{${font(name)};fill:${color(token)}${more}}`;
  return [
    `.loadpath text{font-family:${FONT_FAMILY};font-kerning:normal;white-space:pre}`,
    text('heading', 'text'),
    text('figure', 'text'),
    text('figureLabel', 'muted'),
    text('boxTitle', 'text'),
    text('title', 'text'),
    text('subtitle', 'muted'),
    text('count', 'muted'),
    text('load', 'muted'),
    text('badge', 'text'),
    text('flow', 'muted'),
    text('rate', 'text'),
    text('legend', 'muted'),
  ];
}

function states(color: Color): readonly string[] {
  return [
    ...hues.flatMap((hue) => [
      `.loadpath .hue-${hue} .glyph{stroke:${color(hue)}}`,
      `.loadpath .hue-${hue} .tile{fill:${color(`${hue}Tile`)}}`,
    ]),
    ...loadLevels.flatMap((level) => [
      `.loadpath .bar.${level}{fill:${color(level)}}`,
      `.loadpath .load.${level}{fill:${color(`${level}Text`)}}`,
    ]),
    `.loadpath .load-hot>.face{stroke:${color('hot')}}`,
    `.loadpath .load-over>.face{stroke:${color('over')};stroke-width:1.75}`,
    `.loadpath .error>.mark{fill:${color('error')};stroke:${color('canvas')}}`,
    `.loadpath .warning>.mark{fill:${color('warning')};stroke:${color('canvas')}}`,
    `.loadpath .info>.mark{fill:${color('info')};stroke:${color('canvas')}}`,
    `.loadpath .error>.badge{fill:${color('onError')}}`,
    `.loadpath .warning>.badge{fill:${color('onWarning')}}`,
    `.loadpath .info>.badge{fill:${color('onInfo')}}`,
  ];
}
