/** What an agreement settles once, in words, under the clause that settles it: its end, its instructions, its transfers. */
import type { Agreement } from "@preau/agreement";
import type { Bilingual, Language } from "@preau/kernel";
import { sayEvery, sayPeriod } from "./agreement-texts.ts";

interface Fact {
  readonly clause: string;
  readonly says: Bilingual;
}

/** The sentences under one clause, in the order of the file. */
export function factsOf(agreement: Agreement, clause: string, language: Language): readonly string[] {
  return allFacts(agreement)
    .filter((fact) => fact.clause === clause)
    .map((fact) => fact.says[language]);
}

function allFacts(agreement: Agreement): readonly Fact[] {
  return [
    ...processorFacts(agreement),
    ...termFacts(agreement),
    ...conductFacts(agreement),
    ...transferFacts(agreement),
    ...backupFacts(agreement),
    ...keepingFacts(agreement),
    ...agreement.safeguards.map(({ id, clause }) => ({ clause, says: safeguards[id] })),
  ];
}

/** How big purges are announced, and when a school year ends. */
function keepingFacts({ notices, schoolYear }: Agreement): readonly Fact[] {
  const ahead = (language: Language) =>
    new Intl.ListFormat(language).format((notices?.before ?? []).map((each) => sayPeriod(each, language)));
  const day = (locale: string) =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" }).format(
      Date.parse(`2001-${schoolYear?.endsOn ?? "01-01"}T00:00:00.000Z`),
    );
  return [
    ...(notices === undefined || notices.before.length === 0
      ? []
      : [
          {
            clause: notices.clause,
            says: {
              fr: `Une suppression de ${notices.big} personnes ou plus est annoncée ${ahead("fr")} à l’avance.`,
              en: `A deletion of ${notices.big} persons or more is announced ${ahead("en")} ahead.`,
            },
          },
        ]),
    ...(schoolYear === undefined
      ? []
      : [
          {
            clause: schoolYear.clause,
            says: {
              fr: `L’année scolaire s’achève le ${day("fr-FR")}.`,
              en: `The school year ends on ${day("en-GB")}.`,
            },
          },
        ]),
  ];
}

function processorFacts({ annexA: { clause, processor } }: Agreement): readonly Fact[] {
  const { name, legalForm, seat, register, representative, officer } = processor;
  const frPerson = `${representative.name}, ${representative.capacity.fr}`;
  const enPerson = `${representative.name}, ${representative.capacity.en}`;
  return [
    {
      clause,
      says: {
        fr: `Sous-traitant : ${name}, ${legalForm}, ${seat} (${register}) ; représenté par ${frPerson}.`,
        en: `Processor: ${name}, ${legalForm}, ${seat} (${register}); represented by ${enPerson}.`,
      },
    },
    {
      clause,
      says: {
        fr: `Délégué à la protection des données : ${officer.name}, ${officer.address}, ${officer.email}.`,
        en: `Data protection officer: ${officer.name}, ${officer.address}, ${officer.email}.`,
      },
    },
  ];
}

function termFacts({ term, controllerPeriods, endOfContract, legalBasis }: Agreement): readonly Fact[] {
  const facts: Fact[] = [];
  if (term !== undefined) {
    facts.push({ clause: term.clause, says: terms[term.endsWith] });
    if (term.survives.length > 0)
      facts.push({
        clause: term.clause,
        says: {
          fr: `Lient encore, tant que des données sont détenues : ${term.survives.join(", ")}.`,
          en: `Still bind while data is held: ${term.survives.join(", ")}.`,
        },
      });
  }
  if (controllerPeriods !== undefined)
    facts.push({ clause: controllerPeriods.clause, says: controllersOwn[controllerPeriods.within] });
  if (legalBasis !== undefined) facts.push({ clause: legalBasis.clause, says: basisSetBy[legalBasis.setBy] });
  if (endOfContract !== undefined)
    facts.push({
      clause: endOfContract.clause,
      says: {
        fr: `Au choix du client : ${endOfContract.choices.map((each) => endings[each].fr).join(" ; ")}.`,
        en: `As the client chooses: ${endOfContract.choices.map((each) => endings[each].en).join("; ")}.`,
      },
    });
  return facts;
}

function conductFacts(agreement: Agreement): readonly Fact[] {
  const { attestation, doubtfulInstruction, subprocessorChange, anonymisation } = agreement;
  const facts: Fact[] = (attestation?.statements ?? []).map(({ fr, en }) => ({
    clause: attestation?.clause ?? "",
    says: { fr: `Le client atteste : ${fr}`, en: `The client attests: ${en}` },
  }));
  if (doubtfulInstruction !== undefined)
    facts.push({ clause: doubtfulInstruction.clause, says: doubts[doubtfulInstruction.then] });
  if (subprocessorChange !== undefined)
    facts.push({ clause: subprocessorChange.clause, says: changes[subprocessorChange.starts] });
  if (anonymisation !== undefined) {
    facts.push({ clause: anonymisation.clause, says: anonymising[anonymisation.default] });
    const { thirdParties } = anonymisation;
    if (thirdParties !== undefined)
      facts.push({ clause: thirdParties.clause, says: disclosures[thirdParties.rule] });
  }
  return facts;
}

function transferFacts({ transfers }: Agreement): readonly Fact[] {
  if (transfers === undefined) return [];
  const facts: Fact[] = [{ clause: transfers.clause, says: transfersToday[transfers.today] }];
  const ahead = transfers.authorisedInAdvance;
  if (ahead !== undefined)
    facts.push({
      clause: ahead.clause,
      says: {
        fr: `Autorisés d’avance, sur l’un de ces mécanismes : ${ahead.mechanisms.map((each) => mechanisms[each].fr).join(", ")}.`,
        en: `Authorised in advance, on one of these mechanisms: ${ahead.mechanisms.map((each) => mechanisms[each].en).join(", ")}.`,
      },
    });
  return facts;
}

function backupFacts({ backups }: Agreement): readonly Fact[] {
  return (backups?.generations ?? []).map((each) => ({
    clause: backups?.clause ?? "",
    says: {
      fr: `Sauvegarde ${kinds[each.kind].fr} ${sayEvery(each.every, "fr")}.`,
      en: `A ${kinds[each.kind].en} backup ${sayEvery(each.every, "en")}.`,
    },
  }));
}

const kinds = {
  full: { fr: "complète", en: "full" },
  differential: { fr: "différentielle", en: "differential" },
};
const terms = {
  contract: { fr: "Prend fin avec le contrat.", en: "Ends with the contract." },
  lastData: {
    fr: "Prend fin quand les dernières données ont disparu.",
    en: "Ends when the last data is gone.",
  },
};
const controllersOwn = {
  ceilings: {
    fr: "Le client fixe ses durées, sous les plafonds de l’accord.",
    en: "The client sets its own periods, below the agreement’s ceilings.",
  },
  anything: { fr: "Le client fixe librement ses durées.", en: "The client sets its own periods freely." },
};
const basisSetBy = {
  controller: {
    fr: "Le client fixe la base légale de chaque finalité.",
    en: "The client settles the legal basis of each purpose.",
  },
  agreement: {
    fr: "L’accord fixe la base légale de chaque finalité.",
    en: "The agreement settles the legal basis of each purpose.",
  },
};
const endings = {
  return: { fr: "restituer", en: "return" },
  delete: { fr: "supprimer", en: "delete" },
  returnThenDelete: { fr: "restituer puis supprimer", en: "return, then delete" },
};
const doubts = {
  flag: {
    fr: "L’instruction est signalée, non suspendue ; ses délais courent.",
    en: "The instruction is flagged, not held; its clocks run on.",
  },
  hold: {
    fr: "L’instruction est signalée et suspendue ; ses délais courent.",
    en: "The instruction is flagged and held; its clocks run on.",
  },
};
const changes = {
  afterWindow: {
    fr: "Aucune donnée avant la fin du délai d’opposition.",
    en: "No data before the window to object has closed.",
  },
  atOnce: {
    fr: "Les données peuvent partir sans attendre la fin du délai.",
    en: "Data may go before the window has closed.",
  },
};
const anonymising = {
  allowed: { fr: "Permise, sauf opposition du client.", en: "Allowed, unless the client objects." },
  refused: { fr: "Refusée, sauf accord du client.", en: "Refused, unless the client agrees." },
};
const disclosures = {
  never: {
    fr: "Les résultats ne sont jamais remis à des tiers.",
    en: "Results are never given to third parties.",
  },
  onRequest: {
    fr: "Les résultats ne sont remis à des tiers qu’à la demande du client.",
    en: "Results are given to third parties only when the client asks.",
  },
  allowed: {
    fr: "Les résultats peuvent être remis à des tiers.",
    en: "Results may be given to third parties.",
  },
};
const transfersToday = {
  none: { fr: "Aucun transfert à ce jour.", en: "No transfer today." },
  some: { fr: "Des transferts ont lieu.", en: "Transfers take place." },
};
const mechanisms = {
  adequacy: { fr: "décision d’adéquation", en: "adequacy decision" },
  standardContractualClauses: { fr: "clauses contractuelles types", en: "standard contractual clauses" },
  bindingCorporateRules: { fr: "règles d’entreprise contraignantes", en: "binding corporate rules" },
  other: { fr: "autre instrument reconnu", en: "another recognised instrument" },
};
const safeguards = {
  breachContactPoint: {
    fr: "Un point de contact est nommé pour les violations.",
    en: "A contact point for breaches is named.",
  },
  priorConsultation: {
    fr: "Aide à la consultation préalable (art. 36).",
    en: "Help with prior consultation (art. 36).",
  },
  forCauseAudit: {
    fr: "Un audit motivé s’ajoute à l’audit annuel.",
    en: "An audit for cause comes on top of the yearly one.",
  },
  subprocessorContractCopy: {
    fr: "Copie du contrat de sous-traitance sur demande.",
    en: "A copy of the subprocessor’s contract on request.",
  },
  subprocessorFailureNotice: {
    fr: "Tout manquement d’un sous-traitant ultérieur est signalé.",
    en: "A subprocessor’s failure is reported.",
  },
  thirdPartyBeneficiary: {
    fr: "Le client peut agir directement si le sous-traitant disparaît.",
    en: "The client may act directly if the processor disappears.",
  },
  deletionCertificate: { fr: "L’effacement est certifié.", en: "Deletion is certified." },
  suspension: { fr: "Le client peut suspendre le traitement.", en: "The client may suspend the processing." },
  sensitiveData: {
    fr: "Les données sensibles ont leurs propres garanties.",
    en: "Sensitive data has safeguards of its own.",
  },
} as const;
