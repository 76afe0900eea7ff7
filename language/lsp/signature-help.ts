/** While a flow, a requirement or an event is written: what it means and what comes next. */
import type { LangiumDocument } from 'langium';
import type { SignatureHelpProvider } from 'langium/lsp';
import type { SignatureHelp, SignatureHelpOptions, SignatureHelpParams } from 'vscode-languageserver';
import type { Action } from '../../model/index.ts';
import { actions } from '../lowering/events.ts';
import { contextAfter } from './completion/context.ts';
import { type Token, tokenize } from './completion/tokens.ts';
import { flowAt, flowHelp } from './flow-help.ts';
import { requirementAt, requirementHelp } from './requirement-help.ts';

type Signature = SignatureHelp['signatures'][number];

export class LoadpathSignatureHelpProvider implements SignatureHelpProvider {
  /** Besides the colon: what stands before the next flow, and before each part of an event. */
  readonly signatureHelpOptions: SignatureHelpOptions = { triggerCharacters: [':', ',', ' '] };

  provideSignatureHelp(document: LangiumDocument, { position }: SignatureHelpParams): SignatureHelp | undefined {
    const { textDocument } = document;
    const line = { line: position.line, character: 0 };
    const lineBefore = textDocument.getText({ start: line, end: position });
    const inLine = tokenize(lineBefore);
    // What is written in a comment belongs to no statement.
    if (isInComment(lineBefore, inLine)) return undefined;
    const before = textDocument.getText({ start: START, end: position });
    const tokens = tokenize(before);
    const flow = flowAt(tokens, before.slice(tokens.at(-1)?.start ?? 0).includes('\n'));
    if (flow) return flowHelp(flow);
    const requirement = requirementAt(inLine);
    if (requirement) return requirementHelp(requirement);
    const event = eventAt(inLine);
    if (!event) return undefined;
    return contextAfter(tokens).frames.at(-1)?.type === 'scenario' ? eventHelp(event) : undefined;
  }
}

const START = { line: 0, character: 0 };

function isInComment(text: string, tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  const rest = text.slice(last ? last.start + last.text.length : 0).trim();
  return rest !== '';
}

/** The words from the last `at` on. */
function eventAt(tokens: readonly Token[]): readonly Token[] | undefined {
  const at = tokens.findLastIndex(({ text, type }) => type === 'word' && text === 'at');
  const words = at < 0 ? [] : tokens.slice(at);
  return words.length === 0 || words.some(({ text }) => text === '}' || text === ',') ? undefined : words;
}

/** A part of an event, and the words after which it is what comes next. */
interface Part {
  readonly label: string;
  readonly doc: string;
  readonly after: RegExp;
}

const moment: Part = { label: 'moment', doc: 'Time since the scenario began, such as `5m`.', after: /^at/ };
const lasting: Part = { label: 'time', doc: 'How long it lasts.', after: / for\b/ };
const component = (doc: string): Part => ({ label: 'component', doc, after: /^at \S+ \w+/ });

/** How each action is written: brackets stand around what may be left out. */
const forms: Readonly<Record<Action['type'], { readonly form: string; readonly parts: readonly Part[] }>> = {
  fail: {
    form: 'fail [primary of | zone of | n of] component',
    parts: [component('What goes down: all of it, its primary, one zone of it, or some of its replicas.')],
  },
  slow: {
    form: 'slow component factor',
    parts: [
      component('What becomes slower.'),
      { label: 'factor', doc: 'Such as `3x`: its service times are multiplied.', after: /^at \S+ slow [\w.]+ ./ },
    ],
  },
  flush: { form: 'flush component', parts: [component('A cache or CDN.')] },
  partition: {
    form: 'partition component from other',
    parts: [component('One side.'), { label: 'other', doc: 'The side that it can no longer reach.', after: / from\b/ }],
  },
  surge: {
    form: 'surge factor',
    parts: [{ label: 'factor', doc: 'Such as `3x`: the load is multiplied.', after: /^at \S+ surge/ }],
  },
  scale: {
    form: 'scale component to replicas',
    parts: [
      component('What gets another number of replicas.'),
      { label: 'replicas', doc: 'How many it has from then on.', after: / to\b/ },
    ],
  },
  deploy: { form: 'deploy component', parts: [component('What is replaced, one replica after the other.')] },
};

const actionNames = Object.keys(forms) as readonly Action['type'][];

function eventHelp(words: readonly Token[]): SignatureHelp | undefined {
  const text = words
    .map((word) => word.text)
    .join(' ')
    .replaceAll(' . ', '.');
  const action = words[2]?.text ?? '';
  const fitting = actionNames.filter((name) => name.startsWith(action));
  if (fitting.length === 0) return undefined;
  const signatures = fitting.map((name) => eventSignature(name, text));
  return { signatures, activeSignature: 0, activeParameter: signatures[0]?.activeParameter ?? 0 };
}

function eventSignature(name: Action['type'], text: string): Signature {
  const { form, parts } = forms[name];
  const all = [moment, ...parts, lasting];
  // Nothing but the moment is due before the action is written in full.
  const isNamed = text.split(' ')[2] === name;
  const active = isNamed ? all.findLastIndex(({ after }) => after.test(text)) : 0;
  return {
    label: `at moment ${form} [for time]`,
    documentation: {
      kind: 'markdown',
      value: `${actions[name].doc}\n\n\`\`\`arch\nat 5m ${actions[name].example}\n\`\`\``,
    },
    parameters: all.map(({ label, doc }) => ({ label, documentation: doc })),
    activeParameter: active,
  };
}
