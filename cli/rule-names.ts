/** Rules named on the command line. */
import type { Rule } from '../language/rules/rule.ts';
import { nearest } from '../model/index.ts';
import { UsageError } from './usage-error.ts';

/** The rule of that id among these. Throws `UsageError` with the nearest id if there is none. */
export function getRule(rules: readonly Rule[], id: string): Rule {
  const rule = rules.find(({ meta }) => meta.id === id);
  if (rule) return rule;
  const near = nearest(
    id,
    rules.map(({ meta }) => meta.id),
  );
  const hint = near ? `did you mean '${near}'?` : "'loadpath rules' lists all.";
  throw new UsageError(`There is no rule '${id}'; ${hint}`);
}
