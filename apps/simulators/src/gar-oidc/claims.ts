/**
 * A person's claims under the GAR's attribute names. Lists and single values are mixed as suppliers report them, and
 * "no value" is spelled in each way that was seen: null, `null`, `None`, or the claim is not there.
 */
import { createHash } from "node:crypto";
import type { GarPerson } from "../gar/people.ts";

const ALWAYS_LISTS = new Set(["PRE", "DIV", "GRO", "DIV_APP", "E_MS1", "E_MS4", "P_MS4"]);
const PROFILES: Readonly<Record<string, string>> = {
  National_elv: "ELE",
  National_ens: "ENS",
  National_doc: "DOC",
  National_dir: "DIR",
};

export function claimsOf(person: GarPerson): Record<string, unknown> {
  const claims: Record<string, unknown> = { P_MEL: null, CIV: "null", P_MAT: "None" };
  for (const [name, values] of Object.entries(person.attributes)) {
    if (values.length > 0) claims[name] = values.length > 1 || ALWAYS_LISTS.has(name) ? values : values[0];
  }
  const kind = PROFILES[person.profile];
  return kind === undefined ? claims : { ...claims, typProfil: kind };
}

/** `sub`: pairwise (OpenID Connect Core §8.1), so that two services cannot compare. Not the IDO, which is a claim. */
export function subjectOf(person: GarPerson, clientId: string): string {
  return createHash("sha256").update(`sub ${clientId} ${person.ido}`).digest("base64url");
}
