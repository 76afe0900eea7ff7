/** Makes rules of the data that a configuration declares, so that they run, are silenced and are shown like all others. */
import {
  type Architecture,
  type Component,
  type Connection,
  formatValue,
  indexByPath,
  isContainer,
  type Property,
} from '../../model/index.ts';
import { carries, carriesRequests, nameOf } from '../rules/query.ts';
import type { Report, Rule, RuleContext } from '../rules/rule.ts';
import type { CustomRule, Demand, Link, Selector } from './custom-rule.ts';
import { holds, isSelected, propertiesOf } from './selectors.ts';
import { type Outgoing, outgoingOf, type Ways, waysFrom, waysThrough } from './ways.ts';

/** The rule that a declaration stands for. */
export function toRule(custom: CustomRule): Rule {
  const { id, severity, doc, message, examples } = custom;
  return {
    meta: {
      id,
      title: id,
      section: 'beyond',
      category: 'structure',
      severity,
      summary: message,
      why: doc ?? 'It is a rule of this configuration.',
      howToFix: 'See the reason.',
      since: '',
    },
    check: (context, report) => new Check(custom, context, report).run(),
    examples,
  };
}

type Of<T extends Demand['type']> = Extract<Demand, { readonly type: T }>;

class Check {
  private readonly rule: CustomRule;
  private readonly context: RuleContext;
  private readonly architecture: Architecture;
  private readonly report: Report;

  constructor(rule: CustomRule, context: RuleContext, report: Report) {
    this.rule = rule;
    this.context = context;
    this.architecture = context.architecture;
    this.report = report;
  }

  run(): void {
    const { demand } = this.rule;
    switch (demand.type) {
      case 'forbid':
        if (demand.reachable) this.forbidWays(demand);
        else this.forbidConnections(demand);
        return;
      case 'require':
        this.require(demand);
        return;
      case 'allow':
        this.allow(demand);
        return;
      case 'assert':
        this.assert(demand);
        return;
      case 'count':
        this.count(demand);
        return;
      case 'path':
        this.path(demand);
    }
  }

  private forbidConnections(link: Link): void {
    for (const connection of this.connections(link)) {
      const from = this.at(connection.from);
      const to = this.at(connection.to);
      if (!from || !to || !this.starts(link, from) || !this.is(link.to, to)) continue;
      this.say(connection, { ...this.ends(from, to), path: this.names([from.path, to.path]) });
    }
  }

  private forbidWays(link: Link): void {
    const outgoing = this.outgoing(link);
    for (const from of this.architecture.components) {
      if (!this.starts(link, from)) continue;
      const ways = this.ways(outgoing, from, link);
      for (const path of ways.reached) {
        const to = this.at(path);
        if (!to || to === from || !this.is(link.to, to)) continue;
        this.say(from, { ...this.ends(from, to), path: this.names(ways.to(path)) }, to);
      }
    }
  }

  private require(link: Link): void {
    const outgoing = this.outgoing(link);
    for (const from of this.architecture.components) {
      if (isContainer(from.kind) || !this.starts(link, from)) continue;
      const reached = link.reachable
        ? this.ways(outgoing, from, link).reached
        : (outgoing.get(from.path) ?? []).map(({ to }) => to);
      if (reached.some((path) => path !== from.path && this.is(link.to, this.at(path)))) continue;
      this.say(from, { ...this.ends(from), from: nameOf(this.architecture, from) });
    }
  }

  private allow(link: Link): void {
    for (const connection of this.connections(link)) {
      const from = this.at(connection.from);
      const to = this.at(connection.to);
      if (from && to && this.starts(link, from) && !this.is(link.to, to)) this.say(connection, this.ends(from, to));
    }
  }

  private assert({ assertion }: Of<'assert'>): void {
    const properties = [...new Set(propertiesOf(assertion))];
    const [property = ''] = properties;
    for (const component of this.selected()) {
      const result = holds(assertion, component);
      if (result === undefined) {
        const missing = properties.filter((name) => !Object.hasOwn(component.properties, name));
        this.context.notEvaluated(component, ...missing);
      }
      if (result !== false) continue;
      const declared = component.properties[property];
      const name = nameOf(this.architecture, component);
      const value = declared ? textOf(declared) : 'not declared';
      this.report({
        at: component,
        ...(declared ? { property } : {}),
        message: this.message({ name, kind: component.kind, property, value }),
      });
    }
  }

  private count({ min = 0, max = Number.POSITIVE_INFINITY }: Of<'count'>): void {
    const selected = this.selected();
    const { length } = selected;
    if (length >= min && length <= max) return;
    const start = { line: 0, character: 0, offset: 0 };
    const [file = ''] = this.architecture.files;
    const at = (length > max ? selected.at(max) : selected[0]) ?? { span: { file, start, end: start } };
    this.report({ at, message: this.message({ count: String(length) }) });
  }

  private path({ from, to, maxDepth }: Of<'path'>): void {
    const outgoing = outgoingOf(this.architecture, carriesRequests);
    for (const start of this.architecture.components) {
      if (!this.is(this.rule.select, start) || !this.is(from, start)) continue;
      const ways = waysFrom(outgoing, start.path);
      for (const path of ways.reached) {
        const end = this.at(path);
        if (!end || !this.is(to, end)) continue;
        const way = ways.to(path);
        const depth = way.length - 1;
        if (depth > maxDepth)
          this.say(start, { ...this.ends(start, end), path: this.names(way), value: String(depth) }, end);
      }
    }
  }

  private connections({ flow }: Link): readonly Connection[] {
    const { connections, requests } = this.architecture;
    const all = [...connections, ...requests.flatMap((request) => request.connections)];
    return all.filter((connection) => (flow ? carries(connection, ...flow) : carriesRequests(connection)));
  }

  private outgoing({ flow }: Link): Outgoing {
    return outgoingOf(this.architecture, (it) => (flow ? carries(it, ...flow) : carriesRequests(it)));
  }

  private ways(outgoing: Outgoing, start: Component, { via, notVia }: Link): Ways {
    const test = (selector: Selector | undefined) => (path: string) =>
      selector !== undefined && this.is(selector, this.at(path));
    return via
      ? waysThrough(outgoing, start.path, test(via), test(notVia))
      : waysFrom(outgoing, start.path, test(notVia));
  }

  /** Components that are selected, containers only where a kind asks for them. */
  private selected(): readonly Component[] {
    const { select } = this.rule;
    return this.architecture.components.filter(
      (it) => (!isContainer(it.kind) || select.kind?.includes(it.kind)) && this.is(select, it),
    );
  }

  private starts({ from }: Link, component: Component): boolean {
    return this.is(this.rule.select, component) && this.is(from, component);
  }

  private is(selector: Selector | undefined, component: Component | undefined): boolean {
    return component !== undefined && (!selector || isSelected(selector, component, this.architecture));
  }

  private at(path: string): Component | undefined {
    return indexByPath(this.architecture).get(path);
  }

  private ends(from: Component, to?: Component): Readonly<Record<string, string>> {
    const name = nameOf(this.architecture, from);
    return { name, kind: from.kind, from: name, ...(to ? { to: nameOf(this.architecture, to) } : {}) };
  }

  private names(paths: readonly string[]): string {
    return paths.map((path) => nameOf(this.architecture, this.at(path)!)).join(' → ');
  }

  private say(at: Component | Connection, values: Readonly<Record<string, string>>, related?: Component): void {
    this.report({
      at,
      message: this.message(values),
      ...(related ? { related: [{ message: 'This is the other end.', at: related }] } : {}),
    });
  }

  private message(values: Readonly<Record<string, string>>): string {
    return this.rule.message.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? '');
  }
}

/** A value for a message, which quotes texts itself where it wants to. */
function textOf({ value }: Property): string {
  return value.type === 'string' ? value.text : formatValue(value);
}
