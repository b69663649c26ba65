/**
 * Profiles of the GAR (PRO) and the roles that the agreement knows. The nomenclature is compared without regard to
 * case: the GAR writes `National_ens`, other feeds `National_ENS`. A profile that stands here for no role gives no
 * role at all: the least privilege, never "not a pupil, so a teacher". @clause D4.1
 */
import type { ReceivedAttributes } from "./attributes.ts";
import { parseGarAttributes } from "./attributes.ts";

/** Words of the agreement's annex B, by profile. Other profiles: direction, office, school life, local authority… */
export const defaultRoles: Readonly<Record<string, string>> = {
  National_ens: "teacher",
  National_doc: "teacher",
  National_elv: "pupil",
};

/** Asked of the gate where a profile has no role, so that the agreement itself says which clause leaves it out. */
export const noRole = "none";

/** The role of the agreement for the profile received; `none` for a profile that has none, is missing or is double. */
export function roleOf(received: ReceivedAttributes, roles: Readonly<Record<string, string>>): string {
  const { profile } = parseGarAttributes(new Map([["PRO", received.get("PRO") ?? []]]));
  const found = Object.entries(roles).find(([name]) => name.toLowerCase() === profile);
  return found?.[1] ?? noRole;
}
