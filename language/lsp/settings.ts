/** The user's settings, `loadpath.*` in VS Code and the same as configuration of any other client. */

/** Everything that can be switched off: the name here, and where the flag stands in the section `loadpath`. */
const flags = {
  callHierarchy: 'callHierarchy.enabled',
  codeActions: 'codeActions.enabled',
  codeLens: 'codeLens.enabled',
  completion: 'completion.enabled',
  definition: 'definition.enabled',
  documentHighlight: 'documentHighlight.enabled',
  documentLinks: 'documentLinks.enabled',
  documentSymbols: 'documentSymbols.enabled',
  folding: 'folding.enabled',
  formatting: 'formatting.enabled',
  hover: 'hover.enabled',
  hoverFigures: 'hover.figures',
  inlayHints: 'inlayHints.enabled',
  references: 'references.enabled',
  rename: 'rename.enabled',
  selectionRanges: 'selectionRanges.enabled',
  semanticTokens: 'semanticTokens.enabled',
  signatureHelp: 'signatureHelp.enabled',
  workspaceSymbols: 'workspaceSymbols.enabled',
} as const;

export type Flag = keyof typeof flags;

/** Whether each feature is switched on. */
export type SettingValues = Readonly<Record<Flag, boolean>>;

/** Paths of all settings that the server reads, in the section `loadpath`. */
export const settingPaths: readonly string[] = Object.values(flags);

/** Holds the last settings that the client has sent. */
export class Settings {
  private current = valuesOf(undefined);
  /** The commands that the client has, so that lenses may name them. */
  commands: ReadonlySet<string> = new Set();

  get values(): SettingValues {
    return this.current;
  }

  /** Takes the section `loadpath`; anything that is missing or of another type is switched on. */
  update(section: unknown): void {
    this.current = valuesOf(section);
  }
}

function valuesOf(section: unknown): SettingValues {
  const values = Object.entries(flags).map(([name, path]) => {
    const value = path.split('.').reduce(memberOf, section);
    return [name, typeof value === 'boolean' ? value : true] as const;
  });
  return Object.fromEntries(values) as SettingValues;
}

/** Of `{ a: { b } }` the member `b`; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
