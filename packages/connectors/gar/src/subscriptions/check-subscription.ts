/**
 * The GAR's rules RG1 to RG13, and the form of each field, before anything is sent: the service refuses what breaks them,
 * with less to say about it. The rules are as public clients report them (the service's own document is not public).
 */
import { localDate, startOfDay } from "@preau/calendar";
import { type Bilingual, millisOf } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type FindingCode, findingTexts } from "./finding-texts.ts";
import {
  audienceLicences,
  audiences,
  DISTRIBUTOR,
  licencesOf,
  type Subscription,
  type SubscriptionField,
} from "./subscription.ts";

export interface Finding {
  readonly code: FindingCode;
  /** `RG1` to `RG13`; `FORM` for the form of a field; `PREAU` for our own advice. */
  readonly rule: string;
  readonly field: SubscriptionField;
  /** `refused`: not sent. `advice`: sent all the same. */
  readonly level: "refused" | "advice";
  readonly says: Bilingual;
  readonly remedy: Bilingual;
}

/** What of the list of schools is at hand: the nature (`nature_uai`) by UAI of those asked for. */
export type KnownSchools = ReadonlyMap<string, { readonly nature: string }>;

type Report = (code: FindingCode, field: SubscriptionField) => void;
type Rule = (subscription: Subscription, report: Report, advise: Report, schools?: KnownSchools) => void;

/** Natures of the first degree: 101 nursery school, 151 primary school, and so on. */
const PRIMARY = /^1\d\d$/;
const MOST_YEARS = 10;
/** A school year ends with August. */
const SCHOOL_YEAR_END = "-08-31T23:59:59";
const LONGEST = {
  idAbonnement: 45,
  commentaireAbonnement: 255,
  idRessource: 1024,
  typeIdRessource: 50,
  libelleRessource: 255,
  codeProjetRessource: 50,
} as const;

const rules: readonly Rule[] = [
  checkForms,
  checkIdentifier,
  checkResource,
  checkLicences,
  checkAudiences,
  checkSchools,
  checkAssignment,
  checkEnd,
  checkPrimary,
];

/**
 * Every rule that a subscription breaks, and advice. Nothing with level `refused` may be sent. Without the list of schools
 * RG11 can be checked for natures alone, and where it matters an advice says so.
 */
export function checkSubscription(subscription: Subscription, schools?: KnownSchools): readonly Finding[] {
  const findings: Finding[] = [];
  const at =
    (level: Finding["level"]): Report =>
    (code, field) => {
      if (!findings.some((known) => known.code === code && known.field === field))
        findings.push({ code, field, level, ...findingTexts[code] });
    };
  for (const rule of rules) rule(subscription, at("refused"), at("advice"), schools);
  return findings;
}

/** A subscription that may not be sent: its findings are the `cause` of GAR_SUBSCRIPTION_INVALID. */
export class BrokenRules extends Error {
  override readonly name = "BrokenRules";
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super("broken rules");
    this.findings = findings;
  }
}

/** @throws GAR_SUBSCRIPTION_INVALID when one of them refuses */
export function assertSendable(findings: readonly Finding[]): void {
  const refused = findings.filter(({ level }) => level === "refused");
  if (refused.length === 0) return;
  const place = refused.map(({ rule, field }) => `${rule} ${field}`).join(", ");
  throw fault("GAR_SUBSCRIPTION_INVALID", { place, cause: new BrokenRules(findings) });
}

/** Whether RG11 turns on what the schools are: librarians are meant, and schools are named by UAI. */
export function needsSchools(subscription: Subscription): boolean {
  return meansLibrarians(subscription) && subscription.uaiEtab !== undefined;
}

/** FORM: emptiness, length and characters of texts. */
function checkForms(subscription: Subscription, report: Report): void {
  for (const [name, longest] of Object.entries(LONGEST)) {
    const field = name as keyof typeof LONGEST;
    const value = subscription[field];
    if (value === undefined) continue;
    if (value.trim() === "") report("fieldEmpty", field);
    if (Array.from(value).length > longest) report("fieldTooLong", field);
    if (!isOneLine(value)) report("fieldCharacters", field);
  }
}

/** RG12, RG13, and an identifier that can stand in a path: `/idAbonnement`. */
function checkIdentifier({ idAbonnement, idDistributeurCom }: Subscription, report: Report, advise: Report) {
  if (/^(?:abonnements|categorie)$/i.test(idAbonnement)) report("reservedWord", "idAbonnement");
  if (idAbonnement.startsWith("_")) report("reservedUnderscore", "idAbonnement");
  if (!/^[\p{L}\p{N}._~:@!$'()*+,;=-]*$/u.test(idAbonnement) || /^\.+$/.test(idAbonnement))
    report("identifierForm", "idAbonnement");
  if (/(?<!\d)\d{7}[A-Z](?![A-Z])/.test(idAbonnement)) advise("schoolInIdentifier", "idAbonnement");
  if (!DISTRIBUTOR.test(idDistributeurCom)) report("distributorForm", "idDistributeurCom");
}

function checkResource({ idRessource, typeIdRessource }: Subscription, report: Report): void {
  if (!/^ark:\/\d{5,}\/[^\s]+$/.test(idRessource)) report("resourceForm", "idRessource");
  if (typeIdRessource !== "ark") report("resourceForm", "typeIdRessource");
}

/** RG1, RG5, RG6. Zero licences are none. */
function checkLicences(subscription: Subscription, report: Report): void {
  const { nbLicenceGlobale, typeAffectation, publicCible } = subscription;
  const given = audienceLicences.filter((field) => subscription[field] !== undefined);
  const some = given.filter((field) => subscription[field] !== 0);
  for (const field of ["nbLicenceGlobale", ...given] as const)
    if (!isLicences(subscription[field])) report("licencesForm", field);
  const isTogether = nbLicenceGlobale !== undefined && nbLicenceGlobale !== 0;
  if (isTogether === some.length > 0) report("licencesNotOneWay", "nbLicenceGlobale");
  for (const field of some)
    if (!publicCible.includes(licencesOf[field])) report("licencesWithoutAudience", field);
  if (typeAffectation === "ETABL" && (nbLicenceGlobale === undefined || given.length > 0))
    report("schoolWideLicences", "nbLicenceGlobale");
}

function checkAudiences({ publicCible }: Subscription, report: Report): void {
  const known = publicCible.every((each) => (audiences as readonly string[]).includes(each));
  if (publicCible.length === 0 || !known || hasTwice(publicCible)) report("audienceForm", "publicCible");
}

/** RG2. */
function checkSchools({ uaiEtab = [], codeNatureUAI = [] }: Subscription, report: Report, _: Report): void {
  if (uaiEtab.length > 0 === codeNatureUAI.length > 0) report("schoolsNotOneWay", "uaiEtab");
  if (!uaiEtab.every((each) => /^\d{7}[A-Z]$/.test(each)) || hasTwice(uaiEtab))
    report("schoolForm", "uaiEtab");
  if (!codeNatureUAI.every((each) => /^\d{3}$/.test(each)) || hasTwice(codeNatureUAI))
    report("natureForm", "codeNatureUAI");
}

/** RG4. */
function checkAssignment({ categorieAffectation, typeAffectation }: Subscription, report: Report): void {
  if (categorieAffectation !== "transferable") report("category", "categorieAffectation");
  if (!["INDIV", "ETABL"].includes(typeAffectation)) report("assignmentType", "typeAffectation");
}

/** RG7 to RG10. */
function checkEnd(subscription: Subscription, report: Report): void {
  const { debutValidite, finValidite, anneeFinValidite } = subscription;
  const start = millisOfMoment(debutValidite);
  if (start === undefined) report("momentForm", "debutValidite");
  if ((finValidite === undefined) === (anneeFinValidite === undefined))
    report("endNotOneWay", finValidite === undefined ? "finValidite" : "anneeFinValidite");
  if (finValidite !== undefined) {
    const end = millisOfMoment(finValidite);
    if (end === undefined) report("momentForm", "finValidite");
    else if (start !== undefined && !isWithin(start, end)) report("endOutOfReach", "finValidite");
  }
  if (anneeFinValidite !== undefined) {
    const years = /^(\d{4})-(\d{4})$/.exec(anneeFinValidite);
    const end = years === null ? undefined : millisOfMoment(`${years[2] ?? ""}${SCHOOL_YEAR_END}`);
    if (years === null) report("endYearForm", "anneeFinValidite");
    else if (Number(years[2]) !== Number(years[1]) + 1 || end === undefined)
      report("endYearOutOfReach", "anneeFinValidite");
    else if (start !== undefined && !isWithin(start, end)) report("endYearOutOfReach", "anneeFinValidite");
  }
}

/** RG11. */
function checkPrimary(
  subscription: Subscription,
  report: Report,
  advise: Report,
  schools?: KnownSchools,
): void {
  const { uaiEtab = [], codeNatureUAI = [], publicCible } = subscription;
  const listed = uaiEtab.map((uai) => schools?.get(uai));
  if (schools !== undefined && listed.includes(undefined)) advise("schoolNotListed", "uaiEtab");
  if (!meansLibrarians(subscription)) return;
  if (schools === undefined && uaiEtab.length > 0) advise("primaryUnchecked", "uaiEtab");
  const natures = [...codeNatureUAI, ...listed.flatMap((school) => school?.nature ?? [])];
  if (natures.some((nature) => PRIMARY.test(nature)))
    report("primaryLibrarians", publicCible.includes("DOCUMENTALISTE") ? "publicCible" : "nbLicenceProfDoc");
}

function meansLibrarians({ publicCible, nbLicenceProfDoc }: Subscription): boolean {
  return publicCible.includes("DOCUMENTALISTE") || (nbLicenceProfDoc ?? 0) !== 0;
}

function isLicences(value: unknown): boolean {
  const isCount = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  return value === undefined || value === "ILLIMITE" || (isCount && value < 1e9);
}

function hasTwice(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}

/** What XML 1.0 can carry (§2.2: no half of a surrogate pair), without line breaks and other controls. */
function isOneLine(value: string): boolean {
  return !/[\p{Cc}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/u.test(value);
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?(Z|[+-]\d{2}:\d{2})?$/;
/** Whose clocks a moment without an offset is read on. */
const ZONE = "Europe/Paris";

/** Milliseconds of an ISO 8601 date and time; undefined when it is none, or does not exist. */
function millisOfMoment(text: string): number | undefined {
  const [, day = "", time = "", offset] = MOMENT.exec(text) ?? [];
  const plain = `${day}T${time}.000Z`;
  const millis = Date.parse(plain);
  // Date.parse takes the 30th of February for the 2nd of March, and hour 24 for the next day.
  if (Number.isNaN(millis) || new Date(millis).toISOString() !== plain) return undefined;
  try {
    const atMidnight = Date.parse(`${day}T00:00:00.000Z`);
    if (offset === undefined) return millisOf(startOfDay(ZONE, localDate(day))) + millis - atMidnight;
  } catch {
    return undefined; // a year that the calendar does not know
  }
  const exact = Date.parse(text);
  return Number.isNaN(exact) ? undefined : exact;
}

function isWithin(start: number, end: number): boolean {
  const last = new Date(start);
  last.setUTCFullYear(last.getUTCFullYear() + MOST_YEARS);
  return start < end && end <= last.getTime();
}
