/** Values of properties as people read them. */
import { formatQuantity, type Value } from '../../../model/index.ts';

/** `16 GB`, `2..20`, `"m5.large"`, `[us, eu]`. */
export function valueText(value: Value): string {
  switch (value.type) {
    case 'quantity':
      return formatQuantity(value.amount, value.dimension);
    case 'range':
      return `${formatQuantity(value.from, value.dimension)}..${formatQuantity(value.to, value.dimension)}`;
    case 'string':
      return JSON.stringify(value.text);
    case 'boolean':
      return String(value.value);
    case 'word':
      return value.word;
    case 'reference':
      return value.path;
    case 'list':
      return `[${value.items.map(valueText).join(', ')}]`;
    case 'block':
      return '{}';
  }
}
