/** Finds the configurations that hold for a file, follows what they extend, and merges them. */
import { URI, UriUtils } from 'langium';
import { rules as builtIn } from '../rules/index.ts';
import type { PresetName } from '../rules/presets.ts';
import type { Rule } from '../rules/rule.ts';
import {
  CONFIG_NAME,
  type ConfigProblem,
  type Configuration,
  type FailOn,
  type Place,
  PRESET_PREFIX,
} from './configuration.ts';
import { readConfiguration } from './read-configuration.ts';
import { defaultLayer, defaultSettings, type Ignore, type Layer, type Settings, settingsOf } from './settings.ts';

/** The file system as far as configurations need it; by URI. */
export interface ConfigFiles {
  exists(uri: string): boolean;
  /** Undefined where it cannot be read. */
  read(uri: string): string | undefined;
}

/** Everything that holds for a file. */
export interface LoadedConfiguration {
  /** URIs of all configuration files that were read, in the order in which they count, the weakest first. */
  readonly files: readonly string[];
  readonly problems: readonly ConfigProblem[];
  /** Those of the defaults where there is a problem. */
  readonly settings: Settings;
  readonly layers: readonly Layer[];
  readonly ignore: readonly Ignore[];
  /** URI of the file. */
  readonly baseline?: string;
  readonly failOn?: FailOn;
}

/** What holds where there is no configuration. */
export const noConfiguration: LoadedConfiguration = {
  files: [],
  problems: [],
  settings: defaultSettings,
  layers: [defaultLayer],
  ignore: [],
};

/** The configuration of a file: those of its folder and of the folders around it, up to `root: true` or the folder with `.git`. */
export function configurationFor(file: string, files: ConfigFiles): LoadedConfiguration {
  const found: string[] = [];
  for (const folder of foldersAround(file)) {
    const config = join(folder, CONFIG_NAME);
    const text = files.exists(config) ? files.read(config) : undefined;
    if (text !== undefined) {
      found.unshift(config);
      if (readConfiguration(config, text).configuration.root) break;
    }
    if (files.exists(join(folder, '.git'))) break;
  }
  return loadConfigurations(found, files);
}

/** The configuration that these files make, the weakest first. */
export function loadConfigurations(configs: readonly string[], files: ConfigFiles): LoadedConfiguration {
  if (configs.length === 0) return noConfiguration;
  const merge = new Merge(files);
  for (const config of configs) merge.add(config, UriUtils.dirname(URI.parse(config)).toString(), []);
  return merge.finish();
}

class Merge {
  private readonly files: ConfigFiles;
  private readonly read: string[] = [];
  private readonly problems: ConfigProblem[] = [];
  private readonly layers: Layer[] = [defaultLayer];
  private readonly ignore: Ignore[] = [];
  private readonly customRules = new Map<string, Rule>();
  private baseline: string | undefined;
  private failOn: FailOn | undefined;

  constructor(files: ConfigFiles) {
    this.files = files;
  }

  /** @param folder what the patterns in it are relative to: the folder of the configuration that extends it, directly or not */
  add(config: string, folder: string, extenders: readonly string[]): void {
    const text = this.files.read(config) ?? '';
    const { configuration: first } = readConfiguration(config, text);
    for (const name of first.extends) this.extend(name, folder, [...extenders, config]);
    // Again, now that the custom rules of what it extends are known.
    const { configuration, problems } = readConfiguration(config, text, [...this.customRules.values()]);
    this.read.push(config);
    this.problems.push(...problems);
    this.take(configuration, folder);
  }

  finish(): LoadedConfiguration {
    const { layers, ignore, problems } = this;
    const base = { files: [...new Set(this.read)], problems };
    if (problems.length > 0) return { ...noConfiguration, ...base };
    return {
      ...base,
      settings: settingsOf(layers, ignore, [...this.customRules.values()]),
      layers,
      ignore,
      ...(this.baseline === undefined ? {} : { baseline: this.baseline }),
      ...(this.failOn === undefined ? {} : { failOn: this.failOn }),
    };
  }

  private take({ rules, overrides, ignore, baseline, failOn, customRules }: Configuration, folder: string): void {
    this.layers.push({ rules, folder }, ...overrides.map((override) => ({ ...override, folder })));
    if (ignore.length > 0) this.ignore.push({ folder, patterns: ignore });
    if (baseline !== undefined) this.baseline = UriUtils.resolvePath(URI.parse(folder), baseline).toString();
    if (failOn !== undefined) this.failOn = failOn;
    for (const rule of customRules) this.customRules.set(rule.meta.id, rule);
  }

  private extend({ value, span }: Place<string>, folder: string, extenders: readonly string[]): void {
    const from = extenders.at(-1)!;
    if (value.startsWith(PRESET_PREFIX)) {
      this.layers.push({ preset: value.slice(PRESET_PREFIX.length) as PresetName, rules: {}, folder });
      return;
    }
    const target = isFile(value)
      ? UriUtils.resolvePath(UriUtils.dirname(URI.parse(from)), value).toString()
      : this.inPackage(value, from);
    const report = (message: string) => this.problems.push({ file: from, message, span });
    if (target === undefined || this.files.read(target) === undefined)
      report(isFile(value) ? `Cannot read '${value}'.` : `The package '${value}' is not installed.`);
    else if (extenders.includes(target)) report(`'${value}' extends this file, in a circle.`);
    else this.add(target, folder, extenders);
  }

  /** `name` is `loadpath.config.jsonc` of that package, `name/other.jsonc` another file in it. */
  private inPackage(name: string, from: string): string | undefined {
    const path = /^(?:@[^/]+\/)?[^/]+$/.test(name) ? `${name}/${CONFIG_NAME}` : name;
    for (const folder of foldersAround(from)) {
      const candidate = join(folder, `node_modules/${path}`);
      if (this.files.exists(candidate)) return candidate;
    }
    return undefined;
  }
}

/** Ids of all rules that a configuration can name. */
export function knownRules({ customRules }: Settings): readonly Rule[] {
  return [...builtIn, ...customRules];
}

function isFile(name: string): boolean {
  return /^\.{0,2}\//.test(name);
}

/** The folder of a file and those around it, the innermost first. */
function* foldersAround(file: string): Generator<string> {
  let folder = UriUtils.dirname(URI.parse(file));
  for (;;) {
    yield folder.toString();
    const parent = UriUtils.dirname(folder);
    if (parent.path === folder.path || folder.path === '/') return;
    folder = parent;
  }
}

function join(folder: string, path: string): string {
  return UriUtils.joinPath(URI.parse(folder), path).toString();
}
