/** Generates the TextMate grammar from the tables of kinds, blocks, flows, metrics, actions and units. */
import { actions } from '../language/index.ts';
import {
  dataUnits,
  flowTypes,
  kindNames,
  kindOf,
  magnitudes,
  metrics,
  type PropertyTable,
  periods,
  rateUnits,
  temperatureUnits,
  throughputUnits,
  timeUnits,
} from '../model/index.ts';
import { emit } from './emit.ts';

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

const NAME = '[A-Za-z_][A-Za-z0-9_]*';

/** The alternatives of a regular expression, longer words first, so that none hides another that it begins. */
function oneOf(words: Iterable<string>): string {
  const sorted = [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return `(?:${sorted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`;
}

function blockNames(table: PropertyTable): readonly string[] {
  return Object.entries(table).flatMap(([name, { type }]) => (type.type === 'block' ? [name] : []));
}

const kinds = oneOf(kindNames);
const blocks = oneOf(kindNames.flatMap((kind) => blockNames(kindOf(kind).properties)));
const flows = oneOf(Object.keys(flowTypes).filter((flow) => flow !== 'share'));
const magnitude = oneOf(Object.keys(magnitudes));
const letters = oneOf([
  ...Object.keys(timeUnits),
  ...Object.keys(dataUnits),
  ...Object.keys(throughputUnits),
  ...Object.keys(rateUnits),
  ...temperatureUnits,
  'x',
]);
const period = oneOf([...Object.keys(periods), ...Object.keys(dataUnits)]);

const comments: readonly Pattern[] = [
  {
    name: 'comment.block.documentation.arch',
    begin: '/\\*\\*(?!/)',
    end: '\\*/',
    beginCaptures: { 0: { name: 'punctuation.definition.comment.arch' } },
  },
  { name: 'comment.block.arch', begin: '/\\*', end: '\\*/' },
  {
    name: 'comment.line.double-slash.arch',
    match: '(//)\\s*(arch-ignore)\\b([^:]*)(:?.*)$',
    captures: {
      1: { name: 'punctuation.definition.comment.arch' },
      2: { name: 'keyword.other.suppression.arch' },
      3: { name: 'entity.name.tag.rule.arch' },
    },
  },
  { name: 'comment.line.double-slash.arch', match: '//.*$' },
];

const strings: readonly Pattern[] = [
  {
    name: 'string.quoted.double.arch',
    begin: '"',
    end: '"|$',
    patterns: [{ name: 'constant.character.escape.arch', match: '\\\\.' }],
  },
];

const quantities: readonly Pattern[] = [
  {
    match: `(\\$?\\b|\\$)([0-9][0-9_]*(?:\\.[0-9][0-9_]*)?)(${magnitude}(?![a-zA-Z]))?(%|${letters}\\b)?(/${period}\\b)?`,
    captures: {
      1: { name: 'keyword.other.unit.money.arch' },
      2: { name: 'constant.numeric.arch' },
      3: { name: 'keyword.other.unit.magnitude.arch' },
      4: { name: 'keyword.other.unit.arch' },
      5: { name: 'keyword.other.unit.period.arch' },
    },
  },
];

const declarations: readonly Pattern[] = [
  {
    match: `\\b(template\\s+)?(${kinds})\\s+(${NAME})\\b(?!\\s*(?:->|<->|\\.))`,
    captures: {
      1: { name: 'storage.modifier.arch' },
      2: { name: 'storage.type.arch' },
      3: { name: 'entity.name.type.arch' },
    },
  },
  {
    match: `\\b(param|request|scenario|view)\\s+(${NAME})\\b`,
    captures: { 1: { name: 'keyword.control.arch' }, 2: { name: 'entity.name.type.arch' } },
  },
  { match: '\\b(architecture|import)\\b(?=\\s*")', captures: { 1: { name: 'keyword.control.arch' } } },
  { match: `\\b(extends)\\b(?=\\s+${NAME})`, captures: { 1: { name: 'keyword.control.arch' } } },
];

const statements: readonly Pattern[] = [
  {
    match: `\\b(require)\\s+(${oneOf(metrics)})\\b(?:\\s+(of)\\b)?`,
    captures: {
      1: { name: 'keyword.control.arch' },
      2: { name: 'support.function.metric.arch' },
      3: { name: 'keyword.control.arch' },
    },
  },
  {
    match: `\\b(at)(?=\\s+[0-9(])`,
    captures: { 1: { name: 'keyword.control.arch' } },
  },
  {
    match: `\\b(${oneOf(Object.keys(actions))})\\b(?=\\s+[A-Za-z0-9_])`,
    captures: { 1: { name: 'support.function.action.arch' } },
  },
  { match: '\\b(for|of|from|to)\\b(?=\\s+[A-Za-z0-9_(])', captures: { 1: { name: 'keyword.control.arch' } } },
  { match: `\\b(${blocks})\\b(?=\\s*\\{)`, captures: { 1: { name: 'support.type.block.arch' } } },
  {
    match: `(:|,)\\s*(${flows})\\b(?=\\s*(?:[0-9(,{}]|//|/\\*|$))`,
    captures: { 1: { name: 'punctuation.separator.arch' }, 2: { name: 'support.function.flow.arch' } },
  },
  {
    match: `\\b(${NAME})(:)`,
    captures: { 1: { name: 'support.type.property-name.arch' }, 2: { name: 'punctuation.separator.arch' } },
  },
  { name: 'constant.language.boolean.arch', match: '\\b(?:true|false)\\b' },
  { name: 'keyword.operator.arrow.arch', match: '<->|->' },
  { name: 'keyword.operator.arch', match: '<=|>=|[<>=+*/-]|\\.\\.' },
];

const grammar = {
  $schema: 'https://raw.githubusercontent.com/martinring/tmlanguage/master/tmlanguage.json',
  name: 'arch',
  scopeName: 'source.arch',
  fileTypes: ['arch'],
  patterns: [...comments, ...strings, ...declarations, ...quantities, ...statements],
};

emit('syntaxes/arch.tmLanguage.json', JSON.stringify(grammar, null, 2));
