/** The user's settings, `loadpath.*` in VS Code and the same as configuration of any other client. */

export interface SettingValues {
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  readonly hoverFigures: boolean;
}

const defaults: SettingValues = { inlayHints: true, codeLens: true, hoverFigures: true };

/** Holds the last settings that the client has sent. */
export class Settings {
  private current = defaults;

  get values(): SettingValues {
    return this.current;
  }

  /** Takes the section `loadpath`; anything that is missing or of another type keeps its default. */
  update(section: unknown): void {
    const flag = (group: string, name: string) => {
      const value = memberOf(memberOf(section, group), name);
      return typeof value === 'boolean' ? value : true;
    };
    this.current = {
      inlayHints: flag('inlayHints', 'enabled'),
      codeLens: flag('codeLens', 'enabled'),
      hoverFigures: flag('hover', 'figures'),
    };
  }
}

/** Of `{ a: { b } }` the member `b`; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
