/**
 * Keeps the order of a session: what comes before `initialize`, after `shutdown` or in a shape that no handler could read gets the
 * protocol's error and reaches no handler. Language Server Protocol 3.17, “Server lifecycle”.
 */
import {
  type Connection,
  type Message,
  type MessageStrategy,
  type RequestMessage,
  ResponseError,
} from 'vscode-languageserver';
import { modelRequest } from '../protocol.ts';

/** Codes of JSON-RPC and of the protocol. */
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const SERVER_NOT_INITIALIZED = -32002;

/** The request that takes the place of a refused one, and answers with the error that it carries. */
const REFUSED = '$/loadpath/refused';

interface Refusal {
  readonly code: number;
  readonly message: string;
}

type Phase = 'new' | 'running' | 'shutDown';

/** For the options of a connection; one for each. @param aboutFiles further requests whose parameters have a `uri` */
export function createMessageGate(aboutFiles: readonly string[] = []): MessageStrategy {
  const withUri = new Set([modelRequest.method, ...aboutFiles]);
  let phase: Phase = 'new';
  return {
    handleMessage: (message, next) => {
      if (!isCall(message)) return next(message);
      const { method } = message;
      if (!isRequest(message)) {
        // A notification has no answer that could say what is wrong with it.
        if (method === 'exit' || (phase === 'running' && isReadable(method, message.params))) return next(message);
        return;
      }
      const refusal = refusalOf(phase, message, withUri);
      if (refusal) return next({ ...message, method: REFUSED, params: refusal } as RequestMessage);
      if (method === 'initialize') phase = 'running';
      if (method === 'shutdown') phase = 'shutDown';
      return next(message);
    },
  };
}

/** Answers the requests that the gate has refused. */
export function answerRefused(connection: Connection): void {
  connection.onRequest(REFUSED, ({ code, message }: Refusal) => new ResponseError(code, message));
}

function refusalOf(
  phase: Phase,
  { method, params }: RequestMessage,
  withUri: ReadonlySet<string>,
): Refusal | undefined {
  if (phase === 'new' && method !== 'initialize')
    return { code: SERVER_NOT_INITIALIZED, message: `'${method}' was asked before 'initialize'.` };
  if (phase === 'shutDown') return { code: INVALID_REQUEST, message: `'${method}' was asked after 'shutdown'.` };
  if (phase === 'running' && method === 'initialize')
    return { code: INVALID_REQUEST, message: "'initialize' was asked twice." };
  if (method === REFUSED) return { code: METHOD_NOT_FOUND, message: `There is no method '${method}'.` };
  const fault = withUri.has(method) ? faultOfUri(params) : faultOf(method, params);
  return fault === undefined ? undefined : { code: INVALID_PARAMS, message: `'${method}' needs ${fault}.` };
}

/** Requests about a place in a text. */
const AT_POSITION: ReadonlySet<string> = new Set(
  ['completion', 'declaration', 'definition', 'documentHighlight', 'hover', 'implementation', 'onTypeFormatting']
    .concat(['prepareCallHierarchy', 'prepareRename', 'prepareTypeHierarchy', 'references', 'rename'])
    .concat(['signatureHelp', 'typeDefinition'])
    .map((name) => `textDocument/${name}`),
);

function faultOfUri(params: unknown): string | undefined {
  return isText(member(params, 'uri')) ? undefined : "'uri', a string";
}

/** What is missing in the parameters; undefined where nothing is. */
function faultOf(method: string, params: unknown): string | undefined {
  if (!method.startsWith('textDocument/')) return undefined;
  if (!isText(member(member(params, 'textDocument'), 'uri'))) return "'textDocument.uri', a string";
  if (AT_POSITION.has(method) && !isPosition(member(params, 'position')))
    return "'position' with 'line' and 'character', both whole numbers from 0";
  return undefined;
}

/** False for changes of texts that no text could be made from. */
function isReadable(method: string, params: unknown): boolean {
  const document = member(params, 'textDocument');
  switch (method) {
    case 'textDocument/didOpen':
      return isText(member(document, 'uri')) && isText(member(document, 'text'));
    case 'textDocument/didClose':
      return isText(member(document, 'uri'));
    case 'textDocument/didChange': {
      const changes = member(params, 'contentChanges');
      return isText(member(document, 'uri')) && Array.isArray(changes) && changes.every(isChange);
    }
    default:
      return true;
  }
}

function isChange(change: unknown): boolean {
  const range = member(change, 'range');
  const hasRange = range !== undefined && range !== null;
  return (
    isText(member(change, 'text')) && (!hasRange || ['start', 'end'].every((end) => isPosition(member(range, end))))
  );
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isPosition(value: unknown): boolean {
  return [member(value, 'line'), member(value, 'character')].every(
    (count) => typeof count === 'number' && Number.isInteger(count) && count >= 0,
  );
}

function isCall(message: Message): message is RequestMessage {
  return 'method' in message && typeof message.method === 'string';
}

function isRequest(message: Message): boolean {
  return 'id' in message && message.id !== null && message.id !== undefined;
}
