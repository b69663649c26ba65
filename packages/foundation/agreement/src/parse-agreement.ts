/** `agreement.yaml` read and checked: form first (every fault of it at once), then what the rules cite. */
import type { Agreement } from "./agreement.ts";
import { checkReferences } from "./check-references.ts";
import { clauseIds } from "./clause-ids.ts";
import { AgreementInvalid, inOrder } from "./diagnostic.ts";
import { formFaults } from "./form-faults.ts";
import { agreementSchema } from "./schema.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

export interface ParseOptions {
  /** Name that diagnostics give the file. */
  readonly file: string;
  /** Ids that rules may cite: the headings of the text. The clauses shipped with the product when absent. */
  readonly clauses?: ReadonlySet<string>;
  readonly texts?: Agreement["texts"];
}

/** An agreement with the places of its YAML, so that what is said of it can point there. */
export interface LocatedAgreement {
  readonly agreement: Agreement;
  readonly source: YamlSource;
}

/**
 * The agreement that a YAML text holds, frozen.
 * @throws AGREEMENT_INVALID (`AgreementInvalid`, with its diagnostics)
 */
export function parseAgreement(yamlText: string, options: ParseOptions): Agreement {
  return locateAgreement(yamlText, options).agreement;
}

/**
 * The same, with its source.
 * @throws AGREEMENT_INVALID (`AgreementInvalid`, with its diagnostics)
 */
export function locateAgreement(yamlText: string, options: ParseOptions): LocatedAgreement {
  const { rules, source } = readForm(yamlText, options.file);
  const agreement: Agreement = { ...rules, texts: options.texts ?? {} };
  const faults = checkReferences(agreement, source, options.clauses ?? clauseIds);
  if (faults.length > 0) throw new AgreementInvalid(inOrder(faults));
  return { agreement: deepFreeze(agreement), source };
}

/**
 * The rules alone, of the right form; what they cite is not looked up.
 * @throws AGREEMENT_INVALID (`AgreementInvalid`, with its diagnostics)
 */
export function readForm(yamlText: string, file: string) {
  const source = readYaml(yamlText, file);
  const read = agreementSchema.safeParse(source.value);
  if (read.success) return { rules: read.data, source };
  throw new AgreementInvalid(inOrder(read.error.issues.flatMap((issue) => formFaults(issue, source))));
}

/** Freezes a tree (YAML without aliases makes no cycle), also below what the schema has frozen already. */
function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
