import { formatQuantity, type Value } from '../../model/index.ts';

/** A value of the model as people read it; undefined for a block, which has no value. */
export function valueText(value: Value): string | undefined {
  switch (value.type) {
    case 'quantity':
      return formatQuantity(value.amount, value.dimension);
    case 'range':
      return `${formatQuantity(value.from, value.dimension)} to ${formatQuantity(value.to, value.dimension)}`;
    case 'string':
      return `"${value.text}"`;
    case 'boolean':
      return String(value.value);
    case 'word':
      return value.word;
    case 'reference':
      return value.path;
    case 'list':
      return `[${value.items.map((item) => valueText(item) ?? '').join(', ')}]`;
    case 'block':
      return undefined;
  }
}
