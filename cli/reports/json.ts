/**
 * What all JSON reports share. They are versioned documents described by `docs/schema/`. Lines and columns count from 1, quantities
 * are in canonical units (seconds, bytes, requests per second, fractions, USD per hour), unknown figures are absent, and a figure
 * without limit is the string "Infinity", which `Number` in JavaScript and `float` in Python read.
 */
import type { Analysis, Finding, Requirement, Span } from '../../model/index.ts';
import type { Sources } from './sources.ts';

/** Raised when a property is removed or changes its meaning; new ones may appear at any time. */
export const JSON_VERSION = 1;

/** Two spaces, a final newline; what is undefined is left out, and what is not finite is a string. */
export function toJson(document: unknown): string {
  const encode = (_key: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return `${JSON.stringify(document, encode, 2)}\n`;
}

export function placeJson({ file, start, end }: Span, sources: Sources) {
  return {
    file: sources.path(file),
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}

export function findingJson(finding: Finding, sources: Sources) {
  const { rule, severity, message, subject, span, related = [], fixes = [] } = finding;
  return {
    rule,
    severity,
    message,
    subject,
    place: placeJson(span, sources),
    related: related.map((each) => ({ message: each.message, place: placeJson(each.span, sources) })),
    fixes: fixes.map(({ title, preferred = false }) => ({ title, preferred })),
  };
}

export function capacityJson({ limit, ...capacity }: Analysis['capacity'], sources: Sources) {
  if (limit?.type !== 'requirement') return { ...capacity, limit };
  return { ...capacity, limit: { type: limit.type, requirement: requirementJson(limit.requirement, sources) } };
}

export function requirementsJson({ requirements }: Analysis, sources: Sources) {
  return requirements.map(({ requirement, ...result }) => ({
    requirement: requirementJson(requirement, sources),
    ...result,
  }));
}

export function requirementJson({ metric, of, operator, limit, span }: Requirement, sources: Sources) {
  return { metric, of, operator, limit, place: placeJson(span, sources) };
}
