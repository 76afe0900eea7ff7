/**
 * Writes docs/lsp.md: the template with the matrix of what the language server supports, read off the server itself: its answer to
 * `initialize`, whether each request of the protocol is answered at all, and what it sends of its own accord. `--check` fails if the
 * page is not current.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as protocol from 'vscode-languageserver/node';
import { settingPaths } from '../language/lsp/settings.ts';
import { emit, ROOT } from './emit.ts';
import { messageNotes, serverCapabilityOf } from './lsp-notes.ts';
import { type AskedServer, askServer } from './lsp-server.ts';

interface Manifest {
  readonly contributes: {
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly default: unknown; readonly markdownDescription: string }>
      >;
    };
  };
}

interface Message {
  readonly method: string;
  readonly isRequest: boolean;
  /** Paths into the capabilities, such as `textDocument.hover` and `hoverProvider`. */
  readonly client?: string | undefined;
  readonly server?: string | undefined;
}

const URI = 'file:///folder/shop.arch';
const TEXT = 'architecture "Shop"\nserver app { replicas: 2 }\n';
/** Everything that makes the server say or send more. */
const CLIENT = {
  workspace: {
    configuration: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
};

/** Asking these would end the server. */
const LIFE_CYCLE: ReadonlySet<string> = new Set(['initialize', 'shutdown']);

const OPTIONS: Readonly<Record<string, string>> = {
  codeActionKinds: 'Kinds',
  commands: 'Commands',
  firstTriggerCharacter: 'Asked at',
  moreTriggerCharacter: 'And at',
  retriggerCharacters: 'Asked again at',
  triggerCharacters: 'Asked at',
};

const server = await askServer(CLIENT);
await server.client.sendNotification('textDocument/didOpen', {
  textDocument: { uri: URI, languageId: 'arch', version: 1, text: TEXT },
});
await server.client.sendRequest('textDocument/hover', {
  textDocument: { uri: URI },
  position: { line: 1, character: 8 },
});
await server.client.sendRequest('loadpath/model', { uri: URI });
const messages = messagesOfProtocol();
const rows = await Promise.all(messages.map((message) => row(message, server)));
const values: Readonly<Record<string, string>> = {
  settings: table(['setting', 'default', 'meaning'], settings()),
  messages: table(['method', 'supported', 'client capability', 'details'], rows),
  sent: table(
    ['method', 'meaning'],
    sentMessages(server).map((method) => [`\`${method}\``, messageNotes[method] ?? '']),
  ),
};

emit(
  'docs/lsp.md',
  readFileSync(join(ROOT, 'docs/templates/lsp.md'), 'utf8').replaceAll(/<!-- (\w+) -->/g, (_, name) => values[name]!),
);
server.client.dispose();

/** What the manifest of the extension says of the settings that the server reads. */
function settings(): readonly (readonly string[])[] {
  const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Manifest;
  return Object.entries(contributes.configuration.properties).flatMap(
    ([name, { default: value, markdownDescription }]) => {
      const path = name.replace('loadpath.', '');
      return settingPaths.includes(path)
        ? [[`\`${path}\``, `\`${value}\``, markdownDescription.replaceAll('`#', '`').replaceAll('#`', '`')]]
        : [];
    },
  );
}

/** All messages of the protocol that a client may send, as the protocol's own library lists them. */
function messagesOfProtocol(): readonly Message[] {
  const found = new Map<string, Message>();
  for (const [name, value] of Object.entries<unknown>(protocol)) {
    const { method, messageDirection, type, capabilities } = (value ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof method !== 'string' || !type || messageDirection !== 'clientToServer') continue;
    const { client, server } = (capabilities ?? {}) as { readonly client?: string; readonly server?: string };
    const isRequest = name.endsWith('Request');
    found.set(method, { method, isRequest, client, server: server ?? serverCapabilityOf[method] });
  }
  return [...found.values()].sort((a, b) => (a.method < b.method ? -1 : 1));
}

async function row({ method, isRequest, client, server: path }: Message, asked: AskedServer): Promise<string[]> {
  const capability = path === undefined ? undefined : memberAt(asked.initialized.capabilities, path);
  const offered = path === undefined ? undefined : capability !== undefined && capability !== false;
  const answered = isRequest && !LIFE_CYCLE.has(method) ? await asked.answers(method) : undefined;
  if (offered && answered === false) throw new Error(`The server offers '${method}' and does not answer it.`);
  const supported = offered ?? answered ?? messageNotes[method] !== undefined;
  const note = supported ? [messageNotes[method], ...optionsOf(capability)].filter(Boolean).join(' ') : '';
  return [`\`${method}\``, supported ? 'yes' : '**no**', client ? `\`${client}\`` : '', note];
}

function memberAt(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value);
}

/** What the server itself says about how it supports something. */
function optionsOf(capability: unknown): readonly string[] {
  if (typeof capability !== 'object' || capability === null) return [];
  return Object.entries(capability).flatMap(([name, value]) => {
    if (Array.isArray(value) && value.length > 0) return [`${OPTIONS[name] ?? `\`${name}\``}: ${words(value)}.`];
    if (typeof value === 'string' && OPTIONS[name]) return [`${OPTIONS[name]}: ${words([value])}.`];
    return [];
  });
}

function words(values: readonly unknown[]): string {
  return values.map((value) => `\`${value === '\n' ? '\\n' : value}\``).join(' ');
}

function sentMessages({ sent }: AskedServer): readonly string[] {
  return sent().filter((method) => !method.startsWith('$/'));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
