/** What the page about the language server says of single messages, beyond what the server says itself. */

/** Capabilities of the server for messages whose library type names none. */
export const serverCapabilityOf: Readonly<Record<string, string>> = {
  'typeHierarchy/subtypes': 'typeHierarchyProvider',
  'typeHierarchy/supertypes': 'typeHierarchyProvider',
  'notebookDocument/didOpen': 'notebookDocumentSync',
  'notebookDocument/didChange': 'notebookDocumentSync',
  'notebookDocument/didSave': 'notebookDocumentSync',
  'notebookDocument/didClose': 'notebookDocumentSync',
  'window/workDoneProgress/cancel': 'workDoneProgress',
};

/** By method; one sentence each, or a few words. */
export const messageNotes: Readonly<Record<string, string>> = {
  initialize: 'The first request; `initializationOptions` may hold the settings.',
  initialized: 'The workspace is read after it.',
  shutdown: 'Requests after it are refused.',
  exit: 'Exit code 0 after `shutdown`, 1 without.',
  'client/registerCapability': 'Asks to be told of changed settings and files.',
  'callHierarchy/incomingCalls': 'Who asks it, how often, with which flows.',
  'callHierarchy/outgoingCalls': 'Whom it asks, how often, with which flows.',
  'loadpath/changed': 'A file has been checked anew.',
  'textDocument/codeAction':
    'Fixes of findings, ignoring one with a reason, all preferred fixes at once, imports in order. The edits are in the answer.',
  'textDocument/codeLens':
    'Capacity, first limit, availability and cost above the architecture; above each scenario how it goes.',
  'textDocument/completion':
    'Kinds, properties, values, references, flows, import paths; snippets for whole components.',
  'textDocument/definition':
    'Of components, params, requests and other names, across files; links with two ranges for clients that know them.',
  'textDocument/diagnostic': 'With result ids: nothing is sent twice.',
  'textDocument/didChange': 'Incremental.',
  'textDocument/didOpen': 'Any URI scheme.',
  'textDocument/documentHighlight': 'All uses of a name in the file.',
  'textDocument/documentLink': 'Paths of imports.',
  'textDocument/documentSymbol': 'Nested as the components are.',
  'textDocument/foldingRange': 'Bodies and comments.',
  'textDocument/formatting': 'Never changes the meaning; formatting twice changes nothing.',
  'textDocument/hover': 'Documentation, defaults with their sources, and figures at peak load. Markdown.',
  'textDocument/inlayHint': 'Utilisation, rate and p99 behind components; the value behind an expression.',
  'textDocument/onTypeFormatting': 'A closing brace formats its body, the end of a line the line.',
  'textDocument/prepareCallHierarchy': 'Of components, along the paths of requests.',
  'textDocument/prepareRename': 'Only names can be renamed.',
  'textDocument/publishDiagnostics':
    'Findings, with the version of the text, the rule as `code`, a link to its page, related places, and `data` for the fixes.',
  'textDocument/rangeFormatting': 'The lines of the range.',
  'textDocument/references': 'Across files.',
  'textDocument/rename':
    'Across files; refuses what is not a name, and what would change the meaning of any name, with the place.',
  'textDocument/selectionRange': 'Word, value, property, body, declaration.',
  'textDocument/semanticTokens/full': 'Colours by meaning.',
  'textDocument/signatureHelp': 'Flows behind the colon of a connection, requirements, and events of scenarios.',
  'window/logMessage': 'Defects of the server, with their stack.',
  'workspace/codeLens/refresh': 'After a change of the settings, and of another file of the same architecture.',
  'workspace/configuration': 'Reads the section `loadpath`.',
  'workspace/diagnostic': 'All files, with the versions of those that are open.',
  'workspace/didChangeConfiguration': 'The section `loadpath`.',
  'workspace/didChangeWatchedFiles': 'The server asks for the files that it wants to hear of.',
  'workspace/didChangeWorkspaceFolders': 'Files of new folders are checked; those of closed ones are forgotten.',
  'workspace/inlayHint/refresh': 'After a change of the settings, and of another file of the same architecture.',
  'workspace/symbol': 'Components and other names of all files.',
};
