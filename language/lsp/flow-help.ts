/** While a flow of a connection is written: which flows there are, and what comes next. */
import type { SignatureHelp } from 'vscode-languageserver';
import { type FlowType, flowTypes } from '../../model/index.ts';
import type { Token } from './completion/tokens.ts';

type Signature = SignatureHelp['signatures'][number];

/**
 * The words of the flow that ends a text; undefined where no flow can stand. The list of flows behind the colon of a connection may go
 * over several lines.
 * @param onNewLine whether a line begins between the last word and the cursor
 */
export function flowAt(tokens: readonly Token[], onNewLine: boolean): readonly Token[] | undefined {
  const arrow = tokens.findLastIndex(({ text }) => text === '->' || text === '<->');
  const colon = arrow < 0 ? -1 : tokens.findIndex(({ text }, index) => index > arrow && text === ':');
  if (colon < 0 || tokens.slice(arrow, colon).some(({ text }) => text === '{' || text === '}')) return undefined;
  let flow: Token[] = [];
  let depth = 0;
  for (const token of tokens.slice(colon + 1)) {
    if (token.text === '(') depth++;
    if (token.text === ')') depth--;
    if (token.text === ',' && depth === 0) flow = [];
    // Something else has begun: a body, or the next statement.
    else if (depth === 0 && !continues(flow, token)) return undefined;
    else flow.push(token);
  }
  // A whole flow ends with its line; behind a comma or the colon the next one may stand below.
  return onNewLine && flow.length > 0 ? undefined : flow;
}

const JOINING: ReadonlySet<string> = new Set(['+', '-', '*', '/', '(', ')', '.']);

/** `reads`, `reads 2`, `reads n * 2`, `30%`: one word at most, then a number or something computed. */
function continues(flow: readonly Token[], { type, text }: Token): boolean {
  if (flow.length === 0) return type === 'word' || type === 'number' || text === '(';
  if (JOINING.has(text)) return true;
  const isFree = flow.length === 1 && flow[0]!.type === 'word';
  return (type === 'number' || type === 'word') && (JOINING.has(flow.at(-1)!.text) || (isFree && type === 'number'));
}

const AMOUNTS = {
  perRequest: { label: 'n', documentation: 'Operations per request that the source handles; without it 1.' },
  fraction: { label: 'share', documentation: 'A fraction of the traffic of a router, such as `30%`.' },
} as const;

const flowNames = Object.keys(flowTypes) as readonly FlowType[];

/** The flows that the words may become. */
export function flowHelp([word, amount]: readonly Token[]): SignatureHelp | undefined {
  const fitting =
    word && word.type !== 'word' ? (['share'] as const) : flowNames.filter((name) => name.startsWith(word?.text ?? ''));
  if (fitting.length === 0 || (amount && word?.type === 'word' && !fitting.some((name) => name === word.text)))
    return undefined;
  return {
    signatures: fitting.map(flowSignature),
    activeSignature: 0,
    activeParameter: 0,
  };
}

function flowSignature(name: FlowType): Signature {
  const { amount, doc } = flowTypes[name];
  const parameter = amount === 'none' ? undefined : AMOUNTS[amount];
  return {
    // A share is written without a word before it.
    label: name === 'share' || !parameter ? name : `${name} ${parameter.label}`,
    documentation: { kind: 'markdown', value: doc },
    parameters: parameter ? [{ ...parameter }] : [],
  };
}
