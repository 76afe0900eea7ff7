/** What is written on a node: subtitle, parts, load, and everything else in its tooltip. */
import { findEngine } from '../model/catalogue/engines.ts';
import {
  amount,
  type Component,
  type ComponentResult,
  declared,
  digits,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRate,
  formatTime,
  isDeclared,
  kindOf,
  type Path,
  references,
  replicaRange,
  word,
  words,
} from '../model/index.ts';
import type { Load, LoadLevel, StoreParts } from './graph.ts';
import { clean } from './text.ts';

/** The title as declared, else the name. */
export function titleOf(component: Component): string {
  return clean(component.title ?? '') || component.name;
}

/** What it is and how large, in a few words; undefined when nothing more is declared. */
export function subtitleOf(component: Component, nameOf: (path: Path) => string): string | undefined {
  const facts = factsOf(component, nameOf).map(clean).filter(Boolean);
  // Lines break between facts, not within one.
  return facts.length > 0 ? facts.map((fact) => fact.replaceAll(' ', '\u00a0')).join(' · ') : undefined;
}

/** Shards and read replicas of a store that has any. */
export function partsOf(component: Component): StoreParts | undefined {
  if (component.kind !== 'database' && component.kind !== 'search') return undefined;
  const shards = whole(amount(component, component.kind === 'search' ? 'shards' : 'sharding.shards'), 1);
  const readReplicas = whole(amount(component, 'readReplicas'), 0);
  return shards > 1 || readReplicas > 0 ? { shards, readReplicas } : undefined;
}

/** How many copies there are. Queues and managed services may have no number. */
export function replicasOf(component: Component): { readonly from: number; readonly to: number } {
  const { from, to } = replicaRange(component);
  return { from: whole(from, 1), to: Math.max(whole(from, 1), whole(to, 1)) };
}

/** Below 60 % calm, below 80 % warm, up to 100 % hot: the M/M/1 response time at 80 % is five times the service time (1 / (1 − ρ)). */
export function loadOf(result: ComponentResult | undefined): Load | undefined {
  const utilization = result?.utilization;
  if (utilization === undefined || Number.isNaN(utilization)) return undefined;
  return { utilization, level: levelOf(utilization), text: percent(utilization) };
}

/** Everything known about a component, one fact a line. */
export function tooltipOf(
  component: Component,
  result: ComponentResult | undefined,
  findings: readonly string[],
  nameOf: (path: Path) => string,
): string {
  const title = titleOf(component);
  const subtitle = subtitleOf(component, nameOf);
  const lines = [
    `${title} (${kindOf(component.kind).label}${title === component.path ? '' : ` ${component.path}`})`,
    ...(subtitle ? [subtitle] : []),
    ...[component.doc, word(component, 'description')].flatMap((text) => (text ? [clean(text)] : [])),
    ...(result ? figuresOf(result) : []),
    ...findings.map(clean),
  ];
  return lines.join('\n');
}

function factsOf(component: Component, nameOf: (path: Path) => string): readonly string[] {
  const known = (name: string) => (isDeclared(component, name) ? word(component, name) : undefined);
  const product = known('engine') ?? known('provider');
  const facts = [
    known('region'),
    product && (findEngine(product)?.title ?? product),
    known('instance'),
    ...amountsOf(component),
    component.kind === 'dns' ? routings[known('routing') ?? ''] : undefined,
    component.kind === 'loadBalancer' ? spaced(known('algorithm')) : undefined,
    ...duties(component, nameOf),
  ];
  return facts.flatMap((fact) => fact ?? []);
}

const routings: Readonly<Record<string, string>> = {
  weighted: 'weighted routing',
  latency: 'latency routing',
  geo: 'geo routing',
  failover: 'failover routing',
};

/** The properties that say how large something is, in the order in which they are shown. */
function amountsOf(component: Component): readonly (string | undefined)[] {
  const shown = (name: string, print: (amount: number) => string) => {
    const value = declared(component, name)?.value;
    return value?.type === 'quantity' && component.kind !== 'search' ? print(value.amount) : undefined;
  };
  const container = kindOf(component.kind).role === 'container';
  return [
    shown('population', (people) => `${formatCount(people)} people`),
    shown('rate', formatRate),
    shown('zones', (zones) => (zones === 1 && !container ? '1 zone' : plural(zones, 'zone'))),
    shown('cores', (cores) => plural(cores, 'core')),
    component.kind === 'cache' || container ? shown('memory', (bytes) => formatQuantity(bytes, 'data')) : undefined,
    shown('ttl', (seconds) => `TTL ${formatTime(seconds)}`),
    shown('hitRatio', (fraction) => `${formatPercent(fraction)} hits`),
    shown('concurrency', (count) => `${formatCount(count)} at a time`),
    component.kind === 'external' ? shown('latency', formatTime) : undefined,
  ];
}

/** What observers look after. */
function duties(component: Component, nameOf: (path: Path) => string): readonly string[] {
  const targets = (name: string) => enumeration(references(component, name).map(nameOf));
  if (component.kind === 'monitoring') {
    const watched = targets('watches');
    const what = [
      word(component, 'logs') === 'central' ? 'logs' : undefined,
      words(component, 'metrics').length > 0 ? 'metrics' : undefined,
    ];
    return [...what.flatMap((text) => text ?? []), ...(watched ? [`watches ${watched}`] : [])];
  }
  if (component.kind === 'automation') {
    const deployed = targets('deploys');
    return deployed ? [`deploys ${deployed}`] : [];
  }
  return [];
}

/** Characters that have room in the two lines that a card has for a list. */
const LIST_ROOM = 38;

/** `Intake, Orders and 5 more`: whole names, as many as there is room for. */
function enumeration(names: readonly string[]): string {
  const all = names.join(', ');
  if (all.length <= LIST_ROOM + ' and 9 more'.length) return all;
  let count = 1;
  while (names.slice(0, count + 1).join(', ').length <= LIST_ROOM) count++;
  return `${names.slice(0, count).join(', ')} and ${names.length - count} more`;
}

function figuresOf(result: ComponentResult): readonly string[] {
  const lines = [`${formatRate(result.arrivalRate)} arrive`];
  if (result.utilization !== undefined) lines.push(`${percent(result.utilization)} used`);
  if (result.response) lines.push(`p99 ${formatTime(result.response.p99)}`);
  if (result.hitRatio !== undefined) lines.push(`${formatPercent(result.hitRatio)} answered from it`);
  if (result.refused > 0) lines.push(`${formatPercent(result.refused)} refused`);
  if (result.saturatesAt !== undefined) lines.push(`saturates at ${digits(result.saturatesAt)} times this load`);
  return [lines.join(' · ')];
}

function levelOf(utilization: number): LoadLevel {
  if (utilization > 1) return 'over';
  if (utilization > 0.8) return 'hot';
  return utilization < 0.6 ? 'calm' : 'warm';
}

/** Whole percents, because the figure changes at every keystroke; below one percent says so. */
function percent(fraction: number): string {
  if (!Number.isFinite(fraction)) return '∞';
  if (fraction > 0 && fraction < 0.01) return '<1%';
  return fraction > 10 ? `${digits(fraction)}×` : `${Math.round(fraction * 100)}%`;
}

function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `leastConnections` as `least connections`. */
function spaced(text: string | undefined): string | undefined {
  return text?.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function whole(count: number | undefined, least: number): number {
  return count === undefined || !Number.isFinite(count) ? least : Math.max(least, Math.round(count));
}
