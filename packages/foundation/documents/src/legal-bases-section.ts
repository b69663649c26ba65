/** What the controller has stated and attested, and what it has yet to. */
import { covers, purposesOf, statementsOf } from "@preau/contracts";
import { cell, clause, lines, moment, strong, table, unknown } from "./compose.ts";
import type { Cell, Gap } from "./document.ts";
import {
  type ControllerSource,
  concernedContracts,
  type FiledContract,
  placeOf,
  type Section,
  wordOf,
} from "./source.ts";
import { documentTexts } from "./texts.ts";

/** The legal basis of each purpose of each product of each open contract. */
export function legalBasesSection(source: ControllerSource): Section {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  const byAgreement = agreement.legalBasis?.setBy === "agreement";
  const gaps: Gap[] = [];
  const from = agreement.legalBasis?.clause ?? agreement.frame.contract;
  const rows = concernedContracts(source).flatMap((contract) =>
    purposesOf(agreement, contract).map(({ product, purpose }) => {
      const said = byAgreement
        ? agreement.purposes.find(({ id }) => id === purpose)?.legalBasis
        : file.bases.find(
            (each) => each.contract === contract.id && each.product === product && each.purpose === purpose,
          )?.legalBasis;
      const [what, of] = [
        wordOf(agreement.purposes, purpose, language),
        wordOf(agreement.products, product, language),
      ];
      if (said === undefined) gaps.push({ says: texts.gapBasis(what, of, contract.reference), clause: from });
      return [
        cell(what),
        cell(of),
        cell(contract.reference),
        cell(said === undefined ? unknown(texts.basisMissing) : texts.bases[said]),
        cell(clause(from)),
      ];
    }),
  );
  const titles = [texts.purpose, texts.product, texts.contract, texts.legalBasis, texts.clause] as const;
  return { blocks: [table(texts.basesOf, titles, rows, texts.noBases)], gaps };
}

/** What each open contract's controller has attested before any import. */
export function attestationSection(source: ControllerSource): Section {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const asked = statementsOf(agreement).length > 0;
  const from = agreement.attestation?.clause ?? agreement.frame.contract;
  const gaps: Gap[] = [];
  const rows = (asked ? concernedContracts(source) : []).map((contract) => {
    const { said, complete } = attestedBy(source, contract);
    if (!complete) gaps.push({ says: texts.gapAttestation(contract.reference), clause: from });
    return [cell(strong(contract.reference)), ...said, cell(clause(from))];
  });
  const titles = [texts.contract, texts.attestedOn, texts.statements, texts.clause] as const;
  return {
    blocks: [table(texts.attestation, titles, rows, asked ? texts.noBases : texts.noAttestation)],
    gaps,
  };
}

function attestedBy(
  source: ControllerSource,
  { id }: FiledContract,
): { readonly said: readonly [Cell, Cell]; readonly complete: boolean } {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  const found = file.attestations.find(({ contract }) => contract === id);
  if (found === undefined) return { said: [cell(unknown(texts.notAttested)), []], complete: false };
  const complete = covers(found, agreement);
  const known = agreement.attestation?.statements ?? [];
  const statements = lines(found.statements.map((each) => wordOf(known, each, language)));
  return {
    said: [
      cell(moment(found.attestedAt, placeOf(source).zone)),
      complete ? statements : [...statements, [unknown(texts.notCovering)]],
    ],
    complete,
  };
}
