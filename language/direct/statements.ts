/** Reads statements directly; gives up at a token that does not fit. */
import type * as ast from '../generated/ast.ts';
import { unquote } from '../string-literal.ts';
import { adopt, gaveUp } from './cursor.ts';
import * as places from './elements.ts';
import { ExpressionParser } from './expressions.ts';
import {
  ARCHITECTURE,
  ARROW,
  AT,
  AT_LEAST,
  BOTH_WAYS,
  CLOSE_BRACE,
  COLON,
  COMMA,
  DOT,
  END,
  EQUALS,
  EXTENDS,
  FOR,
  FROM,
  ID,
  IMPORT,
  isName,
  LESS,
  OF,
  OPEN_BRACE,
  PARAM,
  REQUEST,
  REQUIRE,
  SCENARIO,
  STRING,
  TEMPLATE,
  TO,
  VIEW,
} from './tokens.ts';

export abstract class StatementParser extends ExpressionParser {
  /** Reads statements into their owner, up to a token of a type. */
  protected abstract statements(owner: ast.Model | ast.Statement, host: places.Host, until: number): void;

  /** Skips what may stand between statements. */
  protected separators(host: places.Host): void {
    while (this.peek() === COMMA || this.peek() === END) {
      if (this.peek() === COMMA) this.take(host.comma);
      else this.at++;
    }
  }

  protected statement(host: places.Host): ast.Statement {
    const first = this.peek();
    if (!isName(first)) throw gaveUp;
    switch (this.peek(1)) {
      case COLON:
        return this.property(host.property);
      case OPEN_BRACE:
        return host.block > 0 ? this.block(host.block) : this.connectionOrOverride(host.connection);
      case DOT:
      case ARROW:
      case BOTH_WAYS:
        return host.block > 0 ? this.connection(host.connection) : this.connectionOrOverride(host.connection);
      case STRING:
        return this.quoted(first, host);
      default:
        return this.named(first, host);
    }
  }

  private quoted(first: number, host: places.Host): ast.Statement {
    const isTitle = first === ARCHITECTURE;
    if (!isTitle && first !== IMPORT) throw gaveUp;
    const id = this.open(isTitle ? host.title : host.import);
    const at = isTitle ? places.title : places.importing;
    this.take(at.keyword);
    const text = unquote(this.textOf(this.take(at.text)));
    this.close(id);
    const node = isTitle ? { $type: 'Title', title: text } : { $type: 'Import', path: text };
    this.own(node, id);
    return node as ast.Title | ast.Import;
  }

  private named(first: number, host: places.Host): ast.Statement {
    switch (first) {
      case ID:
      case TEMPLATE:
        return this.declaration(host.declaration);
      case PARAM:
        return this.param(host.param);
      case REQUEST:
        return this.titled('RequestClass', host.request, places.request, places.requestBody);
      case SCENARIO:
        return this.titled('Scenario', host.scenario, places.scenario, places.body);
      case VIEW:
        return this.titled('View', host.view, places.view, places.body);
      case REQUIRE:
        return this.requirement(host.requirement);
      case AT:
        return this.event(host.event);
      default:
        throw gaveUp;
    }
  }

  /** The statements between braces, where there is a body. */
  private body(owner: ast.Statement, host: places.Host): void {
    if (this.peek() !== OPEN_BRACE) return;
    this.take(host.open);
    this.statements(owner, host, CLOSE_BRACE);
    this.take(host.close);
  }

  private property(element: number): ast.Property {
    const id = this.open(element);
    const name = this.name(places.property.name);
    this.take(places.property.colon);
    const value = this.value(places.property.value);
    this.close(id);
    const node = { $type: 'Property', name, value } as unknown as ast.Property;
    adopt(value, node, 'value');
    this.own(node, id);
    return node;
  }

  private block(element: number): ast.Block {
    const id = this.open(element);
    const node = { $type: 'Block', name: this.name(places.block.name), statements: [] } as unknown as ast.Block;
    this.body(node, places.body);
    this.close(id);
    this.own(node, id);
    return node;
  }

  private declaration(element: number): ast.Declaration {
    const id = this.open(element);
    const at = places.declaration;
    const template = this.peek() === TEMPLATE;
    if (template) this.take(at.template);
    const node = { $type: 'Declaration', template } as unknown as ast.Declaration;
    node.kind = this.textOf(this.expect(ID, at.kind));
    node.name = this.name(at.name);
    if (this.peek() === STRING) node.title = unquote(this.textOf(this.take(at.title)));
    if (this.peek() === EXTENDS) {
      this.take(at.extends);
      node.base = this.qualifiedName(at.base);
      adopt(node.base, node, 'base');
    }
    node.statements = [];
    this.body(node, places.body);
    this.close(id);
    this.own(node, id);
    return node;
  }

  private param(element: number): ast.Param {
    const id = this.open(element);
    this.take(places.param.keyword);
    const name = this.name(places.param.name);
    this.expect(EQUALS, places.param.equals);
    const value = this.value(places.param.value);
    this.close(id);
    const node = { $type: 'Param', name, value } as unknown as ast.Param;
    adopt(value, node, 'value');
    this.own(node, id);
    return node;
  }

  private titled(
    type: 'RequestClass' | 'Scenario' | 'View',
    element: number,
    at: typeof places.request,
    host: places.Host,
  ): ast.RequestClass | ast.Scenario | ast.View {
    const id = this.open(element);
    this.take(at.keyword);
    const node = { $type: type, name: this.name(at.name) } as unknown as ast.View;
    if (this.peek() === STRING) node.title = unquote(this.textOf(this.take(at.title)));
    node.statements = [];
    this.body(node, host);
    this.close(id);
    this.own(node, id);
    return node;
  }

  private requirement(element: number): ast.Requirement {
    const id = this.open(element);
    const at = places.requirement;
    this.take(at.keyword);
    const node = { $type: 'Requirement', metric: this.name(at.metric) } as unknown as ast.Requirement;
    if (this.peek() === OF) {
      this.take(at.of);
      node.subject = this.qualifiedName(at.subject);
      adopt(node.subject, node, 'subject');
    }
    node.operator = this.operator(at.operator);
    node.limit = this.expression(at.limit);
    adopt(node.limit, node, 'limit');
    this.close(id);
    this.own(node, id);
    return node;
  }

  private operator(element: number): string {
    const type = this.peek();
    if (type < LESS || type > AT_LEAST) throw gaveUp;
    const id = this.open(element);
    const token = this.take(places.operators[type - LESS]!);
    this.close(id);
    return this.textOf(token);
  }

  private connection(element: number): ast.Connection {
    const id = this.open(element);
    const node = { $type: 'Connection' } as unknown as ast.Connection;
    node.source = this.qualifiedName(places.connection.source);
    this.connectionRest(node);
    this.close(id);
    this.own(node, id);
    return node;
  }

  private connectionOrOverride(element: number): ast.Connection | ast.Override {
    const id = this.open(element);
    const name = this.qualifiedName(places.connection.name);
    const isOverride = this.peek() === OPEN_BRACE;
    const around = this.wrap(id, isOverride ? places.connection.asTarget : places.connection.asSource);
    this.own(name, id);
    const node = isOverride
      ? { $type: 'Override', target: name, statements: [] }
      : { $type: 'Connection', source: name };
    if (isOverride) {
      adopt(name, node, 'target');
      this.body(node as unknown as ast.Override, places.body);
    } else this.connectionRest(node as unknown as ast.Connection);
    this.close(around);
    this.own(node, around);
    return node as unknown as ast.Connection | ast.Override;
  }

  private connectionRest(node: ast.Connection): void {
    const at = places.connection;
    adopt(node.source, node, 'source');
    if (this.peek() !== ARROW && this.peek() !== BOTH_WAYS) throw gaveUp;
    node.arrow = this.textOf(this.take(this.peek() === ARROW ? at.arrow : at.bothWays));
    node.targets = [];
    this.addTarget(node, at.target);
    while (this.peek() === COMMA) {
      this.take(at.comma);
      this.addTarget(node, at.nextTarget);
    }
    node.flows = [];
    if (this.peek() === COLON) {
      this.take(at.colon);
      this.addFlow(node, at.flow);
      while (this.peek() === COMMA) {
        this.take(at.flowComma);
        this.addFlow(node, at.nextFlow);
      }
    }
    node.statements = [];
    this.body(node, places.body);
  }

  private addTarget(node: ast.Connection, element: number): void {
    const target = this.qualifiedName(element);
    adopt(target, node, 'targets', node.targets.length);
    node.targets.push(target);
  }

  private addFlow(node: ast.Connection, element: number): void {
    const id = this.open(element);
    const flow = { $type: 'Flow' } as unknown as ast.Flow;
    const isNamed = isName(this.peek());
    if (isNamed) flow.flow = this.name(places.flow.name);
    if (!isNamed || this.atAmount()) {
      flow.amount = this.amount(isNamed ? places.flow.amount : places.flow.onlyAmount);
      adopt(flow.amount, flow, 'amount');
    }
    this.close(id);
    this.own(flow, id);
    adopt(flow, node, 'flows', node.flows.length);
    node.flows.push(flow);
  }

  private event(element: number): ast.Event {
    const id = this.open(element);
    const at = places.event;
    this.take(at.keyword);
    const node = { $type: 'Event', at: this.amount(at.at) } as unknown as ast.Event;
    adopt(node.at, node, 'at');
    node.action = this.name(at.action);
    if (this.atAmount()) {
      node.amount = this.amount(at.amount);
      adopt(node.amount, node, 'amount');
      if (this.peek() === OF) {
        this.take(at.of);
        node.target = this.eventTarget(at.target);
        adopt(node.target, node, 'target');
      }
    } else if (isEventTargetName(this.peek())) this.eventTargetAndMore(node);
    if (this.peek() === FOR) {
      this.take(at.forKeyword);
      node.lasts = this.expression(at.lasts);
      adopt(node.lasts, node, 'lasts');
    }
    this.close(id);
    this.own(node, id);
    return node;
  }

  private eventTargetAndMore(node: ast.Event): void {
    const at = places.event;
    const hasPart = this.peek(1) === OF;
    if (hasPart) {
      const id = this.open(at.part);
      node.part = this.textOf(this.take(places.eventTargetName[this.peek()]!));
      this.close(id);
      this.take(at.partOf);
    }
    node.target = this.eventTarget(at.targetOfPart);
    adopt(node.target, node, 'target');
    if (this.atAmount()) {
      node.amount = this.amount(at.amountOfTarget);
      adopt(node.amount, node, 'amount');
    } else if (this.peek() === FROM) {
      this.take(at.from);
      node.other = this.qualifiedName(at.other);
      adopt(node.other, node, 'other');
    } else if (this.peek() === TO) {
      this.take(at.toKeyword);
      node.to = this.expression(at.to);
      adopt(node.to, node, 'to');
    }
  }

  private eventTarget(element: number): ast.QualifiedName {
    const id = this.open(element);
    const name = this.path(places.eventTarget, REQUIRE, AT, FOR);
    this.close(id);
    this.own(name, id);
    return name;
  }
}

/** What an event is about cannot begin with a word that begins the next statement. */
function isEventTargetName(type: number): boolean {
  return isName(type) && type !== REQUIRE && type !== AT && type !== FOR;
}
