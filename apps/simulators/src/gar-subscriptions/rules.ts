/**
 * The rules of the service, RG1 to RG13, as public clients report them. Written apart from the connector's, so that each
 * finds what the other has misread.
 */
import { type GarSchool, isPrimary } from "../gar/schools.ts";
import { millisOfMoment } from "./paris-time.ts";
import type { FieldName, Fields } from "./read-subscription.ts";
import { refuse } from "./service-error.ts";

export interface RuleContext {
  readonly schools: readonly GarSchool[];
  /** What the service has under this identifier, when the subscription is an update. */
  readonly before?: Fields | undefined;
}

const PUBLICS = {
  nbLicenceEnseignant: "ENSEIGNANT",
  nbLicenceEleve: "ELEVE",
  nbLicenceProfDoc: "DOCUMENTALISTE",
  nbLicenceAutrePersonnel: "AUTRE PERSONNEL",
} as const;
type LicenceField = keyof typeof PUBLICS;
const licenceFields = Object.keys(PUBLICS) as readonly LicenceField[];

const REQUIRED = [
  "idAbonnement",
  "idDistributeurCom",
  "idRessource",
  "typeIdRessource",
  "libelleRessource",
  "debutValidite",
  "categorieAffectation",
  "typeAffectation",
  "publicCible",
] as const satisfies readonly FieldName[];

const MOST_YEARS = 10;

/** The first rule that is broken refuses. @throws ServiceError 400, its code the rule's name */
export function checkRules(fields: Fields, context: RuleContext): void {
  const missing = REQUIRED.find((name) => fields[name] === undefined);
  if (missing !== undefined) refuse("OBLIGATOIRE", `${missing} est obligatoire`);
  checkIdentifiers(fields);
  checkLicences(fields);
  checkPublics(fields);
  checkEnd(fields);
  if (context.before === undefined) checkSchools(fields, context.schools);
  else checkUnchanged(fields, context.before);
  checkPrimary(fields, context);
}

/** RG3, RG12, RG13, and the resource. */
function checkIdentifiers(fields: Fields): void {
  const id = only(fields, "idAbonnement");
  if (["abonnements", "categorie"].includes(id)) refuse("RG12", "idAbonnement est un mot reserve");
  if (id.startsWith("_")) refuse("RG13", "idAbonnement ne peut commencer par _");
  if (/\s/.test(id)) refuse("SCHEMA", "idAbonnement contient un espace");
  if (!/^[0-9]{9}_[0-9]{16}$/.test(only(fields, "idDistributeurCom"))) {
    refuse("RG3", "idDistributeurCom doit etre SIREN_ISNI");
  }
  if (
    only(fields, "typeIdRessource").toLowerCase() !== "ark" ||
    !only(fields, "idRessource").startsWith("ark:/")
  ) {
    refuse("RESSOURCE", "idRessource doit etre un ARK, et typeIdRessource ark");
  }
}

/** RG1, RG4, RG5, RG6. Zero licences are none. */
function checkLicences(fields: Fields): void {
  if (only(fields, "categorieAffectation") !== "transferable") {
    refuse("RG4", "categorieAffectation doit etre transferable");
  }
  const kind = only(fields, "typeAffectation");
  if (kind !== "INDIV" && kind !== "ETABL") refuse("RG4", "typeAffectation doit etre INDIV ou ETABL");
  for (const name of [...licenceFields, "nbLicenceGlobale"] as const) {
    if (!/^(?:\d+|ILLIMITE)$/.test(fields[name]?.[0] ?? "0"))
      refuse("RG1", `${name} : un nombre, ou ILLIMITE`);
  }
  const byPublic = licenceFields.filter((name) => isSome(fields, name));
  if (isSome(fields, "nbLicenceGlobale") === byPublic.length > 0) {
    refuse("RG1", "nbLicenceGlobale, ou des licences par public, et non les deux");
  }
  const without = byPublic.find((name) => !(fields.publicCible ?? []).includes(PUBLICS[name]));
  if (without !== undefined) refuse("RG5", `${without} demande publicCible ${PUBLICS[without]}`);
  if (kind === "ETABL" && licenceFields.some((name) => fields[name] !== undefined)) {
    refuse("RG6", "ETABL n'admet que nbLicenceGlobale");
  }
}

function checkPublics({ publicCible = [] }: Fields): void {
  const known: readonly string[] = Object.values(PUBLICS);
  const wrong = publicCible.some((each) => !known.includes(each));
  if (wrong || new Set(publicCible).size !== publicCible.length) {
    refuse("PUBLIC", "publicCible est inconnu, ou repete");
  }
}

/** RG7 to RG10. */
function checkEnd(fields: Fields): void {
  const [begin, end, year] = [
    fields.debutValidite?.[0],
    fields.finValidite?.[0],
    fields.anneeFinValidite?.[0],
  ];
  const from = millisOfMoment(begin ?? "");
  if (from === undefined) return refuse("DATE", "debutValidite n'est pas une date ISO 8601");
  if ((end === undefined) === (year === undefined))
    refuse("RG9", "finValidite ou anneeFinValidite, et non les deux");
  if (year !== undefined) {
    checkYear(year, from);
    return;
  }
  const until = millisOfMoment(end ?? "");
  if (until === undefined) return refuse("DATE", "finValidite n'est pas une date ISO 8601");
  const limit = new Date(from);
  limit.setUTCFullYear(limit.getUTCFullYear() + MOST_YEARS);
  if (until <= from || until > limit.getTime())
    refuse("RG8", "finValidite suit debutValidite, dans les 10 ans");
}

function checkYear(year: string, from: number): void {
  const [, first, second] = /^(\d{4})-(\d{4})$/.exec(year) ?? [];
  if (first === undefined || second === undefined) return refuse("RG10", "anneeFinValidite : 2026-2027");
  const begun = new Date(from).getUTCFullYear();
  if (Number(second) !== Number(first) + 1 || Number(second) < begun || Number(second) > begun + MOST_YEARS) {
    refuse("RG7", "anneeFinValidite est une annee scolaire, dans les 10 ans");
  }
}

/** RG2, and schools that exist. */
function checkSchools(fields: Fields, schools: readonly GarSchool[]): void {
  const { uaiEtab = [], codeNatureUAI } = fields;
  if (uaiEtab.length > 0 === (codeNatureUAI !== undefined)) {
    refuse("RG2", "uaiEtab ou codeNatureUAI, et non les deux");
  }
  if (new Set(uaiEtab).size !== uaiEtab.length) refuse("UAI", "un uaiEtab est repete");
  if (uaiEtab.some((uai) => !schools.some((school) => school.uai === uai))) {
    refuse("UAI", "un uaiEtab est inconnu");
  }
  if (naturesOf(fields).some((nature) => !/^\d{3}$/.test(nature))) refuse("UAI", "codeNatureUAI est inconnu");
}

/** An update has no schools, and the very beginning that stands there. */
function checkUnchanged(fields: Fields, before: Fields): void {
  if (fields.uaiEtab !== undefined) refuse("MODIFICATION", "uaiEtab ne se modifie pas");
  const same = (name: FieldName) => only(fields, name) === only(before, name);
  for (const name of ["idDistributeurCom", "idRessource"] as const) {
    if (!same(name)) refuse("MODIFICATION", `${name} ne se modifie pas`);
  }
  if (fields.codeNatureUAI !== undefined && !same("codeNatureUAI")) {
    refuse("MODIFICATION", "codeNatureUAI ne se modifie pas");
  }
  if (millisOfMoment(only(fields, "debutValidite")) !== millisOfMoment(only(before, "debutValidite"))) {
    refuse("MODIFICATION", "debutValidite ne se modifie pas");
  }
}

/** RG11: no teacher-librarians in schools of the first degree. */
function checkPrimary(fields: Fields, { schools, before }: RuleContext): void {
  const meant = fields.publicCible?.includes("DOCUMENTALISTE") === true || isSome(fields, "nbLicenceProfDoc");
  const where = before ?? fields;
  const named = schools.filter(({ uai }) => where.uaiEtab?.includes(uai));
  if (meant && (named.some(isPrimary) || naturesOf(where).some((nature) => nature.startsWith("1")))) {
    refuse("RG11", "pas de documentalistes dans le premier degre");
  }
}

/** `codeNatureUAI`: one element, codes with commas between. */
export function naturesOf({ codeNatureUAI }: Fields): readonly string[] {
  return codeNatureUAI?.[0]?.split(",").map((each) => each.trim()) ?? [];
}

/** Whether there are licences of this kind. */
function isSome(fields: Fields, name: LicenceField | "nbLicenceGlobale"): boolean {
  return !/^0*$/.test(fields[name]?.[0] ?? "");
}

function only(fields: Fields, name: FieldName): string {
  return fields[name]?.[0] ?? "";
}
