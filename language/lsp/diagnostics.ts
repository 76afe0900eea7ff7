/** Findings as diagnostics, each with a link to the page of its rule. */
import type { DocumentValidator, LangiumDocument, ValidationOptions } from 'langium';
import { problems } from '../problems.ts';
import { rules } from '../rules/index.ts';
import { ArchDocumentValidator } from '../validation.ts';
import { findingsIn } from './file-findings.ts';
import { PAGES } from './pages.ts';
import type { LoadpathServices } from './services.ts';

type Diagnostics = Awaited<ReturnType<DocumentValidator['validateDocument']>>;

const ruleIds: ReadonlySet<string> = new Set(rules.map(({ meta }) => meta.id));

/** The findings of the language and of all rules, in the architectures that a file is part of. */
export class LoadpathValidator extends ArchDocumentValidator {
  constructor(services: LoadpathServices) {
    super(services, (document) => findingsIn(services, document).map(({ finding }) => finding));
  }

  override async validateDocument(
    document: LangiumDocument,
    options?: ValidationOptions,
    cancelToken?: Parameters<DocumentValidator['validateDocument']>[2],
  ): Promise<Diagnostics> {
    const diagnostics = await super.validateDocument(document, options, cancelToken);
    return diagnostics.map((diagnostic) => {
      const href = pageOf(String(diagnostic.code));
      return {
        ...diagnostic,
        ...(href ? { codeDescription: { href } } : {}),
        // Greys the comment out: 1 is `Unnecessary`.
        ...(diagnostic.code === 'suppression-unused' ? { tags: [1] } : {}),
      };
    });
  }
}

/** The page that explains a rule, or the one about what the language itself reports. */
export function pageOf(rule: string): string | undefined {
  if (ruleIds.has(rule)) return `${PAGES}/docs/rules/${rule}.md`;
  return Object.hasOwn(problems, rule) ? `${PAGES}/docs/language.md#${rule}` : undefined;
}
