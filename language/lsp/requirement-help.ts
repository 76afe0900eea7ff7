/** While a requirement is written: what it is about, and what comes next. */
import type { SignatureHelp } from 'vscode-languageserver';
import { dimensionNames, type Metric, metricDimensions, metrics, operators } from '../../model/index.ts';
import type { Token } from './completion/tokens.ts';
import { describeMetric } from './property-docs.ts';

type Signature = SignatureHelp['signatures'][number];

const [METRIC, COMPONENT, OPERATOR, LIMIT] = [0, 1, 2, 3];

/** The words behind the `require` that a line begins with; undefined where there is none. */
export function requirementAt(tokens: readonly Token[]): readonly Token[] | undefined {
  const at = tokens.findLastIndex(({ type, text }) => type === 'word' && text === 'require');
  if (at < 0) return undefined;
  const words = tokens.slice(at + 1);
  return words.some(({ text }) => text === '{' || text === '}' || text === ':' || text === ',') ? undefined : words;
}

/** One signature for each metric that the first word may become. */
export function requirementHelp(words: readonly Token[]): SignatureHelp | undefined {
  const [first] = words;
  const fitting = metrics.filter((metric) => metric.startsWith(first?.text ?? ''));
  const known = metrics.find((metric) => metric === first?.text);
  if (fitting.length === 0 || (words.length > 1 && !known)) return undefined;
  const signatures = known ? [signature(known)] : fitting.map(signature);
  return { signatures, activeSignature: 0, activeParameter: partAt(words, known !== undefined) };
}

function partAt(words: readonly Token[], isKnown: boolean): number {
  if (!isKnown) return METRIC;
  // The expression of a limit is not read: whatever stands behind the operator belongs to it.
  if (words.some(({ text }) => operators.some((operator) => operator === text))) return LIMIT;
  if (words[1]?.text !== 'of') return words.length === 1 ? COMPONENT : OPERATOR;
  const isNamed = words.length > 2 && words.at(-1)!.text !== '.';
  return isNamed ? OPERATOR : COMPONENT;
}

function signature(metric: Metric): Signature {
  const { name, example } = dimensionNames[metricDimensions[metric]];
  return {
    label: `require ${metric} [of component] operator limit`,
    documentation: { kind: 'markdown', value: describeMetric(metric) },
    parameters: [
      { label: metric, documentation: 'What is promised.' },
      { label: '[of component]', documentation: 'A component or a request class; without it the whole architecture.' },
      { label: 'operator', documentation: operators.map((operator) => `\`${operator}\``).join(', ') },
      { label: 'limit', documentation: `${name[0]!.toUpperCase()}${name.slice(1)}, such as \`${example}\`.` },
    ],
  };
}
