/** The gate's answers: frozen, one object a clause and reason, so that deciding allocates none. */
import type { Bilingual, CategoryAnswer, GateRow } from "@preau/kernel";

/** Why the agreement refuses, and what the reader can do. */
export const refusalRemedies = {
  UNNAMED_PRODUCT: {
    en: "Have the contract name this product, or use one that it names.",
    fr: "Faites inscrire ce produit au contrat, ou employez un produit qui y figure.",
  },
  UNNAMED_RECIPIENT: {
    en: "Have the agreement name this recipient first; a new subprocessor is announced beforehand.",
    fr: "Faites d'abord inscrire ce destinataire dans l'accord ; un nouveau sous-traitant s'annonce au préalable.",
  },
  UNNAMED_ORIGIN: {
    en: "Have annex B describe the persons who come in this way, or have them sign in another way.",
    fr: "Faites décrire à l'annexe B les personnes qui entrent par cette voie, ou faites-les entrer par une autre.",
  },
  OUTSIDE_GAR_ONLY: {
    en: "Use a recipient that the agreement opens to persons who come in through GAR.",
    fr: "Passez par un destinataire que l'accord ouvre aux personnes venues du GAR.",
  },
  UNNAMED_ROLE: {
    en: "Have annex B describe this role for this product.",
    fr: "Faites décrire ce rôle à l'annexe B pour ce produit.",
  },
  NOTHING_LISTED: {
    en: "Have annex B list the data of these persons: today it lists none.",
    fr: "Faites énumérer à l'annexe B les données de ces personnes : elle n'en cite aucune à ce jour.",
  },
  UNNAMED_PURPOSE: {
    en: "Keep to the purposes that annex B gives for this role, or have it name this one.",
    fr: "Tenez-vous aux finalités que l'annexe B donne pour ce rôle, ou faites-y inscrire celle-ci.",
  },
  OUTSIDE_SCOPE: {
    en: "Keep to what the agreement entrusts to this recipient, or have it say more.",
    fr: "Tenez-vous à ce que l'accord confie à ce destinataire, ou faites-le compléter.",
  },
  NO_INSTRUCTION: {
    en: "Attach the controller's written instruction.",
    fr: "Joignez l'instruction écrite du responsable de traitement.",
  },
  OTHER_PURPOSE: {
    en: "Leave this category out: the agreement lists it for another purpose.",
    fr: "Retirez cette catégorie : l'accord la prévoit pour une autre finalité.",
  },
  UNNAMED_CATEGORY: {
    en: "Leave this category out, or have annex B list it for this role.",
    fr: "Retirez cette catégorie, ou faites-la inscrire à l'annexe B pour ce rôle.",
  },
} as const satisfies Record<string, Bilingual>;

export type RefusalReason = keyof typeof refusalRemedies;

for (const remedy of Object.values(refusalRemedies)) Object.freeze(remedy);

/** Makes answers and rows, each once. */
export interface Answers {
  allow(clause: string): CategoryAnswer;
  refuse(clause: string, reason: RefusalReason): CategoryAnswer;
  /** The row that gives every category the same refusal. */
  refuseAll(clause: string, reason: RefusalReason): GateRow;
}

export function makeAnswers(): Answers {
  const answers = new Map<string, CategoryAnswer>();
  const rows = new Map<string, GateRow>();
  const none: ReadonlyMap<string, CategoryAnswer> = new Map();

  const allow = (clause: string) =>
    once(answers, `${clause} ALLOWED`, () => Object.freeze({ allowed: true, clause, reason: "ALLOWED" }));
  const refuse = (clause: string, reason: RefusalReason) =>
    once(answers, `${clause} ${reason}`, () =>
      Object.freeze({ allowed: false, clause, reason, remedy: refusalRemedies[reason] }),
    );
  const refuseAll = (clause: string, reason: RefusalReason) =>
    once(rows, `${clause} ${reason}`, () =>
      Object.freeze({ answers: none, otherwise: refuse(clause, reason) }),
    );

  return { allow, refuse, refuseAll };
}

function once<T>(made: Map<string, T>, key: string, make: () => T): T {
  let value = made.get(key);
  if (value === undefined) {
    value = make();
    made.set(key, value);
  }
  return value;
}
