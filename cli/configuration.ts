/** `loadpath.config.jsonc` on the command line: where it is looked for, and what a broken one is answered with. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { URI } from 'langium';
import {
  type ConfigFiles,
  configurationFor,
  type LoadedConfiguration,
  loadConfigurations,
  noConfiguration,
} from '../language/config/load-configuration.ts';
import type { Rule } from '../language/rules/rule.ts';
import { sourcesOf } from './reports/sources.ts';
import { UsageError } from './usage-error.ts';

export interface ConfigurationOptions {
  /** The file; false for none, and absent for the one that is found. */
  readonly config?: string | boolean;
}

/** The configuration of a file, by its URI. Throws `UsageError` if one that holds for it is broken. */
export type Configurations = (uri: string) => LoadedConfiguration;

/** `--config`, `--no-config`. */
export function addConfigurationOptions(command: Command): Command {
  return command
    .option('--config <file>', "use this configuration, not the 'loadpath.config.jsonc' around each file")
    .option('--no-config', 'use no configuration');
}

/** Each configuration is read once. */
export function openConfigurations({ config }: ConfigurationOptions, cwd: string): Configurations {
  if (config === false) return () => noConfiguration;
  if (typeof config === 'string') {
    const path = resolve(cwd, config);
    if (!existsSync(path)) throw new UsageError(`Cannot read '${config}': there is no such file or folder.`);
    const loaded = sound(loadConfigurations([uriOf(path)], diskFiles), cwd);
    return () => loaded;
  }
  const known = new Map<string, LoadedConfiguration>();
  return (uri) => {
    const folder = uri.slice(0, uri.lastIndexOf('/'));
    let loaded = known.get(folder);
    if (!loaded) {
      loaded = sound(configurationFor(uri, diskFiles), cwd);
      known.set(folder, loaded);
    }
    return loaded;
  };
}

/** The custom rules that hold in a folder. */
export function customRulesIn(options: ConfigurationOptions, folder: string): readonly Rule[] {
  // The configuration of a file in it, whatever its name.
  return openConfigurations(options, folder)(uriOf(join(folder, 'any.arch'))).settings.customRules;
}

/** The URI of an absolute path, as the language writes it. */
export function uriOf(path: string): string {
  return URI.parse(pathToFileURL(path).href).toString();
}

function sound(loaded: LoadedConfiguration, cwd: string): LoadedConfiguration {
  if (loaded.problems.length === 0) return loaded;
  const sources = sourcesOf(new Map(), cwd);
  const lines = loaded.problems.map(
    ({ file, span, message }) => `${sources.path(file)}:${span.start.line + 1}:${span.start.character + 1}: ${message}`,
  );
  throw new UsageError([...new Set(lines)].join('\n'));
}

const diskFiles: ConfigFiles = {
  exists: (uri) => existsSync(fileURLToPath(uri)),
  read: (uri) => {
    try {
      return readFileSync(fileURLToPath(uri), 'utf8');
    } catch {
      return undefined;
    }
  },
};
