/** From the text of a configuration file to data: every name is known, every value has its form, or it is said where not. */
import { kindNames, severities } from '../../model/index.ts';
import { rules as builtIn } from '../rules/index.ts';
import { type Level, presetNames } from '../rules/presets.ts';
import type { Rule, RuleOption } from '../rules/rule.ts';
import {
  type ComponentSelector,
  type ConfigProblem,
  type Configuration,
  type FailOn,
  type Override,
  type Place,
  PRESET_PREFIX,
  type RuleSetting,
} from './configuration.ts';
import { toRule } from './custom-checks.ts';
import { JsonReader, type Node, unknown } from './json-reader.ts';
import { readCustomRules } from './read-custom-rules.ts';

export const levels: readonly Level[] = ['off', ...severities.toReversed()];
export const failOnValues: readonly FailOn[] = [...severities, 'never'];

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigProblem[];
}

const members = [
  '$schema',
  'root',
  'extends',
  'rules',
  'overrides',
  'ignore',
  'baseline',
  'failOn',
  'customRules',
] as const;

/**
 * Reads a file. What has a problem is left out of the configuration. Never throws.
 * @param inherited custom rules of the configurations that it extends or that are around it
 */
export function readConfiguration(file: string, text: string, inherited: readonly Rule[] = []): ReadConfiguration {
  const reader = new JsonReader(file, text);
  const empty = { extends: [], rules: {}, overrides: [], ignore: [], customRules: [], root: false };
  if (reader.problems.length > 0) return { configuration: empty, problems: reader.problems };
  const top = reader.members(reader.root, 'The configuration', members);
  reader.string(top.get('$schema'), "'$schema'");
  const taken = new Set(builtIn.map(({ meta }) => meta.id));
  const customRules = readCustomRules(reader, top.get('customRules'), taken).map(toRule);
  const rules = new Map([...builtIn, ...inherited, ...customRules].map((rule) => [rule.meta.id, rule]));
  const baseline = reader.string(top.get('baseline'), "'baseline'");
  const failOn = reader.choice(top.get('failOn'), "'failOn'", failOnValues);
  const configuration: Configuration = {
    root: reader.boolean(top.get('root'), "'root'") ?? false,
    extends: readExtends(reader, top.get('extends')),
    rules: readRules(reader, top.get('rules'), rules),
    overrides: reader.items(top.get('overrides'), "'overrides'").map((node) => readOverride(reader, node, rules)),
    ignore: reader.strings(top.get('ignore'), "'ignore'"),
    ...(baseline === undefined ? {} : { baseline }),
    ...(failOn === undefined ? {} : { failOn }),
    customRules,
  };
  return { configuration, problems: reader.problems };
}

function readExtends(reader: JsonReader, node: Node | undefined): readonly Place<string>[] {
  const nodes = node?.type === 'array' ? (node.children ?? []) : node ? [node] : [];
  return nodes.flatMap((item) => {
    const value = reader.string(item, "'extends'");
    if (value === undefined) return [];
    const problem = extendsProblem(value);
    if (problem) reader.report(item, problem);
    return problem ? [] : [{ value, span: reader.span(item) }];
  });
}

function extendsProblem(name: string): string | undefined {
  if (name.startsWith(PRESET_PREFIX)) {
    const preset = name.slice(PRESET_PREFIX.length);
    const known: readonly string[] = presetNames;
    return known.includes(preset) ? undefined : unknown(`There is no preset '${name}'`, name, all(presetNames));
  }
  return /^[a-z][a-z+.-]*:\/\//i.test(name)
    ? `'extends' takes a preset, a file or an installed package, not a URL: '${name}'.`
    : undefined;
}

function all(names: readonly string[]): readonly string[] {
  return names.map((name) => `${PRESET_PREFIX}${name}`);
}

function readOverride(reader: JsonReader, node: Node, rules: ReadonlyMap<string, Rule>): Override {
  const override = reader.members(node, "An entry of 'overrides'", ['files', 'components', 'rules']);
  const files = override.get('files');
  const components = override.get('components');
  if (node.type === 'object' && !files && !components)
    reader.report(
      node,
      "An entry of 'overrides' needs 'files' or 'components'; what holds everywhere stands in 'rules'.",
    );
  return {
    ...(files ? { files: reader.strings(files, "'files'") } : {}),
    ...(components ? { components: readSelector(reader, components) } : {}),
    rules: readRules(reader, override.get('rules'), rules),
  };
}

function readSelector(reader: JsonReader, node: Node): ComponentSelector {
  // A string alone is a pattern for paths.
  if (node.type === 'string' || node.type === 'array') return { path: reader.strings(node, "'components'") };
  const selector = reader.members(node, "'components'", ['path', 'kind', 'tag']);
  const known: ReadonlySet<string> = new Set(kindNames);
  const kinds = selector.get('kind');
  for (const item of kinds?.type === 'array' ? (kinds.children ?? []) : kinds ? [kinds] : []) {
    const name = String(item.value);
    if (item.type === 'string' && !known.has(name))
      reader.report(item, unknown(`There is no kind '${name}'`, name, known));
  }
  const list = (name: 'path' | 'kind' | 'tag') =>
    selector.has(name) ? { [name]: reader.strings(selector.get(name), `'${name}'`) } : {};
  return { ...list('path'), ...list('kind'), ...list('tag') };
}

function readRules(
  reader: JsonReader,
  node: Node | undefined,
  rules: ReadonlyMap<string, Rule>,
): Readonly<Record<string, RuleSetting>> {
  const settings: [string, RuleSetting][] = [];
  for (const { children: [key, value] = [] } of node?.type === 'object' ? (node.children ?? []) : []) {
    if (!key || !value) continue;
    const id = String(key.value);
    const rule = rules.get(id);
    if (!rule) reader.report(key, unknown(`There is no rule '${id}'`, id, rules.keys()));
    const setting = rule && readSetting(reader, rule, value);
    if (setting) settings.push([id, setting]);
  }
  if (node && node.type !== 'object') reader.report(node, "'rules' takes an object of rules.");
  return Object.fromEntries(settings);
}

function readSetting(reader: JsonReader, { meta }: Rule, node: Node): RuleSetting | undefined {
  const what = `The level of '${meta.id}'`;
  if (node.type !== 'array') {
    const level = reader.choice(node, what, levels);
    return level && { level, options: {} };
  }
  const [first, second, third] = node.children ?? [];
  if (third) reader.report(third, `'${meta.id}' takes a level and options, nothing more.`);
  if (!first) reader.report(node, `'${meta.id}' takes a level and options.`);
  const level = reader.choice(first, what, levels);
  const declared = meta.options ?? {};
  if (second && Object.keys(declared).length === 0) {
    reader.report(second, `'${meta.id}' has no options.`);
    return level && { level, options: {} };
  }
  const given = reader.members(second, `'${meta.id}'`, Object.keys(declared));
  const options = [...given].flatMap(([name, value]) => {
    const option = declared[name];
    const number = reader.number(value, `'${name}' of '${meta.id}'`);
    if (!option || number === undefined) return [];
    const wrong = optionProblem(option, number);
    if (wrong) reader.report(value, `'${name}' of '${meta.id}' is ${number}, but it must be ${wrong}.`);
    return wrong ? [] : [[name, number] as const];
  });
  return level && { level, options: Object.fromEntries(options) };
}

function optionProblem(option: RuleOption, value: number): string | undefined {
  if (option.type === 'integer' && !Number.isInteger(value)) return 'a whole number';
  if (value < option.minimum) return `at least ${option.minimum}`;
  return option.maximum !== undefined && value > option.maximum ? `at most ${option.maximum}` : undefined;
}
