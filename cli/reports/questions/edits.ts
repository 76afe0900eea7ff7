/** Edits of the model as the lines that one would write. */
import type { Edit } from '../../../model/index.ts';

/** One line for each edit: `web.app { replicas: 10 }`, `cache feed { engine: redis }`, `web.app -> feed : reads 3`. */
export function editLines(edits: readonly Edit[]): readonly string[] {
  return edits.map(editLine);
}

function editLine(edit: Edit): string {
  switch (edit.type) {
    case 'setProperty': {
      const text = `${edit.component} { ${propertyText(edit.name, edit.value)} }`;
      return edit.request === undefined ? text : `request ${edit.request} { ${text} }`;
    }
    case 'removeProperty':
      return `${edit.component} without '${edit.name}'`;
    case 'setConnectionProperty':
      return `${edit.connection} { ${propertyText(edit.name, edit.value)} }`;
    case 'addComponent': {
      const properties = edit.properties.map(([name, value]) => propertyText(name, value)).join(', ');
      const where = edit.container === undefined ? '' : ` in ${edit.container}`;
      const base = edit.extends === undefined ? '' : ` extends ${edit.extends}`;
      const body = properties === '' ? '' : ` { ${properties} }`;
      return `${edit.kind} ${edit.name}${base}${body}${where}`;
    }
    case 'moveComponent':
      return `${edit.component} in ${edit.container ?? 'no container'}`;
    case 'removeComponent':
      return `without ${edit.component}`;
    case 'addConnection': {
      const properties = (edit.properties ?? []).map(([name, value]) => propertyText(name, value)).join(', ');
      const text = `${edit.from} -> ${edit.to}${edit.flow ? ` : ${edit.flow}` : ''}${properties ? ` { ${properties} }` : ''}`;
      return edit.request === undefined ? text : `request ${edit.request} { ${text} }`;
    }
    case 'removeConnection':
      return `without ${edit.connection}`;
    case 'reconnect':
      return `${edit.connection} ${edit.end === 'to' ? 'leads to' : 'comes from'} ${edit.component}`;
    case 'replaceText':
      return edit.text;
  }
}

function propertyText(name: string, value: string): string {
  const [block, inner] = name.split('.');
  return inner === undefined ? `${name}: ${value}` : `${block} { ${inner}: ${value} }`;
}
