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
  /** `National_ens`, `National_elv`… as the GAR spells it. */
  readonly profile: string;
  readonly inSchool: boolean;
  /** Everything the assertion carries, by GAR attribute name. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

const UAI = "0999999A";

interface Sketch {
  readonly login: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly profile: string;
  readonly inSchool?: boolean;
  readonly email?: string;
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

function person(sketch: Sketch): GarPerson {
  const ido = createHash("sha512").update(`preau-demo ${sketch.login}`).digest("hex");
  return {
    login: sketch.login,
    firstName: sketch.firstName,
    lastName: sketch.lastName,
    ...(sketch.email === undefined ? {} : { email: sketch.email }),
    ido,
    profile: sketch.profile,
    inSchool: sketch.inSchool ?? false,
    attributes: {
      IDO: [ido],
      UAI: [UAI],
      PRO: [sketch.profile],
      NOM: [sketch.lastName],
      PRE: [sketch.firstName],
      ...(sketch.email === undefined ? {} : { P_MEL: [sketch.email] }),
      ...sketch.extra,
    },
  };
}

export const garPeople: readonly GarPerson[] = [
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
