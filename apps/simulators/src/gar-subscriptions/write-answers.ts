/** What the service answers: subscriptions, schools and errors as XML, allocation counts as CSV. */

import type { GarPerson } from "../gar/people.ts";
import { type GarSchool, isPrimary } from "../gar/schools.ts";
import { escapeMarkup } from "../html.ts";
import { type Fields, SUBSCRIPTION_NAMESPACE, subscriptionFields } from "./read-subscription.ts";
import { naturesOf } from "./rules.ts";
import type { ServiceError } from "./service-error.ts";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SCHOOLS_NAMESPACE = "http://www.atosworldline.com/listEtablissement/v1.0/";

export function subscriptionsXml(all: readonly Fields[]): string {
  return document("abonnements", SUBSCRIPTION_NAMESPACE, all.map(subscriptionElement).join(""));
}

export function subscriptionXml(fields: Fields): string {
  return document("abonnement", SUBSCRIPTION_NAMESPACE, fieldElements(fields));
}

/** The body of a refusal. Its root is not public; clients look for Code and Message. */
export function errorXml({ code, message }: Pick<ServiceError, "code" | "message">): string {
  return document("Erreur", SUBSCRIPTION_NAMESPACE, element("Code", code) + element("Message", message));
}

function subscriptionElement(fields: Fields): string {
  return `<abonnement>${fieldElements(fields)}</abonnement>`;
}

function fieldElements(fields: Fields): string {
  return subscriptionFields
    .flatMap(({ name }) => (fields[name] ?? []).map((text) => element(name, text)))
    .join("");
}

/** The list of schools, its numbers without their leading zeros, as the real one has them. */
export function schoolsXml(schools: readonly GarSchool[]): string {
  const elements = schools.map((school) => {
    const primary = isPrimary(school);
    const values = {
      uai: school.uai,
      nature_uai: school.nature,
      nature_uai_libe: primary ? "Ecole élémentaire" : "Collège",
      type_uai: primary ? "1ORD" : "CLG",
      type_uai_libe: primary ? "Ecoles du premier degré ordinaires" : "Collèges",
      commune: school.postalCode,
      commune_libe: school.place,
      academie: "99",
      academie_libe: "Académie imaginaire",
      departement_insee_3: "99",
      departement_insee_3_libe: "Département imaginaire",
      appellation_officielle: school.name,
      patronyme_uai: school.name.toUpperCase(),
      code_postal_uai: school.postalCode.replace(/^0+/, ""),
      localite_acheminement_uai: school.place.toUpperCase(),
      idENT: Buffer.from(school.ent).toString("base64"),
    };
    const inside = Object.entries(values).map(([name, value]) => element(name, value));
    return `<etablissement>${inside.join("")}</etablissement>`;
  });
  return document("listEtablissement", SCHOOLS_NAMESPACE, elements.join(""));
}

const HEADER =
  "UAI;idAbonnement;codeProjetRessource;idRessource;cumulAffectationEleve;cumulAffectationEnseignant;cumulAffectationDocumentaliste;cumulAffectationAutrePersonnel";

/** In the order of the columns: how a profile is counted, and the licences that it takes. */
const COLUMNS = [
  { licences: "nbLicenceEleve", audience: "ELEVE", of: (profile: string) => profile === "national_elv" },
  {
    licences: "nbLicenceEnseignant",
    audience: "ENSEIGNANT",
    of: (profile: string) => profile === "national_ens",
  },
  {
    licences: "nbLicenceProfDoc",
    audience: "DOCUMENTALISTE",
    of: (profile: string) => profile === "national_doc",
  },
  {
    licences: "nbLicenceAutrePersonnel",
    audience: "AUTRE PERSONNEL",
    of: (profile: string) => /^national_(?:dir|evs|eta)$/.test(profile),
  },
] as const;

/** Everybody of a school for whom there is a licence has been given one: the most that there can be. */
export function allocationsCsv(
  subscriptions: readonly Fields[],
  schools: readonly GarSchool[],
  people: readonly GarPerson[],
): string {
  const lines = subscriptions.flatMap((fields) =>
    schools
      .filter(
        ({ uai, nature }) => fields.uaiEtab?.includes(uai) === true || naturesOf(fields).includes(nature),
      )
      .map(({ uai }) => {
        const here = people.filter(({ attributes }) => attributes["UAI"]?.includes(uai));
        const names = [
          fields.idAbonnement?.[0],
          fields.codeProjetRessource?.[0] ?? "null",
          fields.idRessource?.[0],
        ];
        return [uai, ...names, ...countsOf(fields, here)].join(";");
      }),
  );
  return `${[HEADER, ...lines].join("\n")}\n`;
}

function countsOf(fields: Fields, people: readonly GarPerson[]): readonly number[] {
  let together = licencesIn(fields.nbLicenceGlobale?.[0]);
  return COLUMNS.map(({ licences, audience, of }) => {
    const meant = fields.publicCible?.includes(audience) === true;
    const persons = meant ? people.filter(({ profile }) => of(profile.toLowerCase())).length : 0;
    const given = Math.min(persons, together ?? licencesIn(fields[licences]?.[0]) ?? 0);
    if (together !== undefined) together -= given;
    return given;
  });
}

function licencesIn(text: string | undefined): number | undefined {
  return text === "ILLIMITE" ? Number.POSITIVE_INFINITY : text === undefined ? undefined : Number(text);
}

function document(root: string, namespace: string, inside: string): string {
  return `${DECLARATION}<${root} xmlns="${namespace}">${inside}</${root}>\n`;
}

function element(name: string, text: string): string {
  return `<${name}>${escapeMarkup(text)}</${name}>`;
}
