/** What `loadpath.config.jsonc` says, as data: read from one file, before it is merged with what it extends. */
import type { Severity } from '../../model/index.ts';
import type { Level } from '../rules/presets.ts';
import type { Rule } from '../rules/rule.ts';

export const CONFIG_NAME = 'loadpath.config.jsonc';

/** How a preset is named in `extends`. */
export const PRESET_PREFIX = 'loadpath:';

/** Level and options of a rule, as far as they are given. */
export interface RuleSetting {
  readonly level: Level;
  readonly options: Readonly<Record<string, number>>;
}

export type RuleSettings = Readonly<Record<string, RuleSetting>>;

/** Components by path pattern, kind and tag; where several are given all have to hold. */
export interface ComponentSelector {
  readonly path?: readonly string[];
  readonly kind?: readonly string[];
  readonly tag?: readonly string[];
}

export interface Override {
  /** Patterns as in `.gitignore`, relative to the folder of the configuration. */
  readonly files?: readonly string[];
  readonly components?: ComponentSelector;
  readonly rules: RuleSettings;
}

export type FailOn = Severity | 'never';

/** One file. */
export interface Configuration {
  readonly root: boolean;
  readonly extends: readonly Place<string>[];
  readonly rules: RuleSettings;
  readonly overrides: readonly Override[];
  readonly ignore: readonly string[];
  readonly baseline?: string;
  readonly failOn?: FailOn;
  readonly customRules: readonly Rule[];
}

/** A value together with where it stands. */
export interface Place<T> {
  readonly value: T;
  readonly span: ConfigSpan;
}

/** Lines and columns count from 0, the end is exclusive. */
export interface ConfigSpan {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** What is wrong with a configuration, as one sentence. */
export interface ConfigProblem {
  /** URI of the file. */
  readonly file: string;
  readonly message: string;
  readonly span: ConfigSpan;
}
