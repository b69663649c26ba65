/**
 * The agreement's figures for whoever carries our mail, against what that carrier documents, and against the agreement's own
 * promises. @clause DC, D12.2
 */
import { type Agreement, documentedHours, formatChain, remediesOf, solveChains } from "@preau/agreement";
import type { MailFinding } from "./mail-finding.ts";

/** Brevo's documentation of DELETE /smtp/log: asynchronous, 24 to 48 hours. */
const BREVO_HOURS = 48;

export function checkMailAgreement(
  agreement: Agreement,
  { recipient, transport }: { readonly recipient: string; readonly transport: string },
): readonly MailFinding[] {
  const entry = agreement.annexC.find((each) => each.recipient === recipient);
  if (entry === undefined) return [carriedByNobody(agreement, recipient)];
  return [
    ...(transport === "brevo" ? [documented(entry.deletionDelay)] : []),
    promised(agreement, recipient),
  ];
}

function carriedByNobody({ recipients }: Agreement, recipient: string): MailFinding {
  const check = "agreement.carrier";
  if (recipients.some(({ id }) => id === recipient))
    return {
      ...{ check, result: "PASS" },
      evidence: {
        en: `${recipient}: of the house, no subprocessor`,
        fr: `${recipient} : de la maison, pas un sous-traitant`,
      },
    };
  return {
    ...{ check, result: "FAIL" },
    evidence: {
      en: `annex C names no recipient ${recipient}`,
      fr: `l’annexe C ne nomme pas de destinataire ${recipient}`,
    },
    remedy: {
      en: "Until it does, the gate lets no message out: correct plugins.mailer.recipient, or announce the subprocessor.",
      fr: "D’ici là, aucun message ne part : corrigez plugins.mailer.recipient, ou annoncez le sous-traitant.",
    },
  };
}

function documented(delay: Agreement["annexC"][number]["deletionDelay"]): MailFinding {
  const check = "agreement.deletionDelay";
  const hours = documentedHours({ deletionDelay: delay });
  const evidence = {
    en: `Brevo documents ${BREVO_HOURS} h, annex C says ${hours === "unknown" ? "nothing" : `${hours} h`}`,
    fr: `Brevo documente ${BREVO_HOURS} h, l’annexe C ${hours === "unknown" ? "n’en dit rien" : `dit ${hours} h`}`,
  };
  if (hours !== "unknown" && hours >= BREVO_HOURS) return { check, result: "PASS", evidence };
  return {
    ...{ check, result: hours === "unknown" ? "UNKNOWN" : "FAIL", evidence },
    remedy: {
      en: `Write deletionDelay: hours(${BREVO_HOURS}) into annex C, and amend the clauses that promise less.`,
      fr: `Portez deletionDelay: hours(${BREVO_HOURS}) dans l’annexe C, et modifiez les clauses qui promettent moins.`,
    },
  };
}

/** The worst of the chains that lead through the carrier. */
function promised(agreement: Agreement, recipient: string): MailFinding {
  const check = "agreement.chains";
  const chains = solveChains(agreement).flatMap((chain) =>
    chain.links
      .filter(({ holder }) => holder === recipient)
      .map((link) => ({ ...chain, binding: link, verdict: link.verdict })),
  );
  const worst =
    chains.find(({ verdict }) => verdict === "REFUTED") ??
    chains.find(({ verdict }) => verdict === "UNKNOWN");
  const shown = worst ?? chains[0];
  if (shown === undefined)
    return {
      check,
      result: "PASS",
      evidence: { en: "no figure bears on it", fr: "aucun chiffre ne pèse sur lui" },
    };
  const [remedy] = remediesOf(shown, shown.binding);
  const line = (language: "en" | "fr") =>
    formatChain(shown, language).split("\n").slice(0, 2).join(" · ").replaceAll(/\s+/g, " ");
  return {
    ...{ check, result: worst === undefined ? "PASS" : worst.verdict === "REFUTED" ? "FAIL" : "UNKNOWN" },
    evidence: { en: line("en"), fr: line("fr") },
    ...(remedy === undefined ? {} : { remedy }),
  };
}
