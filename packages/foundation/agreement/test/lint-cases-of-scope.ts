/** Cases of the lints over annexes, transfers, words of the text, and what an agreement leaves out. */
import type { LintCode } from "../src/index.ts";
import { type LintCase, rules, words } from "./lint-case.ts";
import {
  annexAWith,
  erase,
  forward,
  host,
  notice,
  periods,
  proofRule,
  prove,
  safeguardsBut,
  window,
  word,
} from "./minimal-agreement.ts";

const gar = (role: string, categories: readonly unknown[]) => ({
  clause: "DB",
  product: "plume",
  origin: "gar",
  role,
  categories,
});
const garPupil = gar("pupil", ["identifier"]);
const desk = { ...host, recipient: "desk", origins: "outsideGarOnly", purposes: ["support"] };
const team = { ...word("team"), clause: "DB", operations: ["show"], purposes: ["support"] };
const supported = { id: "name", purposes: ["support"] };
const abroad = { ...host, transfers: { country: "US", mechanism: "standardContractualClauses" } };
const everyPurpose = { products: [{ ...word("plume"), clause: "DB", purposes: ["run", "support"] }] };
const authorised = (mechanisms: readonly string[]) => ({ clause: "D9", mechanisms });

const unsaid: readonly (readonly [code: LintCode, section: string])[] = [
  ["TERM_UNSTATED", "term"],
  ["NATURE_UNSTATED", "nature"],
  ["LEGAL_BASIS_UNSTATED", "legalBasis"],
  ["ATTESTATION_MISSING", "attestation"],
  ["DOUBTFUL_INSTRUCTION_UNSTATED", "doubtfulInstruction"],
  ["END_OF_CONTRACT_UNSTATED", "endOfContract"],
  ["SUBPROCESSOR_CHANGE_UNSTATED", "subprocessorChange"],
  ["TRANSFERS_UNSTATED", "transfers"],
  ["MEASURES_MISSING", "measures"],
  ["SUBPROCESSORS_MISSING", "annexC"],
];
const forgotten: readonly (readonly [code: LintCode, safeguard: string])[] = [
  ["BREACH_CONTACT_POINT_MISSING", "breachContactPoint"],
  ["PRIOR_CONSULTATION_MISSING", "priorConsultation"],
  ["FOR_CAUSE_AUDIT_MISSING", "forCauseAudit"],
  ["SUBPROCESSOR_CONTRACT_COPY_MISSING", "subprocessorContractCopy"],
  ["SUBPROCESSOR_FAILURE_NOTICE_MISSING", "subprocessorFailureNotice"],
  ["THIRD_PARTY_BENEFICIARY_MISSING", "thirdPartyBeneficiary"],
  ["DELETION_CERTIFICATE_MISSING", "deletionCertificate"],
  ["SUSPENSION_MISSING", "suspension"],
  ["SENSITIVE_DATA_UNSTATED", "sensitiveData"],
];

export const casesOfScope: readonly LintCase[] = [
  {
    code: "CORRESPONDENCE_UNSTATED",
    defect: "announcements to officers whom nobody writes to",
    ...rules({ annexA: annexAWith(undefined) }, { annexA: annexAWith(["host"]) }),
  },

  {
    code: "PRODUCT_MISSING",
    defect: "an agreement for no product",
    ...rules({ products: undefined, annexB: undefined }, {}),
  },
  {
    code: "PRODUCT_WITHOUT_ROWS",
    defect: "a product of which annex B says nothing",
    ...rules({ annexB: undefined }, {}),
  },
  {
    code: "NATURE_LACKS_PURPOSE_NEEDS",
    defect: "a purpose that shares, in a processing that does not",
    ...rules(
      { purposes: [{ ...word("run"), needs: ["share"] }, word("support")] },
      {
        purposes: [{ ...word("run"), needs: ["share"] }, word("support")],
        nature: { clause: "DB", operations: ["collect", "share"] },
      },
    ),
  },
  {
    code: "NATURE_LACKS_PURPOSE_NEEDS",
    defect: "anonymisation by default, in a processing that does not anonymise",
    ...rules(
      {
        anonymisation: { clause: "D13", default: "allowed", thirdParties: { clause: "D13", rule: "never" } },
      },
      {
        anonymisation: { clause: "D13", default: "allowed", thirdParties: { clause: "D13", rule: "never" } },
        nature: { clause: "DB", operations: ["anonymise"] },
      },
    ),
  },
  {
    code: "PERSONS_OMITTED",
    defect: "persons concerned without the teachers",
    ...rules(
      { products: [{ ...word("plume"), clause: "DB", purposes: ["run"], persons: ["pupil"] }] },
      { products: [{ ...word("plume"), clause: "DB", purposes: ["run"], persons: ["pupil", "teacher"] }] },
    ),
  },
  {
    code: "GAR_ROLE_EMPTY",
    defect: "pupils through GAR, with nothing listed",
    ...rules({ annexB: [gar("pupil", [])] }, { annexB: [garPupil] }),
  },
  {
    code: "GAR_PUPIL_UNDEFINED",
    defect: "GAR for teachers, and not a word of pupils",
    ...rules(
      { annexB: [gar("teacher", ["identifier"])] },
      { annexB: [gar("teacher", ["identifier"]), garPupil] },
    ),
  },
  {
    code: "GAR_IDENTIFIER_UNLISTED",
    defect: "a name through GAR and no identifier",
    ...rules({ annexB: [gar("pupil", ["name"])] }, { annexB: [gar("pupil", ["name", "identifier"])] }),
  },
  {
    code: "SUPPORT_CLOSED_TO_GAR",
    defect: "support requests through GAR, to a desk outside GAR only",
    ...rules(
      { annexB: [gar("pupil", ["identifier", supported])], annexC: [host, desk] },
      { annexB: [gar("pupil", ["identifier", supported])], annexC: [host, desk], recipients: [team] },
    ),
  },
  {
    code: "SUPPORT_CLOSED_TO_GAR",
    defect: "a row through GAR for every purpose of its product, and a desk outside GAR only",
    ...rules(
      { ...everyPurpose, annexB: [gar("pupil", ["identifier"])], annexC: [host, desk] },
      {
        ...everyPurpose,
        annexB: [{ ...gar("pupil", ["identifier"]), purposes: ["run"] }],
        annexC: [host, desk],
      },
    ),
  },
  {
    code: "TRANSFER_CONTRADICTED",
    defect: "no transfer, and a subprocessor that transfers",
    ...rules(
      { annexC: [{ ...host, transfers: { country: "US", mechanism: "adequacy" } }] },
      {
        annexC: [{ ...host, transfers: { country: "US", mechanism: "adequacy" } }],
        transfers: { clause: "D9", today: "some" },
      },
    ),
  },
  {
    code: "TRANSFER_CONTRADICTED",
    defect: "no transfer, and a hosting outside the European Economic Area",
    ...rules(
      { measures: [{ ...word("hosting"), clause: "DD", country: "CA" }] },
      { measures: [{ ...word("hosting"), clause: "DD", country: "FR" }] },
    ),
  },
  {
    code: "MECHANISM_NOT_AUTHORISED",
    defect: "a transfer under clauses that only adequacy would allow",
    ...rules(
      {
        annexC: [abroad],
        transfers: { clause: "D9", today: "some", authorisedInAdvance: authorised(["adequacy"]) },
      },
      {
        annexC: [abroad],
        transfers: {
          clause: "D9",
          today: "some",
          authorisedInAdvance: authorised(["standardContractualClauses"]),
        },
      },
    ),
  },
  {
    code: "ANONYMISED_REUSE_UNBOUNDED",
    defect: "anonymised data for anybody",
    ...rules(
      {
        nature: { clause: "DB", operations: ["anonymise"] },
        anonymisation: { clause: "D13", default: "allowed" },
      },
      {
        nature: { clause: "DB", operations: ["anonymise"] },
        anonymisation: {
          clause: "D13",
          default: "allowed",
          thirdParties: { clause: "D13", rule: "onRequest" },
        },
      },
    ),
  },
  {
    code: "VAGUE_FIGURE",
    defect: "the best delays, over the end of a line",
    ...words("D13", "Il prévient dans les meilleurs\n  délais.", "Il prévient dans les 24 heures."),
  },
  {
    code: "VAGUE_FIGURE",
    defect: "undue delay, in English",
    broken: { en: { D13: "It tells the client without undue delay." } },
    fixed: { en: { D13: "It tells the client within the day." } },
  },
  {
    code: "VAGUE_FIGURE",
    defect: "regular reviews without a rhythm, which a rule can give",
    broken: { fr: { D13: "Les droits sont revus régulièrement." } },
    fixed: {
      rules: { periods: [...periods, { ...forward, id: "review", clause: "D13", from: "lastReview" }] },
      fr: { D13: "Les droits sont revus régulièrement, toutes les 48 heures." },
    },
  },
  {
    code: "VAGUE_FIGURE",
    defect: "the best delays beside a figure of another sentence",
    broken: { fr: { D10: "Les demandes partent sous 48 heures. Les autres, dans les meilleurs délais." } },
    fixed: {
      fr: {
        D10: "Les demandes partent dans les meilleurs délais, au plus tard sous 48 heures. Les autres non.",
      },
    },
  },
  {
    code: "LOCK_ON_ACTIVITY",
    defect: "sessions that lock when used",
    ...words(
      "DD",
      "Verrouillage automatique des sessions en cas d’activité.",
      "Verrouillage automatique des sessions en cas d’inactivité.",
    ),
  },
  {
    code: "ADDITIONS_MISWRITTEN",
    defect: "openings logged for additions",
    ...words("DD", "Les ajours et les suppressions.", "Les ajouts et les suppressions."),
  },
  {
    code: "PASSWORDS_NOT_HASHED",
    defect: "passwords said to be encrypted, in the rules",
    ...rules(
      { measures: [{ ...word("passwords"), clause: "DD", passwords: "encrypted" }] },
      { measures: [{ ...word("passwords"), clause: "DD", passwords: "hashed" }] },
    ),
  },
  {
    code: "PASSWORDS_NOT_HASHED",
    defect: "passwords said to be encrypted, in the text",
    ...words("DD", "Mots de passe des clients chiffrés.", "Mots de passe hachés, jamais chiffrés."),
  },
  {
    code: "REQUEST_WITHOUT_DEADLINE",
    defect: "requests passed on some day",
    ...rules({ periods: [notice, window, prove, erase] }, {}),
  },
  {
    code: "RETENTION_MISSING",
    defect: "no rule for the data of the service",
    ...rules({ retention: [proofRule], periods: [forward, notice, window, prove] }, {}),
  },
  ...unsaid.map(
    ([code, section]): LintCase => ({
      code,
      defect: `nothing under ${section}`,
      ...rules({ [section]: undefined }, {}),
    }),
  ),
  ...forgotten.map(
    ([code, safeguard]): LintCase => ({
      code,
      defect: `safeguards without ${safeguard}`,
      ...rules({ safeguards: safeguardsBut(safeguard) }, {}),
    }),
  ),
];
