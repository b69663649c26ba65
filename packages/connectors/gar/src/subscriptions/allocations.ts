/**
 * Allocation counts ("décompte des affectations"): how many persons a school has given a resource to. Numbers by school,
 * and no person.
 *
 *   GET /decompteaffectations?idAbonnement=… or ?codeProjetRessource=…
 *   UAI;idAbonnement;codeProjetRessource;idRessource;cumulAffectationEleve;cumulAffectationEnseignant;…   UTF-8
 */
import { fault } from "../errors.ts";
import { type Exchange, textOf } from "./https-exchange.ts";
import { answerFault } from "./service-refusal.ts";

export interface Allocation {
  /** `UAI`. */
  readonly uai: string;
  readonly idAbonnement: string;
  readonly codeProjetRessource: string;
  readonly idRessource: string;
  /** `cumulAffectationEleve`. */
  readonly pupils: number;
  /** `cumulAffectationEnseignant`. */
  readonly teachers: number;
  /** `cumulAffectationDocumentaliste`. */
  readonly librarians: number;
  /** `cumulAffectationAutrePersonnel`. */
  readonly otherStaff: number;
}

/** One subscription, or all of a project. */
export type AllocationQuery = { readonly idAbonnement: string } | { readonly codeProjetRessource: string };

const columns = {
  UAI: "uai",
  idAbonnement: "idAbonnement",
  codeProjetRessource: "codeProjetRessource",
  idRessource: "idRessource",
} as const;
const counts = {
  cumulAffectationEleve: "pupils",
  cumulAffectationEnseignant: "teachers",
  cumulAffectationDocumentaliste: "librarians",
  cumulAffectationAutrePersonnel: "otherStaff",
} as const;

const MOST_BYTES = 16_777_216;

/**
 * Asks the service of counts.
 * @param url address of that service
 * @throws what `Exchange` throws, GAR_SUBSCRIPTION_REFUSED, GAR_SUBSCRIPTION_UNKNOWN, GAR_SUBSCRIPTION_ANSWER_UNREADABLE
 */
export async function fetchAllocations(
  exchange: Exchange,
  url: string,
  query: AllocationQuery,
): Promise<readonly Allocation[]> {
  const asked = new URL(url);
  asked.pathname = `${asked.pathname.replace(/\/+$/, "")}/decompteaffectations`;
  asked.search = new URLSearchParams(query).toString();
  const answer = await exchange({ method: "GET", url: asked, accept: "text/csv", most: MOST_BYTES });
  const text = await textOf(answer);
  if (answer.status === 204) return [];
  if (answer.status !== 200) throw answerFault(answer.status, text);
  return parseAllocations(text);
}

/** Columns are found by their names, whatever their order. @throws GAR_SUBSCRIPTION_ANSWER_UNREADABLE with the line */
export function parseAllocations(text: string): readonly Allocation[] {
  const [header, ...lines] = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const names = cells(header ?? "");
  for (const name of [...Object.keys(columns), ...Object.keys(counts)])
    if (!names.includes(name)) throw unreadable(`no column ${name}`);
  return lines.flatMap((line, at) => {
    if (line.trim() === "") return [];
    const values = cells(line);
    if (values.length !== names.length) throw unreadable(`line ${at + 2}: ${values.length} cells`);
    const valueOf = (name: string) => values[names.indexOf(name)] ?? "";
    const texts = Object.entries(columns).map(([name, field]) => [field, textIn(valueOf(name))]);
    const numbers = Object.entries(counts).map(([name, field]) => [field, countIn(valueOf(name), at + 2)]);
    return [Object.fromEntries([...texts, ...numbers]) as Allocation];
  });
}

/** Identifiers and numbers: no cell holds a separator, so quotes say nothing. */
function cells(line: string): readonly string[] {
  return line.split(";").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

/** Where there is no project the service may write so. */
function textIn(text: string): string {
  return text === "null" ? "" : text;
}

function countIn(text: string, line: number): number {
  if (!/^\d{0,9}$/.test(text)) throw unreadable(`line ${line}: no number`);
  return Number(text);
}

function unreadable(place: string) {
  return fault("GAR_SUBSCRIPTION_ANSWER_UNREADABLE", { place });
}
