/** Edits of the model as the lines that one would write. */
import type { Edit } from '../../../model/index.ts';

/** One line for each edit: `web.app { replicas: 10 }`, `cache feed { engine: redis }`, `web.app -> feed : reads 3`. */
export function editLines(edits: readonly Edit[]): readonly string[] {
  return edits.map(editLine);
}

function editLine(edit: Edit): string {
  switch (edit.type) {
    case 'setProperty':
      return `${edit.component} { ${propertyText(edit.name, edit.value)} }`;
    case 'removeProperty':
      return `${edit.component} without '${edit.name}'`;
    case 'setConnectionProperty':
      return `${edit.connection} { ${propertyText(edit.name, edit.value)} }`;
    case 'addComponent': {
      const properties = edit.properties.map(([name, value]) => propertyText(name, value)).join(', ');
      const where = edit.container === undefined ? '' : ` in ${edit.container}`;
      return `${edit.kind} ${edit.name} { ${properties} }${where}`;
    }
    case 'moveComponent':
      return `${edit.component} in ${edit.container ?? 'no container'}`;
    case 'addConnection':
      return `${edit.from} -> ${edit.to}${edit.flow ? ` : ${edit.flow}` : ''}`;
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
