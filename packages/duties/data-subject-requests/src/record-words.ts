/** What the desk's tables are called, for whoever reads a copy. @clause D10.1a */
import type { RecordWords } from "@preau/kernel";

const moment = (fr: string, en: string) => ({ title: { fr, en }, form: "isoMoment" }) as const;
const number = { title: { fr: "Numéro", en: "Number" }, form: "technical" } as const;
const named = (fr: string, en: string) => ({ title: { fr, en } });
const instruction = { title: { fr: "Instruction", en: "Instruction" }, form: "technical" } as const;
const request = { title: { fr: "Demande", en: "Request" }, form: "technical" } as const;

export const recordWords: RecordWords = {
  tables: {
    dsr_inquiry: {
      title: named("Messages reçus", "Messages received").title,
      columns: {
        inquiry: number,
        channel: named("Voie", "Channel"),
        receivedAt: moment("Reçu le", "Received on"),
        name: named("Nom", "Name"),
        address: named("Adresse", "Address"),
        text: named("Texte", "Text"),
        concerns: named("Personne concernée", "Person concerned"),
        school: named("Établissement", "School"),
      },
    },
    dsr_request: {
      title: named("Demandes", "Requests").title,
      columns: {
        request: number,
        matter: named("Droit", "Right"),
        state: named("État", "State"),
        role: named("Qualité", "Role"),
        receivedAt: moment("Reçue le", "Received on"),
        forwardedAt: moment("Transmise le", "Forwarded on"),
        answerDueAt: moment("Réponse attendue le", "Answer due on"),
        closedAt: moment("Close le", "Closed on"),
        outcome: named("Issue", "Outcome"),
        name: named("Nom", "Name"),
        address: named("Adresse", "Address"),
        text: named("Texte", "Text"),
        concerns: named("Personne concernée", "Person concerned"),
        school: named("Établissement", "School"),
      },
    },
    dsr_action: {
      title: named("Suites données", "What was done").title,
      columns: {
        action: number,
        request,
        instruction,
        matter: named("Droit", "Right"),
        begunAt: moment("Commencé le", "Begun on"),
        state: named("État", "State"),
        verdict: named("Verdict", "Verdict"),
        endedAt: moment("Achevé le", "Ended on"),
      },
    },
    dsr_restriction: {
      title: named("Limitations du traitement", "Restrictions of processing").title,
      columns: {
        restriction: number,
        instruction,
        since: moment("Depuis le", "Since"),
        liftedAt: moment("Levée le", "Lifted on"),
      },
    },
    dsr_objection: {
      title: named("Oppositions", "Objections").title,
      columns: {
        objection: number,
        instruction,
        purpose: named("Finalité", "Purpose"),
        since: moment("Depuis le", "Since"),
        endedAt: moment("Jusqu’au", "Until"),
      },
    },
    dsr_review: {
      title: named("Décisions automatisées", "Automated decisions").title,
      columns: {
        review: number,
        request,
        statement: named("Constat", "Statement"),
        reviewer: named("Qualité de l’examinateur", "Capacity of the reviewer"),
        reviewedAt: moment("Examiné le", "Reviewed on"),
        outcome: named("Issue", "Outcome"),
        recordedAt: moment("Consigné le", "Recorded on"),
      },
    },
  },
  categories: {},
};
