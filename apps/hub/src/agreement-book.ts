/** A document of clauses with all that can be said of it: the agreement in force, or the policy on samples. */
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Accepted,
  type Agreement,
  agreementHash,
  type Chain,
  checkAgreementFolder,
  type Diagnostic,
  readAgreementFolder,
  samplesFolder,
} from "@preau/agreement";
import type { Config } from "./config.ts";
import { readAgreement, readAgreementFiles } from "./read-agreement.ts";

export interface AgreementBook {
  readonly agreement: Agreement;
  /** `sha256:…` */
  readonly hash: string;
  /** True for somebody's own: an id that the product's list has may stand for something else in it. */
  readonly foreign: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly chains: readonly Chain[];
  readonly accepted: readonly Accepted[];
}

/**
 * The agreement in force, then the policy on samples that ships with the product.
 * @throws HUB_FILE_UNREADABLE, AGREEMENT_INVALID
 */
export function readBooks(
  config: Pick<Config, "agreement" | "folder">,
): readonly [AgreementBook, ...AgreementBook[]] {
  const folder = config.agreement && path.resolve(config.folder, config.agreement);
  const shipped = agreementHash(readAgreement(undefined));
  const inForce = readBook(folder);
  return [
    { ...inForce, foreign: inForce.hash !== shipped },
    { ...readBook(fileURLToPath(samplesFolder)), foreign: false },
  ];
}

function readBook(folder: string | undefined): Omit<AgreementBook, "foreign"> {
  const files = readAgreementFiles(folder);
  const agreement = readAgreementFolder(files);
  const { diagnostics, chains, accepted } = checkAgreementFolder(files);
  return { agreement, hash: agreementHash(agreement), diagnostics, chains, accepted };
}
