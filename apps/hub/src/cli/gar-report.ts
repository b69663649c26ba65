/** What `preau gar subscriptions` shows: tables, findings, the words of the service. */
import {
  type Allocation,
  BrokenRules,
  type Finding,
  type ListedSubscription,
  refusalBehind,
  type School,
} from "@preau/gar/subscriptions";
import { isFault, type Language } from "@preau/kernel";
import { alignedTable } from "./aligned-table.ts";
import { garTexts } from "./gar-texts.ts";

export function subscriptionsTable(all: readonly ListedSubscription[], language: Language): string {
  const rows = all.map((each) => [
    each.idAbonnement,
    each.libelleRessource ?? "",
    each.codeNatureUAI ?? schoolsOf(each),
    dayOf(each.debutValidite),
    each.finValidite === undefined ? (each.anneeFinValidite ?? "") : dayOf(each.finValidite),
    audiencesOf(each),
  ]);
  return table([garTexts[language].columns, ...rows]);
}

export function schoolsTable(schools: readonly School[], language: Language): string {
  const rows = schools.map(({ uai, nature, natureLabel, name, patronym, postalCode, city, ent }) => [
    uai,
    `${nature} ${natureLabel}`.trim(),
    name.toUpperCase().includes(patronym.toUpperCase()) ? name : `${name} ${patronym}`.trim(),
    `${postalCode} ${city}`.trim(),
    ent,
  ]);
  return table([garTexts[language].schoolColumns, ...rows]);
}

export function allocationsTable(all: readonly Allocation[], language: Language): string {
  const rows = all.map((each) => [
    each.uai,
    each.idAbonnement,
    each.codeProjetRessource,
    ...[each.pupils, each.teachers, each.librarians, each.otherStaff].map(String),
  ]);
  return table([garTexts[language].allocationColumns, ...rows]);
}

/** One line a finding: where, rule, field, what is wrong, what to do. */
export function findingsText(
  findings: readonly Finding[],
  placeOf: (field: string) => string,
  language: Language,
): string {
  return findings
    .map(
      ({ rule, field, says, remedy }) =>
        `${placeOf(field)}  ${rule} ${field}  ${says[language]} ${remedy[language]}\n`,
    )
    .join("");
}

/** A failure as the answer's document; undefined when it is no answer but a trouble. */
export function failureJson(error: unknown): Readonly<Record<string, unknown>> | undefined {
  if (isFault(error) && error.cause instanceof BrokenRules)
    return { outcome: "invalid", error: error.code, findings: error.cause.findings };
  const refusal = refusalBehind(error);
  if (!isFault(error) || error.exit !== 1) return undefined;
  return {
    outcome: "refused",
    error: error.code,
    ...(refusal === undefined
      ? {}
      : { status: refusal.status, code: refusal.serviceCode, message: refusal.serviceMessage }),
  };
}

function schoolsOf({ uaiEtab }: ListedSubscription): string {
  const [first = "", ...others] = uaiEtab;
  return others.length === 0 ? first : `${first} +${others.length}`;
}

function audiencesOf(each: ListedSubscription): string {
  if (each.nbLicenceGlobale !== undefined) return `${each.nbLicenceGlobale}: ${each.publicCible.join(", ")}`;
  const counts = [
    ["ENSEIGNANT", each.nbLicenceEnseignant],
    ["ELEVE", each.nbLicenceEleve],
    ["DOCUMENTALISTE", each.nbLicenceProfDoc],
    ["AUTRE PERSONNEL", each.nbLicenceAutrePersonnel],
  ];
  return counts
    .flatMap(([audience, count]) => (count === undefined ? [] : [`${audience ?? ""} ${count}`]))
    .join(", ");
}

export function dayOf(moment: string | undefined): string {
  return moment?.slice(0, 10) ?? "";
}

/** What comes from outside moves no cursor. */
function table(rows: readonly (readonly string[])[]): string {
  return alignedTable(rows.map((row) => row.map((cell) => cell.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, " "))));
}
