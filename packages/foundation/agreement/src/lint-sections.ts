/** Parts that an agreement with controllers has by law (art. 28(3)) or by its own logic, and that this one leaves out. */
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Finding, LintScope } from "./lint.ts";

interface Part {
  readonly missing: (agreement: Agreement) => boolean;
  /** Key of `agreement.yaml` that would hold it. */
  readonly key: keyof Agreement;
  /** Key of that section that would hold it, where it is not the section itself. */
  readonly within?: string;
  readonly says: Bilingual;
}

/** The lint that looks for one part. */
export function lacksPart(part: Part): (scope: LintScope) => readonly Finding[] {
  const { missing, key, within, says } = part;
  const name = within === undefined ? key : `${key}.${within}`;
  return ({ agreement }) =>
    missing(agreement)
      ? [
          {
            at: [key],
            says,
            remedy: {
              en: `Say it in a clause of the text, and add it to agreement.yaml under \`${name}\`.`,
              fr: `Dites-le dans une clause du texte, et ajoutez-le à agreement.yaml sous \`${name}\`.`,
            },
          },
        ]
      : [];
}

export const parts = {
  product: {
    key: "products",
    missing: ({ products }) => products.length === 0,
    says: { en: "The agreement names no product.", fr: "L’accord ne désigne aucun produit." },
  },
  subprocessors: {
    key: "annexC",
    missing: ({ annexC }) => annexC.length === 0,
    says: {
      en: "Annex C names no subprocessor, not even a host (art. 28(2)).",
      fr: "L’annexe C ne nomme aucun sous-traitant ultérieur, pas même un hébergeur (art. 28, § 2).",
    },
  },
  measures: {
    key: "measures",
    missing: ({ measures }) => measures.length === 0,
    says: {
      en: "Annex D lists no security measure (art. 28(3)(c), 32).",
      fr: "L’annexe D n’énumère aucune mesure de sécurité (art. 28, § 3, c, et 32).",
    },
  },
  term: {
    key: "term",
    missing: ({ term }) => term === undefined,
    says: {
      en: "How long the agreement lives is not said (art. 28(3)).",
      fr: "La durée de l’accord n’est pas dite (art. 28, § 3).",
    },
  },
  nature: {
    key: "nature",
    missing: ({ nature }) => nature === undefined,
    says: {
      en: "The nature of the processing is not said (art. 28(3)).",
      fr: "La nature du traitement n’est pas dite (art. 28, § 3).",
    },
  },
  legalBasis: {
    key: "legalBasis",
    missing: ({ legalBasis, purposes }) =>
      legalBasis?.setBy !== "controller" &&
      (legalBasis === undefined || purposes.some((purpose) => purpose.legalBasis === undefined)),
    says: {
      en: "Nothing says who settles the legal basis of each purpose, or one of them has none (art. 6).",
      fr: "Rien ne dit qui retient la base légale de chaque finalité, ou l’une d’elles n’en a pas (art. 6).",
    },
  },
  attestation: {
    key: "attestation",
    missing: ({ attestation }) => attestation === undefined,
    says: {
      en: "The controller attests nothing before it sends data: no import could be refused for want of it.",
      fr: "Le responsable n’atteste rien avant d’envoyer des données : aucune importation ne pourrait être refusée faute de cela.",
    },
  },
  doubtfulInstruction: {
    key: "doubtfulInstruction",
    missing: ({ doubtfulInstruction }) => doubtfulInstruction === undefined,
    says: {
      en: "Whether an instruction that seems unlawful is only flagged, or also held, is not said (art. 28(3)).",
      fr: "Si une instruction qui semble illicite est seulement signalée, ou aussi suspendue, n’est pas dit (art. 28, § 3).",
    },
  },
  endOfContract: {
    key: "endOfContract",
    missing: ({ endOfContract }) => endOfContract === undefined,
    says: {
      en: "What becomes of the data at the end of the contract is not said (art. 28(3)(g)).",
      fr: "Le sort des données à la fin du contrat n’est pas dit (art. 28, § 3, g).",
    },
  },
  subprocessorChange: {
    key: "subprocessorChange",
    missing: ({ subprocessorChange }) => subprocessorChange === undefined,
    says: {
      en: "How a change of subprocessor is announced, and when it takes effect, is not said (art. 28(2)).",
      fr: "Comment un changement de sous-traitant s’annonce, et quand il prend effet, n’est pas dit (art. 28, § 2).",
    },
  },
  transfers: {
    key: "transfers",
    missing: ({ transfers }) => transfers === undefined,
    says: {
      en: "Whether data is transferred to a third country is not said (art. 28(3)(a)).",
      fr: "Si des données sont transférées vers un pays tiers n’est pas dit (art. 28, § 3, a).",
    },
  },
  retention: {
    key: "retention",
    missing: ({ retention }) => !retention.some(({ store }) => store === "live"),
    says: {
      en: "No rule says when the data of the service goes.",
      fr: "Aucune règle ne dit quand disparaissent les données du service.",
    },
  },
  correspondence: {
    key: "annexA",
    within: "correspondence",
    missing: ({ annexA, subprocessorChange, periods }) =>
      annexA.correspondence === undefined &&
      (subprocessorChange !== undefined ||
        periods.some(({ from, binds }) => from === "requestReceived" && binds === "processor")),
    says: {
      en: "Announcements and requests go to the client's officers, and through whom they are written to is not said: by hand alone.",
      fr: "Annonces et demandes vont aux personnes désignées par le client, et par qui elles leur sont écrites n’est pas dit : à la main seulement.",
    },
  },
  requestDeadline: {
    key: "periods",
    missing: ({ periods }) =>
      !periods.some(({ from, binds }) => from === "requestReceived" && binds === "processor"),
    says: {
      en: "Within what time the processor passes on a data subject's request is not said (art. 28(3)(e)).",
      fr: "En combien de temps le sous-traitant transmet la demande d’une personne n’est pas dit (art. 28, § 3, e).",
    },
  },
} as const satisfies Record<string, Part>;
