/**
 * A subscription (*abonnement*): which resource, for which schools, for whom, until when. The names are the wire's own, so
 * that a file, an error of the service and its documents speak of the same thing.
 *
 *   abonnement = idAbonnement commentaireAbonnement? idDistributeurCom idRessource typeIdRessource libelleRessource
 *                debutValidite (finValidite | anneeFinValidite) (uaiEtab+ | codeNatureUAI) categorieAffectation
 *                typeAffectation (nbLicenceGlobale | nbLicenceEnseignant? nbLicenceEleve? nbLicenceProfDoc?
 *                nbLicenceAutrePersonnel?) publicCible+ codeProjetRessource?
 */
import { z } from "zod";
import { fault } from "../errors.ts";

/** `publicCible`: for whom. Parents are no audience of the GAR. */
export const audiences = ["ENSEIGNANT", "ELEVE", "DOCUMENTALISTE", "AUTRE PERSONNEL"] as const;
export type Audience = (typeof audiences)[number];

/** `nbLicence…`: how many persons, or no limit. */
export type Licences = number | "ILLIMITE";

/** Which licences are whose, in the order of the wire. */
export const licencesOf = {
  nbLicenceEnseignant: "ENSEIGNANT",
  nbLicenceEleve: "ELEVE",
  nbLicenceProfDoc: "DOCUMENTALISTE",
  nbLicenceAutrePersonnel: "AUTRE PERSONNEL",
} as const satisfies Readonly<Record<string, Audience>>;
export type AudienceLicences = keyof typeof licencesOf;
export const audienceLicences = Object.keys(licencesOf) as readonly AudienceLicences[];

/** `idDistributeurCom`: SIREN, underscore, ISNI (zeros where there is none). */
export const DISTRIBUTOR = /^\d{9}_\d{16}$/;

export interface Subscription extends Readonly<Partial<Record<AudienceLicences, Licences>>> {
  /** `idAbonnement`: chosen by the distributor, unique for ever, 45 characters at most; it stands in addresses. */
  readonly idAbonnement: string;
  /** `commentaireAbonnement`: free text, 255 characters at most. */
  readonly commentaireAbonnement?: string;
  /** `idDistributeurCom`: who sells it. */
  readonly idDistributeurCom: string;
  /** `idRessource`: the ARK of the ScoLOMFR notice, `ark:/46173/00001`. */
  readonly idRessource: string;
  /** `typeIdRessource`: `ark`. */
  readonly typeIdRessource: string;
  /** `libelleRessource`: the notice's title, 255 characters at most. */
  readonly libelleRessource: string;
  /** `debutValidite`: `2026-09-01T00:00:00`, with or without an offset. An update sends the first one again. */
  readonly debutValidite: string;
  /** `finValidite`: the same form. Either this or `anneeFinValidite`. */
  readonly finValidite?: string;
  /** `anneeFinValidite`: the school year in which it ends, `2026-2027`. */
  readonly anneeFinValidite?: string;
  /** `uaiEtab`, repeated: the schools. Either these or `codeNatureUAI`. */
  readonly uaiEtab?: readonly string[];
  /** `codeNatureUAI`, joined by commas: all schools of these natures; 151 is the primary school, 340 the collège. */
  readonly codeNatureUAI?: readonly string[];
  /** `categorieAffectation`: `transferable`. */
  readonly categorieAffectation: string;
  /** `typeAffectation`: `INDIV` (persons are named, the usual one) or `ETABL` (the school as a whole). */
  readonly typeAffectation: string;
  /** `nbLicenceGlobale`: licences for all audiences together. Either this or licences by audience. */
  readonly nbLicenceGlobale?: Licences;
  /** `publicCible`, repeated: for whom. */
  readonly publicCible: readonly string[];
  /** `codeProjetRessource`: a project that groups subscriptions, 50 characters at most. */
  readonly codeProjetRessource?: string;
}

/** A field of a subscription, by its name on the wire. */
export type SubscriptionField = keyof Subscription;

const licences = z.union([z.number(), z.literal("ILLIMITE")]);
const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const text = z.string();

/**
 * What a person writes, as YAML or JSON: the wire's names, one value or a list where the wire repeats. Left out, the
 * distributor is that of the options, the type `ark` and the category `transferable`. A day alone is its first moment in
 * `debutValidite`, its last second in `finValidite`. Only the shape is read here; the rules are `checkSubscription`.
 */
const subscriptionFile = z.strictObject({
  idAbonnement: text,
  commentaireAbonnement: text.optional(),
  idDistributeurCom: text.optional(),
  idRessource: text,
  typeIdRessource: text.default("ark"),
  libelleRessource: text,
  debutValidite: text.transform((value) => moment(value, "T00:00:00")),
  finValidite: text.transform((value) => moment(value, "T23:59:59")).optional(),
  anneeFinValidite: text.optional(),
  uaiEtab: oneOrMore.optional(),
  codeNatureUAI: z
    .union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))])
    .transform((value) => [value].flat().flatMap((each) => String(each).split(/\s*,\s*/)))
    .optional(),
  categorieAffectation: text.default("transferable"),
  typeAffectation: text,
  nbLicenceGlobale: licences.optional(),
  nbLicenceEnseignant: licences.optional(),
  nbLicenceEleve: licences.optional(),
  nbLicenceProfDoc: licences.optional(),
  nbLicenceAutrePersonnel: licences.optional(),
  publicCible: oneOrMore,
  codeProjetRessource: text.optional(),
});

export interface SubscriptionFileOptions {
  /** Of those that name none; without one anywhere the field is empty, and RG3 says so. */
  readonly distributor?: string | undefined;
  /** Where a field stands, or the file itself for the empty name. */
  readonly placeOf: (field: string) => string;
}

/**
 * The subscription that the value of a file describes.
 * @throws GAR_SUBSCRIPTION_FILE_UNREADABLE with the place of the field
 */
export function readSubscription(value: unknown, options: SubscriptionFileOptions): Subscription {
  const read = subscriptionFile.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    const unknown = issue?.code === "unrecognized_keys" ? issue.keys[0] : undefined;
    const field = unknown ?? String(issue?.path[0] ?? "");
    const place = `${options.placeOf(field)} ${field}`.trimEnd();
    throw fault("GAR_SUBSCRIPTION_FILE_UNREADABLE", { place, cause: read.error });
  }
  const present = Object.fromEntries(Object.entries(read.data).filter(([, given]) => given !== undefined));
  const idDistributeurCom = read.data.idDistributeurCom ?? options.distributor ?? "";
  return { ...present, idDistributeurCom } as Subscription;
}

function moment(text: string, time: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text + time : text;
}
