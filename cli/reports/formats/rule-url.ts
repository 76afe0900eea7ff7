/** Where a rule is documented. */
import { PAGES } from '../../../language/lsp/pages.ts';
import { problems } from '../../../language/problems.ts';
import { rules } from '../../../language/rules/index.ts';

const documented: ReadonlySet<string> = new Set(rules.map(({ meta }) => meta.id));

/** The page of a rule, or the one about what the language itself reports; nothing where there is none. */
export function ruleUrl(id: string): string | undefined {
  if (documented.has(id)) return `${PAGES}/docs/rules/${id}.md`;
  return Object.hasOwn(problems, id) ? `${PAGES}/docs/language.md#${id}` : undefined;
}
