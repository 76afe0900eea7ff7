/** Findings as diagnostics of Langium's build; by themselves those of a file that is compiled as a root, without rules. */
import { type DocumentValidator, interruptAndCheck, type LangiumDocument, type ValidationOptions } from 'langium';
import type { Finding, Severity } from '../model/index.ts';
import { compile } from './compile.ts';
import type { ArchServices } from './module.ts';

type Diagnostic = NonNullable<LangiumDocument['diagnostics']>[number];
type CancellationToken = Parameters<DocumentValidator['validateDocument']>[2];

/** All findings in a file, those of the rules included. */
export type Check = (document: LangiumDocument) => readonly Finding[];

/** What a diagnostic carries for quick fixes. */
export interface DiagnosticData {
  readonly code: string;
  readonly fixes?: Finding['fixes'];
  readonly subject?: Finding['subject'];
}

/** Replaces Langium's validator: nothing but findings becomes a diagnostic, so that editor and command line say the same. */
export class ArchDocumentValidator implements DocumentValidator {
  private readonly check: Check;

  constructor(services: ArchServices, check: Check = (document) => compile(services, document).findings) {
    this.check = check;
  }

  async validateDocument(
    document: LangiumDocument,
    _options?: ValidationOptions,
    cancelToken?: CancellationToken,
  ): Promise<Diagnostic[]> {
    if (cancelToken) await interruptAndCheck(cancelToken);
    const file = document.uri.toString();
    return this.check(document)
      .filter(({ span }) => span.file === file)
      .map(toDiagnostic);
  }
}

/** A finding as a diagnostic; related places become related information. */
export function toDiagnostic(finding: Finding): Diagnostic {
  const { rule, message, span, severity, related, fixes, subject } = finding;
  const data: DiagnosticData = {
    code: rule,
    ...(fixes ? { fixes } : {}),
    ...(subject === undefined ? {} : { subject }),
  };
  return {
    range: toRange(span),
    message,
    severity: SEVERITIES[severity],
    source: 'loadpath',
    code: rule,
    data,
    ...(related
      ? {
          relatedInformation: related.map((place) => ({
            message: place.message,
            location: { uri: place.span.file, range: toRange(place.span) },
          })),
        }
      : {}),
  };
}

const SEVERITIES: Readonly<Record<Severity, 1 | 2 | 3>> = { error: 1, warning: 2, info: 3 };

function toRange({ start, end }: Finding['span']): Diagnostic['range'] {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}
