/**
 * Errors as tables. One table a package (`src/errors.ts`); a code is stable, unique in the product, never reused.
 *
 *   export const errors = defineErrors({ GATE_REFUSED: { status: 403, exit: 2, says: { en, fr }, remedy: { en, fr } } });
 *   export const fault = faultsOf(errors);
 *   throw fault("GATE_REFUSED", { clause: "DC", place: "support-bridge" });
 *
 * `says` and `remedy` are what the outside may read; `log` is what the log may keep (opaque ids and numbers only).
 */
import type { Bilingual, Language } from "./language.ts";

/** Exit codes of every command: 1 the answer is no, 2 refused and nothing written, 3 not wholly verified, 4 environment. */
export type ExitCode = 1 | 2 | 3 | 4;

export interface ErrorEntry {
  /** HTTP status of the problem+json answer. */
  readonly status: number;
  readonly exit: ExitCode;
  /** The public sentence: no variable part, so no personal data can slip in. */
  readonly says: Bilingual;
  /** What the reader can do about it. */
  readonly remedy?: Bilingual;
}

export type ErrorTable = Readonly<Record<string, ErrorEntry>>;

export interface FaultDetail {
  /** Clause of the agreement that stands behind the refusal. */
  readonly clause?: string | undefined;
  /** Where: `file:line:column`, an option, a table, a port. Never a person's data. */
  readonly place?: string | undefined;
  /** Replaces the table's remedy when the situation allows a more exact one. Never a person's data. */
  readonly remedy?: Bilingual | undefined;
  /** Opaque ids, counts and flags for the log. */
  readonly log?: Readonly<Record<string, string | number | boolean>> | undefined;
  readonly cause?: unknown;
}

/** An error with a stable code. Compare `code`, never the text. */
export class PreauError extends Error {
  override readonly name = "PreauError";
  readonly code: string;
  readonly entry: ErrorEntry;
  readonly detail: FaultDetail;

  constructor(code: string, entry: ErrorEntry, detail: FaultDetail = {}) {
    super(
      detail.place === undefined ? entry.says.en : `${entry.says.en} (${detail.place})`,
      detail.cause === undefined ? undefined : { cause: detail.cause },
    );
    this.code = code;
    this.entry = entry;
    this.detail = detail;
  }

  get status(): number {
    return this.entry.status;
  }

  get exit(): ExitCode {
    return this.entry.exit;
  }

  get clause(): string | undefined {
    return this.detail.clause;
  }

  get place(): string | undefined {
    return this.detail.place;
  }

  /** The remedy in one language, when there is one. */
  remedy(language: Language): string | undefined {
    return (this.detail.remedy ?? this.entry.remedy)?.[language];
  }
}

/** Types a table of errors; returns it unchanged. */
export function defineErrors<const T extends ErrorTable>(table: T): T {
  return table;
}

/** The maker of one table's errors: `throw fault("CODE", { clause, place, log, cause })`. */
export function faultsOf<const T extends ErrorTable>(table: T) {
  return (code: keyof T & string, detail: FaultDetail = {}): PreauError => {
    const entry = table[code];
    if (entry === undefined) throw new TypeError(`unknown error code ${code}`);
    return new PreauError(code, entry, detail);
  };
}

/** True for a PreauError, of that code when one is given. */
export function isFault(error: unknown, code?: string): error is PreauError {
  return error instanceof PreauError && (code === undefined || error.code === code);
}

/** Errors of the kernel itself. */
export const errors = defineErrors({
  CLOCK_BAD_INSTANT: {
    status: 400,
    exit: 2,
    says: { en: "This is not an instant.", fr: "Ceci n’est pas un instant." },
    remedy: { en: "Write it as 2026-11-23T08:15:00.000Z.", fr: "Écrivez-le 2026-11-23T08:15:00.000Z." },
  },
  CONTROLLER_BAD_ID: {
    status: 400,
    exit: 2,
    says: {
      en: "This is not an identifier of a controller.",
      fr: "Ceci n’est pas un identifiant de responsable de traitement.",
    },
    remedy: {
      en: "Use 1 to 64 letters, digits, dots, hyphens or underscores, starting with a letter or a digit; “all” is no name.",
      fr: "Utilisez de 1 à 64 lettres, chiffres, points, tirets ou soulignés, en commençant par une lettre ou un chiffre\u202f; «\u00a0all\u00a0» n’est pas un nom.",
    },
  },
  GATE_REFUSED: {
    status: 403,
    exit: 2,
    says: {
      en: "The agreement does not allow this flow of personal data.",
      fr: "L’accord n’autorise pas ce flux de données personnelles.",
    },
    remedy: {
      en: "Leave out the refused categories, or have the agreement name them for this recipient.",
      fr: "Retirez les catégories refusées, ou faites-les inscrire dans l’accord pour ce destinataire.",
    },
  },
  PERMIT_FORGED: {
    status: 500,
    exit: 2,
    says: {
      en: "This permit was not made by the gate.",
      fr: "Ce permis ne vient pas du portail de contrôle.",
    },
  },
  PERMIT_USED: {
    status: 409,
    exit: 2,
    says: { en: "This permit has been used already.", fr: "Ce permis a déjà servi." },
    remedy: { en: "Ask the gate again.", fr: "Redemandez au portail de contrôle." },
  },
  PERMIT_EXPIRED: {
    status: 409,
    exit: 2,
    says: { en: "This permit has expired.", fr: "Ce permis a expiré." },
    remedy: { en: "Ask the gate again.", fr: "Redemandez au portail de contrôle." },
  },
  PERMIT_MISMATCH: {
    status: 403,
    exit: 2,
    says: {
      en: "This permit was given for another flow.",
      fr: "Ce permis a été donné pour un autre flux.",
    },
    remedy: {
      en: "Ask the gate for exactly what is sent.",
      fr: "Demandez au portail de contrôle exactement ce qui est envoyé.",
    },
  },
  UNIT_CLOSED: {
    status: 500,
    exit: 4,
    says: {
      en: "The unit of work has ended; nothing more can be added to it.",
      fr: "L’unité de travail est terminée ; on ne peut plus rien y ajouter.",
    },
  },
  UNIT_NESTED: {
    status: 500,
    exit: 4,
    says: {
      en: "A transaction was asked for inside another one.",
      fr: "Une transaction a été demandée à l’intérieur d’une autre.",
    },
    remedy: { en: "Pass the unit of work on.", fr: "Transmettez l’unité de travail." },
  },
  SOURCE_UNKNOWN_TABLE: {
    status: 409,
    exit: 2,
    says: {
      en: "A table that nobody has described holds data about this person. Nothing was erased.",
      fr: "Une table que personne n’a décrite contient des données sur cette personne. Rien n’a été effacé.",
    },
    remedy: {
      en: "Describe the table, or go on without it: the receipt will then say that it was not covered.",
      fr: "Décrivez la table, ou poursuivez sans elle : le reçu dira alors qu’elle n’a pas été couverte.",
    },
  },
  SOURCE_SUBJECT_RESTRICTED: {
    status: 409,
    exit: 2,
    says: {
      en: "This person's data is restricted: it is kept and may not be erased.",
      fr: "Les données de cette personne font l’objet d’une limitation : elles sont conservées et ne peuvent être effacées.",
    },
    remedy: {
      en: "Lift the restriction, then plan again.",
      fr: "Levez la limitation, puis refaites le plan.",
    },
  },
  SOURCE_NO_PROJECT: {
    status: 404,
    exit: 2,
    says: {
      en: "This store has no such class or course.",
      fr: "Ce stockage n’a pas cette classe ou ce cours.",
    },
    remedy: { en: "Choose one of the list.", fr: "Choisissez-en un dans la liste." },
  },
  SOURCE_NO_TABLE: {
    status: 404,
    exit: 2,
    says: {
      en: "This store has no such table or column, or its map does not describe it.",
      fr: "Ce stockage n’a pas cette table ou cette colonne, ou sa carte ne la décrit pas.",
    },
    remedy: { en: "Name it as the map does.", fr: "Nommez-la comme le fait la carte." },
  },
  SUBJECT_LINK_TAKEN: {
    status: 409,
    exit: 2,
    says: {
      en: "This identifier already belongs to another data subject.",
      fr: "Cet identifiant appartient déjà à une autre personne.",
    },
    remedy: {
      en: "Decide which person it belongs to before linking it.",
      fr: "Décidez à quelle personne il appartient avant de le rattacher.",
    },
  },
  SUBJECT_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller has no such data subject.",
      fr: "Ce responsable de traitement ne connaît pas cette personne.",
    },
    remedy: {
      en: "Identify the person first; a forgotten subject does not come back.",
      fr: "Identifiez d’abord la personne ; une personne oubliée ne revient pas.",
    },
  },
  INSTRUCTION_UNKNOWN: {
    status: 404,
    exit: 2,
    says: {
      en: "This controller gave no such instruction.",
      fr: "Ce responsable de traitement n’a pas donné une telle instruction.",
    },
    remedy: {
      en: "Name one that stands in the ledger of instructions.",
      fr: "Citez-en une du registre des instructions.",
    },
  },
  INSTRUCTION_NEEDS_WRITING: {
    status: 422,
    exit: 2,
    says: {
      en: "An instruction is written: only the controller's own people give one by pressing a button.",
      fr: "Une instruction est écrite\u202f: seuls les gens du responsable de traitement en donnent une en appuyant sur un bouton.",
    },
    remedy: {
      en: "Say when the writing was received, by which means, who wrote it and under which reference it is kept.",
      fr: "Indiquez quand l’écrit a été reçu, par quel moyen, de qui il émane et sous quelle référence il est conservé.",
    },
  },
  INSTRUCTION_BAD: {
    status: 422,
    exit: 2,
    says: {
      en: "A field of the instruction is missing, too long, in the future, or names a person.",
      fr: "Un champ de l’instruction manque, est trop long, se situe dans l’avenir ou nomme une personne.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
  REQUEST_BAD: {
    status: 422,
    exit: 2,
    says: {
      en: "A field of the request is missing, too long, or in the future.",
      fr: "Un champ de la demande manque, est trop long ou se situe dans l’avenir.",
    },
    remedy: { en: "Correct the field named.", fr: "Corrigez le champ indiqué." },
  },
  PLUGIN_BAD_LIST: {
    status: 500,
    exit: 2,
    says: {
      en: "The list of plugins does not fit together.",
      fr: "La liste des extensions n’est pas cohérente.",
    },
    remedy: {
      en: "Read the place: it names the plugin and what it lacks or repeats.",
      fr: "Lisez l’endroit indiqué : il nomme l’extension et ce qui manque ou se répète.",
    },
  },
});

export const fault = faultsOf(errors);
