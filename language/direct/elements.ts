/** The places of the grammar that tokens and rules are read at, as numbers. */
import { ARCHITECTURE, FALSE, TOKEN_NAMES } from './tokens.ts';

/** What a number stands for. */
export interface Place {
  readonly rule: string;
  /** A keyword in quotes, an action in braces, a reference in brackets, or the name of the rule that is called. */
  readonly what: string;
  /** Property that it is assigned to, if it is. */
  readonly feature: string;
  /** Which of several that are the same, in order of the grammar. */
  readonly nth: number;
}

const places: Place[] = [{ rule: '', what: '', feature: '', nth: 0 }];

function place(rule: string, what: string, feature = '', nth = 0): number {
  return places.push({ rule, what, feature, nth }) - 1;
}

/** What a number stands for; the number zero for nothing. */
export function placeAt(element: number): Place {
  return places[element]!;
}

/** The property of its node that what is read at an element is assigned to; empty if there is none. */
export function featureAt(element: number): string {
  return places[element]!.feature;
}

/** Where statements stand: a file, a body, or the body of a request class. */
export type Host = ReturnType<typeof host>;

function host(rule: string, connection: string) {
  const statement = (name: string) => place(rule, name, 'statements');
  return {
    open: place(rule, "'{'"),
    close: place(rule, "'}'"),
    comma: place(rule, "','"),
    property: statement('Property'),
    declaration: statement('Declaration'),
    connection: statement(connection),
    /** Zero where a name before a brace says whose properties are overridden. */
    block: connection === 'Connection' ? statement('Block') : 0,
    requirement: statement('Requirement'),
    event: statement('Event'),
    title: statement('Title'),
    import: statement('Import'),
    param: statement('Param'),
    request: statement('RequestClass'),
    scenario: statement('Scenario'),
    view: statement('View'),
  };
}

export const model = host('Model', 'Connection');
export const body = host('Body', 'Connection');
export const requestBody = host('RequestBody', 'ConnectionOrOverride');

export const title = { keyword: place('Title', "'architecture'"), text: place('Title', 'STRING', 'title') };
export const importing = { keyword: place('Import', "'import'"), text: place('Import', 'STRING', 'path') };
export const param = {
  keyword: place('Param', "'param'"),
  name: place('Param', 'Name', 'name'),
  equals: place('Param', "'='"),
  value: place('Param', 'Value', 'value'),
};
export const declaration = {
  template: place('Declaration', "'template'", 'template'),
  kind: place('Declaration', 'ID', 'kind'),
  name: place('Declaration', 'Name', 'name'),
  title: place('Declaration', 'STRING', 'title'),
  extends: place('Declaration', "'extends'"),
  base: place('Declaration', 'QualifiedName', 'base'),
};

/** Statements of a keyword, a name, a title and a body. */
function titled(rule: string, keyword: string) {
  return {
    keyword: place(rule, `'${keyword}'`),
    name: place(rule, 'Name', 'name'),
    title: place(rule, 'STRING', 'title'),
  };
}

export const request = titled('RequestClass', 'request');
export const scenario = titled('Scenario', 'scenario');
export const view = titled('View', 'view');

export const requirement = {
  keyword: place('Requirement', "'require'"),
  metric: place('Requirement', 'Name', 'metric'),
  of: place('Requirement', "'of'"),
  subject: place('Requirement', 'QualifiedName', 'subject'),
  operator: place('Requirement', 'Operator', 'operator'),
  limit: place('Requirement', 'Expression', 'limit'),
};
/** By type of the token, from that of `<` on. */
export const operators = ['<', '<=', '>', '>='].map((sign) => place('Operator', `'${sign}'`));

export const property = {
  name: place('Property', 'Name', 'name'),
  colon: place('Property', "':'"),
  value: place('Property', 'Value', 'value'),
};
export const block = { name: place('Block', 'Name', 'name') };

export const connection = {
  source: place('Connection', 'QualifiedName', 'source'),
  name: place('ConnectionOrOverride', 'QualifiedName'),
  asSource: place('ConnectionOrOverride', '{Connection.source}'),
  asTarget: place('ConnectionOrOverride', '{Override.target}'),
  arrow: place('ConnectionRest', "'->'", 'arrow'),
  bothWays: place('ConnectionRest', "'<->'", 'arrow'),
  target: place('ConnectionRest', 'QualifiedName', 'targets'),
  comma: place('ConnectionRest', "','"),
  nextTarget: place('ConnectionRest', 'QualifiedName', 'targets', 1),
  colon: place('ConnectionRest', "':'"),
  flow: place('ConnectionRest', 'Flow', 'flows'),
  flowComma: place('ConnectionRest', "','", '', 1),
  nextFlow: place('ConnectionRest', 'Flow', 'flows', 1),
};
export const flow = {
  name: place('Flow', 'Name', 'flow'),
  amount: place('Flow', 'Amount', 'amount'),
  onlyAmount: place('Flow', 'Amount', 'amount', 1),
};

export const event = {
  keyword: place('Event', "'at'"),
  at: place('Event', 'Amount', 'at'),
  action: place('Event', 'Name', 'action'),
  amount: place('Event', 'Amount', 'amount', 1),
  of: place('Event', "'of'"),
  target: place('Event', 'EventTarget', 'target'),
  part: place('Event', 'EventTargetName', 'part'),
  partOf: place('Event', "'of'", '', 1),
  targetOfPart: place('Event', 'EventTarget', 'target', 1),
  amountOfTarget: place('Event', 'Amount', 'amount', 2),
  from: place('Event', "'from'"),
  other: place('Event', 'QualifiedName', 'other'),
  toKeyword: place('Event', "'to'"),
  to: place('Event', 'Expression', 'to'),
  forKeyword: place('Event', "'for'"),
  lasts: place('Event', 'Expression', 'lasts', 1),
};

/** A rule of expressions: its operands, and the operators that may follow. */
export type Chain = ReturnType<typeof chain>;

function chain(rule: string, factors: boolean, terms: boolean) {
  return {
    factors,
    terms,
    literal: place(rule, 'Literal'),
    open: place(rule, "'('"),
    inner: place(rule, 'Expression'),
    close: place(rule, "')'"),
    negation: place(rule, 'Negation'),
    word: place(rule, 'Word'),
    multiply: place(rule, '{Binary.left}'),
    times: place(rule, "'*'", 'operator'),
    over: place(rule, "'/'", 'operator'),
    factor: place(rule, 'Primary', 'right'),
    add: place(rule, '{Binary.left}', '', 1),
    plus: place(rule, "'+'", 'operator'),
    minus: place(rule, "'-'", 'operator'),
    term: place(rule, 'Term', 'right'),
  };
}

export const valueChain = chain('Value', true, true);
export const expression = chain('Expression', true, true);
export const amount = chain('Amount', true, true);
export const term = chain('Term', true, false);
export const primary = chain('Primary', false, false);

export const negation = { minus: place('Negation', "'-'"), operand: place('Negation', 'Primary', 'operand') };
export const literal = place('Literal', 'QUANTITY', 'text');

export const value = {
  list: place('Value', 'List'),
  text: place('Value', 'Text'),
  truth: place('Value', 'Truth'),
  range: place('Value', '{Range.from}'),
  dots: place('Value', "'..'"),
  to: place('Value', 'Expression', 'to', 1),
};
export const text = place('Text', 'STRING', 'text');
export const truths = ['true', 'false'].map((word) => place('Truth', `'${word}'`, 'truth'));

export const list = {
  open: place('List', "'['"),
  point: place('List', 'Point', 'items'),
  value: place('List', 'Value', 'items'),
  comma: place('List', "','"),
  nextPoint: place('List', 'Point', 'items', 1),
  nextValue: place('List', 'Value', 'items', 1),
  lastComma: place('List', "','", '', 1),
  close: place('List', "']'"),
};
export const point = {
  keyword: place('Point', "'at'"),
  at: place('Point', 'Amount', 'at'),
  factor: place('Point', 'Amount', 'factor', 1),
};

/** A rule of qualified names: of its first segment and of the others. */
export type Path = ReturnType<typeof path>;

function path(rule: string, firstSegment: string, firstName: string) {
  const isSame = firstSegment === 'Segment';
  return {
    first: place(rule, firstSegment, 'segments'),
    dot: place(rule, "'.'"),
    next: place(rule, 'Segment', 'segments', isSame ? 1 : 0),
    firstTarget: place(firstSegment, '[Named]', 'target'),
    firstName: names(firstName),
  };
}

/** By type of the token; of `Name` all words of the language stand in a rule of their own. */
function names(rule: string): readonly number[] {
  const own = rule === 'Name' ? 'Keyword' : rule;
  const all = [0];
  for (let type = ARCHITECTURE; type <= FALSE; type++) all.push(place(own, `'${TOKEN_NAMES[type]}'`));
  all.push(place(rule, 'ID'));
  return all;
}

export const name = names('Name');
export const keywordInName = place('Name', 'Keyword');
export const segmentTarget = place('Segment', '[Named]', 'target');

export const qualifiedName = path('QualifiedName', 'Segment', 'Name');
export const word = path('Word', 'WordSegment', 'WordName');
export const eventTarget = path('EventTarget', 'EventTargetSegment', 'EventTargetName');
export const eventTargetName = eventTarget.firstName;
