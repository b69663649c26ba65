/**
 * The invented people of the simulated GAR: the attributes that the national access manager would send for each.
 * The demo school seeds an account for those who are `inSchool`. Nobody here exists.
 */
import { createHash } from "node:crypto";

export interface GarPerson {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string;
  /** 128 lower-case hexadecimal characters, as the GAR's opaque identifier. */
  readonly ido: string;
  /** `National_ens`, `National_elv`… as the GAR spells it; empty when it sends none. */
  readonly profile: string;
  /** What a service may stumble over with this person, in French. */
  readonly note?: string;
  readonly inSchool: boolean;
  /** Everything the assertion carries, by GAR attribute name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

type Attributes = GarPerson["attributes"];

interface Sketch {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly profile: string;
  readonly inSchool?: boolean;
  readonly email?: string;
  readonly note?: string;
  readonly extra?: Attributes;
}

/** @param uais the first is the school under which the person is listed */
function personOf(...uais: readonly string[]) {
  return (sketch: Sketch): GarPerson => {
    const ido = createHash("sha512").update(`preau-demo ${sketch.login}`).digest("hex");
    const { login, firstName, lastName, profile, inSchool = false, email, note } = sketch;
    return {
      ...{ login, firstName, lastName, ido, profile, inSchool },
      ...(email === undefined ? {} : { email }),
      ...(note === undefined ? {} : { note }),
      attributes: {
        IDO: [ido],
        UAI: uais,
        ...(profile === "" ? {} : { PRO: [profile] }),
        NOM: [lastName],
        PRE: [firstName],
        ...(email === undefined ? {} : { P_MEL: [email] }),
        ...sketch.extra,
      },
    };
  };
}

const person = personOf("0999999A");
const atLarks = personOf("0999998B");
const atCollege = personOf("0999997C");

/** A subject of the nomenclature: a code of 32 hexadecimal characters, and its label. */
function subject(label: string): string {
  return `${createHash("md5").update(`preau-demo ${label}`).digest("hex")}##${label}`;
}

/** Those of the demonstration: the demo school and its tests know them by their logins. */
const demonstration: readonly GarPerson[] = [
  person({
    login: "prof.caradec",
    firstName: "Maëlle",
    lastName: "Caradec-Nuñes",
    profile: "National_ens",
    inSchool: true,
    email: "maelle.caradec@ac-demo.example",
    extra: {
      CIV: ["Mme"],
      DIV: ["900001~CPA##CP A", "900001~CPB##CP B"],
      GRO: ["900001~LECT1##Lecture 1"],
      P_MS4: ["0112"],
    },
  }),
  person({
    login: "prof.ostrel",
    firstName: "Basile",
    lastName: "d'Ostrel",
    profile: "National_ens",
    inSchool: true,
    extra: { CIV: ["null"], DIV: ["900001~GSA##Grande section"] },
  }),
  person({
    login: "doc.vernoux",
    firstName: "Ysé",
    lastName: "Vernoux",
    profile: "National_doc",
    extra: { CIV: ["Mme"] },
  }),
  person({
    login: "eleve.tilleul",
    firstName: "Oanelle",
    lastName: "Tilleul",
    profile: "National_elv",
    extra: { DIV: ["900001~CPA##CP A"], DIV_APP: ["900001~LECT1||900001~CPA##CP A"], E_MS4: ["0112"] },
  }),
  person({ login: "dir.hautpre", firstName: "Côme", lastName: "Hautpré", profile: "National_dir" }),
  person({ login: "autre.inconnu", firstName: "Zélie", lastName: "Marsange", profile: "National_xyz" }),
];

/** Two primary schools: teachers without mail and subject, levels alone, classes without groups. */
const primary: readonly GarPerson[] = [
  atLarks({
    login: "prof.aubrac",
    firstName: "Éléonore",
    lastName: "L'Hévéder-Ruñez",
    profile: "National_ens",
    note: "ni adresse ni matière",
    extra: { DIV: ["900002~CE1##CE1"], P_MS4: ["0112"] },
  }),
  personOf(
    "0999998B",
    "0999999A",
  )({
    login: "prof.pontivy",
    firstName: "Gwenaël",
    lastName: "Pontivy",
    profile: "National_ens",
    note: "deux écoles, deux UAI",
    extra: {
      CIV: ["M."],
      DIV: ["900002~CE2##CE2", "900001~CPA##CP A"],
      P_MEL: ["null"],
      P_MS4: ["0112"],
    },
  }),
  atLarks({
    login: "dir.sorbier",
    firstName: "Fantine",
    lastName: "Sorbier",
    profile: "National_dir",
    extra: { CIV: ["Mme"] },
  }),
  atLarks({
    login: "eleve.bergamote",
    firstName: "Lou",
    lastName: "Bergamote",
    profile: "National_elv",
    note: "une classe sans groupe",
    extra: { CIV: ["null"], DIV: ["900002~CE1##CE1"], E_MS4: ["0112"] },
  }),
  atLarks({
    login: "eleve.noisette",
    firstName: "Noé-Ïris",
    lastName: "d'Aÿ",
    profile: "National_elv",
    note: "aucune classe",
    extra: { E_MS4: ["0112"] },
  }),
];

/** A collège: mails, subjects, groups across classes, and every habit of the feeds that suppliers report. */
const secondary: readonly GarPerson[] = [
  atCollege({
    login: "prof.kerjean",
    firstName: "Thaddée",
    lastName: "Kerjean",
    profile: "National_ens",
    email: "thaddee.kerjean@ac-demo.example",
    note: "groupe rattaché à sa classe, deux matières",
    extra: {
      CIV: ["M."],
      DIV: ["900003~6EA##6EME A", "900003~3EB##3EME B"],
      GRO: ["900003~MA6_6EAG1##6A Maths 1"],
      DIV_APP: ["900003~MA6_6EAG1||900003~6EA##6EME A"],
      P_MAT: [subject("MATHEMATIQUES"), subject("SCIENCES ET TECHNOLOGIE")],
      P_MS4: ["2111", "2116"],
    },
  }),
  atCollege({
    login: "prof.ozanne",
    firstName: "Ludivine",
    lastName: "Ôzanne",
    profile: "National_ENS",
    note: "profil en capitales, CIV « None », code de classe égal au libellé, GRO en trois parties",
    extra: {
      CIV: ["None"],
      P_MEL: ["None"],
      DIV: ["6EMEB##6EMEB"],
      GRO: ["6B-ANGLAIS##Groupe d'anglais##6EMEB"],
      P_MAT: [subject("ANGLAIS LV1")],
      P_MS4: ["2111"],
    },
  }),
  atCollege({
    login: "prof.vide",
    firstName: "Amaury",
    lastName: "Quérelles",
    profile: "National_ens",
    note: "valeurs vides, « null », et attribut sans valeur",
    extra: { CIV: [""], P_MEL: [""], DIV: ["null"], GRO: ["", "None"], P_MAT: [], P_MS4: ["2112", ""] },
  }),
  atCollege({
    login: "doc.mirande",
    firstName: "Solène",
    lastName: "Mirande",
    profile: "National_doc",
    email: "solene.mirande@ac-demo.example",
    extra: { CIV: ["Mme"] },
  }),
  atCollege({ login: "dir.brasier", firstName: "Odilon", lastName: "Brasier", profile: "National_dir" }),
  atCollege({
    login: "evs.talmont",
    firstName: "Maïwenn",
    lastName: "Talmont",
    profile: "National_evs",
    extra: { CIV: ["Mme"] },
  }),
  atCollege({ login: "eta.corvin", firstName: "Joachim", lastName: "Corvin", profile: "National_eta" }),
  atCollege({
    login: "sans.profil",
    firstName: "Tiphaine",
    lastName: "Valcour",
    profile: "",
    note: "sans PRO",
    extra: { CIV: ["Mme"] },
  }),
  atCollege({
    login: "eleve.sureau",
    firstName: "Anaëlle",
    lastName: "Sureau de L'Île",
    profile: "National_elv",
    note: "deux prénoms en liste, deux groupes",
    extra: {
      PRE: ["Anaëlle", "Zoé"],
      CIV: ["None"],
      DIV: ["900003~6EA##6EME A"],
      GRO: ["900003~MA6_6EAG1##6A Maths 1", "900003~LAT6##Latin 6"],
      DIV_APP: ["900003~MA6_6EAG1||900003~6EA##6EME A", "900003~LAT6||900003~6EA##6EME A"],
      E_MS4: ["2111"],
    },
  }),
  atCollege({
    login: "eleve.garance",
    firstName: "Côme",
    lastName: "Garance",
    profile: "National_ELV",
    note: "profil en capitales, code de classe égal au libellé",
    extra: { DIV: ["3EMEB##3EMEB"], E_MS4: ["2116"] },
  }),
];

export const garPeople: readonly GarPerson[] = [...demonstration, ...primary, ...secondary];
