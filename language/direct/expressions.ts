/** Reads values and expressions directly. */
import type * as ast from '../generated/ast.ts';
import { unquote } from '../string-literal.ts';
import { adopt, Cursor, gaveUp, type Made } from './cursor.ts';
import * as places from './elements.ts';
import {
  AT,
  CLOSE_BRACKET,
  CLOSE_PARENTHESIS,
  COMMA,
  DOTS,
  FALSE,
  MINUS,
  OPEN_BRACKET,
  OPEN_PARENTHESIS,
  OVER,
  PLUS,
  QUANTITY,
  STRING,
  TIMES,
  TRUE,
} from './tokens.ts';

export abstract class ExpressionParser extends Cursor {
  protected value(element: number): ast.Value {
    const type = this.peek();
    if (type === OPEN_BRACKET || type === STRING || type === TRUE || type === FALSE) {
      const id = this.open(element);
      const node = type === OPEN_BRACKET ? this.list() : type === STRING ? this.text() : this.truth(type);
      this.close(id);
      this.own(node, id);
      return node;
    }
    return this.chain(element, places.valueChain);
  }

  protected expression(element: number): ast.Expression {
    return this.chain(element, places.expression) as ast.Expression;
  }

  /** An expression that does not begin with a name. */
  protected amount(element: number): ast.Expression {
    if (!this.atAmount()) throw gaveUp;
    return this.chain(element, places.amount) as ast.Expression;
  }

  protected atAmount(ahead = 0): boolean {
    const type = this.peek(ahead);
    return type === QUANTITY || type === OPEN_PARENTHESIS;
  }

  /** The operands and operators of a rule, each operator with what is left of it as its left side. */
  private chain(element: number, rule: places.Chain): ast.Expression | ast.Range {
    let id = this.open(element);
    let left = this.operand(rule);
    while (rule.factors && (this.peek() === TIMES || this.peek() === OVER)) {
      const around = this.around(id, left, rule.multiply);
      const operator = this.textOf(this.take(this.peek() === TIMES ? rule.times : rule.over));
      left = binary(left, operator, this.chain(rule.factor, places.primary) as ast.Expression);
      id = around;
    }
    while (rule.terms && (this.peek() === PLUS || this.peek() === MINUS)) {
      const around = this.around(id, left, rule.add);
      const operator = this.textOf(this.take(this.peek() === PLUS ? rule.plus : rule.minus));
      left = binary(left, operator, this.chain(rule.term, places.term) as ast.Expression);
      id = around;
    }
    if (rule !== places.valueChain || this.peek() !== DOTS) {
      this.close(id);
      this.own(left, id);
      return left;
    }
    return this.range(id, left);
  }

  /** Ends what is left of an operator. */
  private around(id: number, left: ast.Expression, element: number): number {
    const around = this.wrap(id, element);
    this.own(left, id);
    return around;
  }

  private range(id: number, from: ast.Expression): ast.Range {
    const around = this.around(id, from, places.value.range);
    this.take(places.value.dots);
    const to = this.expression(places.value.to);
    this.close(around);
    const range = { $type: 'Range', from, to } as unknown as ast.Range;
    adopt(from, range, 'from');
    adopt(to, range, 'to');
    this.own(range, around);
    return range;
  }

  private operand(rule: places.Chain): ast.Expression {
    switch (this.peek()) {
      case QUANTITY:
        return this.literal(rule.literal);
      case OPEN_PARENTHESIS: {
        this.take(rule.open);
        const inner = this.expression(rule.inner);
        this.expect(CLOSE_PARENTHESIS, rule.close);
        return inner;
      }
      case MINUS:
        return this.negation(rule.negation);
      default:
        return this.word(rule.word);
    }
  }

  private literal(element: number): ast.Literal {
    const id = this.open(element);
    const text = this.textOf(this.take(places.literal));
    this.close(id);
    return { $type: 'Literal', text } as unknown as ast.Literal;
  }

  private negation(element: number): ast.Negation {
    const id = this.open(element);
    this.take(places.negation.minus);
    const operand = this.chain(places.negation.operand, places.primary) as ast.Expression;
    this.close(id);
    const node = { $type: 'Negation', operand } as unknown as ast.Negation;
    adopt(operand, node, 'operand');
    return node;
  }

  private text(): ast.Text {
    const id = this.open(places.value.text);
    const text = unquote(this.textOf(this.take(places.text)));
    this.close(id);
    return { $type: 'Text', text } as unknown as ast.Text;
  }

  private truth(type: number): ast.Truth {
    const id = this.open(places.value.truth);
    const truth = this.textOf(this.take(places.truths[type - TRUE]!));
    this.close(id);
    return { $type: 'Truth', truth } as unknown as ast.Truth;
  }

  private list(): ast.List {
    const id = this.open(places.value.list);
    const node = { $type: 'List', items: [] } as unknown as ast.List;
    this.take(places.list.open);
    if (this.peek() !== CLOSE_BRACKET) this.addItem(node, places.list.point, places.list.value);
    while (this.peek() === COMMA && this.peek(1) !== CLOSE_BRACKET && node.items.length > 0) {
      this.take(places.list.comma);
      this.addItem(node, places.list.nextPoint, places.list.nextValue);
    }
    if (this.peek() === COMMA && node.items.length > 0) this.take(places.list.lastComma);
    this.expect(CLOSE_BRACKET, places.list.close);
    this.close(id);
    return node;
  }

  private addItem(list: ast.List, point: number, value: number): void {
    const item = this.peek() === AT && this.atAmount(1) ? this.point(point) : this.value(value);
    adopt(item, list, 'items', list.items.length);
    list.items.push(item);
  }

  private point(element: number): ast.Point {
    const id = this.open(element);
    this.take(places.point.keyword);
    const at = this.amount(places.point.at);
    const factor = this.amount(places.point.factor);
    this.close(id);
    const node = { $type: 'Point', at, factor } as unknown as Made<ast.Point>;
    adopt(at, node, 'at');
    adopt(factor, node, 'factor');
    this.own(node, id);
    return node;
  }
}

function binary(left: ast.Expression, operator: string, right: ast.Expression): ast.Binary {
  const node = { $type: 'Binary', left, operator, right } as unknown as ast.Binary;
  adopt(left, node, 'left');
  adopt(right, node, 'right');
  return node;
}
