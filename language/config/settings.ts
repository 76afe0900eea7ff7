/** Which rules run where, how serious they are and with which limits: the layers of all configurations, the last one first. */
import ignore from 'ignore';
import { UriUtils } from 'langium';
import { type Architecture, ancestors, type Component, words } from '../../model/index.ts';
import { type Level, type PresetName, presets } from '../rules/presets.ts';
import type { Rule, RuleMeta } from '../rules/rule.ts';
import type { ComponentSelector, RuleSettings } from './configuration.ts';
import { matchesPath } from './path-pattern.ts';

/** What later layers override. */
export interface Layer {
  /** Sets the level of every rule. */
  readonly preset?: PresetName;
  readonly rules: RuleSettings;
  /** URI of the folder that `files` are relative to. */
  readonly folder: string;
  readonly files?: readonly string[];
  readonly components?: ComponentSelector;
}

/** Where a finding is. */
export interface At {
  /** URI of the file. */
  readonly file: string;
  readonly component?: Component;
}

export interface Settings {
  /** True if the rule may report anything anywhere. */
  isOn(rule: RuleMeta): boolean;
  level(rule: RuleMeta, at: At, architecture: Architecture): Level;
  option(rule: RuleMeta, name: string, at: At | undefined, architecture: Architecture): number | undefined;
  /** True if the rules have nothing to say about a file. */
  ignores(file: string): boolean;
  /** Rules of the configuration itself. */
  readonly customRules: readonly Rule[];
}

export interface Ignore {
  readonly folder: string;
  readonly patterns: readonly string[];
}

/** The settings that layers make, the first the weakest. */
export function settingsOf(
  layers: readonly Layer[],
  ignored: readonly Ignore[] = [],
  customRules: readonly Rule[] = [],
): Settings {
  const strongest = layers.toReversed();
  const fileTests = new Map(strongest.map((layer) => [layer, layer.files && patternTest(layer.folder, layer.files)]));
  const isIgnored = ignored.map(({ folder, patterns }) => patternTest(folder, patterns));
  const applies = (layer: Layer, at: At | undefined, architecture: Architecture) =>
    (!layer.files || (at !== undefined && fileTests.get(layer)!(at.file))) &&
    (!layer.components || (at?.component !== undefined && selects(layer.components, at.component, architecture)));
  return {
    isOn: (rule) => {
      for (const layer of strongest) {
        const level = levelIn(layer, rule);
        if (level !== undefined && level !== 'off') return true;
        if (level === 'off' && !layer.files && !layer.components) return false;
      }
      return false;
    },
    level: (rule, at, architecture) => {
      for (const layer of strongest) {
        const level = levelIn(layer, rule);
        if (level !== undefined && applies(layer, at, architecture)) return level;
      }
      return 'off';
    },
    option: (rule, name, at, architecture) => {
      for (const layer of strongest) {
        const value = layer.rules[rule.id]?.options[name];
        if (value !== undefined && applies(layer, at, architecture)) return value;
      }
      return undefined;
    },
    ignores: (file) => isIgnored.some((test) => test(file)),
    customRules,
  };
}

/** Where there is no configuration: the preset `recommended`. */
export const defaultLayer: Layer = { preset: 'recommended', rules: {}, folder: '' };

export const defaultSettings: Settings = settingsOf([defaultLayer]);

function levelIn({ preset, rules }: Layer, meta: RuleMeta): Level | undefined {
  if (Object.hasOwn(rules, meta.id)) return rules[meta.id]?.level;
  return preset && presets[preset].level(meta);
}

/** Patterns as in `.gitignore`; files outside the folder match none. */
function patternTest(folder: string, patterns: readonly string[]): (file: string) => boolean {
  const matcher = ignore({ ignorecase: false }).add([...patterns]);
  return (file) => {
    const path = decodeURIComponent(UriUtils.relative(folder, file));
    return ignore.isPathValid(path) && matcher.ignores(path);
  };
}

/** A selector that selects a container selects everything in it. */
function selects(selector: ComponentSelector, component: Component, architecture: Architecture): boolean {
  const around = [component, ...ancestors(architecture, component)];
  const { path, kind, tag } = selector;
  return (
    (!path || around.some((it) => path.some((pattern) => matchesPath(pattern, it.path)))) &&
    (!kind || around.some((it) => kind.includes(it.kind))) &&
    (!tag || around.some((it) => words(it, 'tags').some((each) => tag.includes(each))))
  );
}
