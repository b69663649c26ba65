/** The smallest agreement, and the smallest policy, in which no lint finds anything; tests put one thing into them. */
import { stringify } from "yaml";

type Rules = Readonly<Record<string, unknown>>;

export interface Draft {
  /** Sections of agreement.yaml that replace those of the minimal one; undefined takes one out. */
  readonly rules?: Rules;
  /** Words under the heading of a clause. */
  readonly fr?: Readonly<Record<string, string>>;
  readonly en?: Readonly<Record<string, string>>;
}

const annexA = {
  clause: "DA",
  processor: {
    name: "Tilleul",
    legalForm: "SAS",
    seat: "1, rue du Tilleul, 35000 Rennes",
    register: "RCS Rennes 999 000 027",
    representative: { name: "Ondine Vasseur", capacity: { fr: "présidente", en: "president" } },
    officer: { name: "Ferdinand Loiret", address: "même adresse", email: "dpo@tilleul.example" },
  },
};
/** Annex A of the minimal agreement, with its officers written to through these recipients, or nothing said of it. */
export const annexAWith = (through: readonly string[] | undefined) =>
  through === undefined ? annexA : { ...annexA, correspondence: { clause: "DA", through } };

const head: Rules = {
  schema: "preau.agreement/1",
  id: "minimal",
  fr: "Accord minimal",
  en: "Minimal agreement",
  frame: { contract: "D1", subprocessors: "DC" },
  annexA: annexAWith(undefined),
};

export const host = {
  recipient: "host",
  clause: "DC",
  name: "Noisetier",
  siret: "99900002700014",
  fr: "Hébergement",
  en: "Hosting",
  origins: "everyOrigin",
  transfers: "none",
  deletionDelay: "none",
  operations: ["store", "erase"],
};

export const word = (id: string) => ({ id, fr: `Le mot ${id}`, en: `The word ${id}` });
const safeguards = [
  "breachContactPoint",
  "priorConsultation",
  "forCauseAudit",
  "subprocessorContractCopy",
  "subprocessorFailureNotice",
  "thirdPartyBeneficiary",
  "deletionCertificate",
  "suspension",
  "sensitiveData",
];

/** Safeguards of the minimal agreement, but for one. */
export const safeguardsBut = (left: string) =>
  safeguards.filter((id) => id !== left).map((id) => ({ id, clause: "D10" }));

export const forward = {
  id: "forward",
  clause: "D10",
  duration: "hours(48)",
  binds: "processor",
  from: "requestReceived",
};
export const notice = {
  id: "notice",
  clause: "D8",
  duration: "days(30)",
  right: "controller",
  from: "announcementReceived",
};
export const window = { ...notice, id: "window", duration: "workingDays(7)" };
export const erase = { id: "erase", clause: "D12", duration: "hours(24)", binds: "processor" };
export const prove = { id: "prove", clause: "D6", duration: "years(5)", binds: "processor" };
export const proofRule = {
  id: "proofs",
  clause: "D6",
  store: "evidence",
  anchor: "contractEnded",
  period: "prove",
  then: "erase",
};
export const periods = [forward, notice, window, erase, prove];
export const eraseRule = {
  id: "deleted",
  clause: "D12",
  store: "live",
  anchor: "accountDeleted",
  period: "erase",
  then: "erase",
};

const agreement: Rules = {
  ...head,
  annexA: annexAWith([]),
  term: { clause: "D3", endsWith: "lastData", survives: [] },
  attestation: { clause: "D6", statements: [word("informed")] },
  doubtfulInstruction: { clause: "D6", then: "flag" },
  endOfContract: { clause: "D6", choices: ["return", "delete"] },
  subprocessorChange: { clause: "D8", starts: "afterWindow", notice: "notice", window: "window" },
  transfers: { clause: "D9", today: "none" },
  nature: { clause: "DB", operations: ["collect"] },
  legalBasis: { clause: "DB", setBy: "controller" },
  safeguards: safeguardsBut(""),
  measures: [word("charter")].map((measure) => ({ ...measure, clause: "DD" })),
  roles: [word("teacher"), word("pupil")],
  categories: [word("name"), { ...word("identifier"), holds: ["signInIdentifier"] }],
  purposes: [word("run"), word("support")],
  products: [{ ...word("plume"), clause: "DB", purposes: ["run", "support"] }],
  annexB: [{ clause: "DB", product: "plume", origin: "outsideGar", role: "teacher", categories: ["name"] }],
  annexC: [host],
  periods,
  retention: [eraseRule, proofRule],
};

export const destroy = { id: "destroy", clause: "S6", duration: "hours(24)", binds: "processor" };
export const destroyRule = {
  id: "samples",
  clause: "S6",
  store: "samples",
  anchor: "presalesClosed",
  period: "destroy",
  then: "erase",
};
const policy: Rules = { ...head, kind: "policy", periods: [destroy], retention: [destroyRule] };

const CLAUSES = [
  "D1",
  "D3",
  "D5",
  "D6",
  "D8",
  "D9",
  "D10",
  "D12",
  "D13",
  "DA",
  "DB",
  "DC",
  "DD",
  "S6",
  "S15",
];

/** The folder of the minimal agreement, with what the draft puts into it. */
export function minimalFolder({ rules = {}, fr = {}, en = {} }: Draft): ReadonlyMap<string, string> {
  const base = rules["kind"] === "policy" ? policy : agreement;
  const text = (words: Readonly<Record<string, string>>) =>
    [
      "# Texte",
      ...CLAUSES.map((clause) => `## ${clause} · Titre\n\n${words[clause] ?? "Voir les règles."}`),
    ].join("\n\n");
  const merged = Object.entries({ ...base, ...rules }).filter(([, value]) => value !== undefined);
  return new Map([
    ["agreement.yaml", stringify(Object.fromEntries(merged), { aliasDuplicateObjects: false })],
    ["text.fr.md", text(fr)],
    ["text.en.md", text(en)],
  ]);
}
