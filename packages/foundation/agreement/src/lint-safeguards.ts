/** What art. 28 and the standard clauses of Decision (EU) 2021/915 ask for, and the agreement does not say: one lint each. */
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Finding, LintScope } from "./lint.ts";

type Safeguard = Agreement["safeguards"][number]["id"];

/** What is missing, and the standard clause that asks for it. */
const MISSING: Readonly<Record<Safeguard, Bilingual>> = {
  breachContactPoint: {
    en: "a contact point in the notice of a breach (clause 9.2(b))",
    fr: "un point de contact dans la notification d’une violation (clause 9.2 b)",
  },
  priorConsultation: {
    en: "help with the prior consultation of the authority (clause 8(c)(2))",
    fr: "l’aide à la consultation préalable de l’autorité (clause 8 c) 2)",
  },
  forCauseAudit: {
    en: "an audit on indications of non-compliance, beside the yearly one (clause 7.6(c))",
    fr: "un audit sur indices de manquement, outre l’audit annuel (clause 7.6 c)",
  },
  subprocessorContractCopy: {
    en: "a copy of the subprocessor's contract on request (clause 7.7(c))",
    fr: "une copie, sur demande, du contrat du sous-traitant ultérieur (clause 7.7 c)",
  },
  subprocessorFailureNotice: {
    en: "notice of a subprocessor's failure (clause 7.7(d))",
    fr: "l’annonce du manquement d’un sous-traitant ultérieur (clause 7.7 d)",
  },
  thirdPartyBeneficiary: {
    en: "the controller's right to end the subprocessor's contract should the processor disappear (clause 7.7(e))",
    fr: "le droit du responsable de mettre fin au contrat du sous-traitant ultérieur si le sous-traitant disparaît (clause 7.7 e)",
  },
  deletionCertificate: {
    en: "a certificate of deletion (clause 10(d))",
    fr: "une attestation de suppression (clause 10 d)",
  },
  suspension: {
    en: "suspension of the processing while the processor is in breach (clause 10(a))",
    fr: "la suspension du traitement tant que le sous-traitant manque à ses obligations (clause 10 a)",
  },
  sensitiveData: {
    en: "what holds for sensitive data (clause 7.5)",
    fr: "ce qui vaut pour les données sensibles (clause 7.5)",
  },
};

/** The lint that looks for one safeguard. */
export function lacks(safeguard: Safeguard): (scope: LintScope) => readonly Finding[] {
  const { en, fr } = MISSING[safeguard];
  return ({ agreement }) =>
    agreement.safeguards.some(({ id }) => id === safeguard)
      ? []
      : [
          {
            at: ["safeguards"],
            says: { en: `The agreement leaves out ${en}.`, fr: `L’accord ne prévoit pas ${fr}.` },
            remedy: {
              en: `Write it into a clause, and add \`{ id: ${safeguard}, clause }\` to \`safeguards\`.`,
              fr: `Écrivez-le dans une clause, et ajoutez \`{ id: ${safeguard}, clause }\` à \`safeguards\`.`,
            },
          },
        ];
}
