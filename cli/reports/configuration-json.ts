/** The document of `loadpath check --print-config`: everything that holds for a file, after all merging. */
import type { LoadedConfiguration } from '../../language/config/load-configuration.ts';
import { knownRules } from '../../language/config/load-configuration.ts';
import type { Architecture } from '../../model/index.ts';
import { toJson } from './json.ts';
import type { Sources } from './sources.ts';

/** In the form of a configuration file, with the level and all options of every rule. */
export function configurationJson(loaded: LoadedConfiguration, uri: string, sources: Sources): string {
  const { files, settings, layers, ignore, baseline, failOn = 'error' } = loaded;
  const rules = knownRules(settings).map(({ meta }) => {
    const level = settings.level(meta, { file: uri }, nothing);
    const options = Object.entries(meta.options ?? {}).map(
      ([name, option]) => [name, settings.option(meta, name, { file: uri }, nothing) ?? option.default] as const,
    );
    return [meta.id, options.length === 0 ? level : [level, Object.fromEntries(options)]] as const;
  });
  return toJson({
    file: sources.path(uri),
    configurations: files.map((file) => sources.path(file)),
    ignored: settings.ignores(uri),
    rules: Object.fromEntries(rules),
    overrides: layers
      .filter(({ components }) => components !== undefined)
      .map(({ files, components, rules }) => ({ files, components, rules: Object.fromEntries(levelsOf(rules)) })),
    ignore: ignore.map(({ folder, patterns }) => ({ folder: sources.path(folder), patterns })),
    baseline: baseline && sources.path(baseline),
    failOn,
  });
}

function levelsOf(rules: LoadedConfiguration['layers'][number]['rules']) {
  return Object.entries(rules).map(
    ([id, { level, options }]) => [id, Object.keys(options).length === 0 ? level : [level, options]] as const,
  );
}

/** Levels of a file are asked for, not those of a component. */
const nothing: Architecture = {
  files: [],
  params: [],
  components: [],
  connections: [],
  requests: [],
  requirements: [],
  scenarios: [],
  views: [],
};
