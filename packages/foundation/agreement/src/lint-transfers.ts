/** Lints over where data goes: third countries, and the anonymised data that nothing keeps in the house. */
import type { Finding, LintScope, Path } from "./lint.ts";

/** The European Economic Area: data that stays in it is not transferred to a third country. */
const EEA: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/** Annex C or annex D takes data abroad, and a clause says that nobody does. @figure D9.1 */
export function transferContradicted({ agreement }: LintScope): readonly Finding[] {
  const { transfers, annexC, measures } = agreement;
  if (transfers?.today !== "none") return [];
  const found = (at: Path, clause: string, who: string, country: string): Finding => ({
    at,
    clause,
    says: {
      en: `${transfers.clause} says that no data is transferred, and \`${who}\` takes it to ${country}.`,
      fr: `${transfers.clause} dit qu’aucune donnée n’est transférée, et \`${who}\` en emporte vers ${country}.`,
    },
    remedy: {
      en: `Amend ${transfers.clause} with the mechanism of chapter V, or keep the data in the European Economic Area.`,
      fr: `Modifiez ${transfers.clause} en nommant le mécanisme du chapitre V, ou gardez les données dans l’Espace économique européen.`,
    },
  });
  return [
    ...annexC.flatMap(({ recipient, clause, transfers: transfer }, index) =>
      transfer === "none" ? [] : [found(["annexC", index, "transfers"], clause, recipient, transfer.country)],
    ),
    ...measures.flatMap(({ id, clause, country }, index) =>
      country === undefined || EEA.has(country)
        ? []
        : [found(["measures", index, "country"], clause, id, country)],
    ),
  ];
}

/** A transfer under a mechanism that the clause on transfers does not authorise. @figure D9.2 */
export function mechanismNotAuthorised({ agreement: { transfers, annexC } }: LintScope): readonly Finding[] {
  const authorised = transfers?.authorisedInAdvance;
  if (authorised === undefined) return [];
  return annexC.flatMap(({ recipient, clause, transfers: transfer }, index): Finding[] =>
    transfer === "none" || authorised.mechanisms.includes(transfer.mechanism)
      ? []
      : [
          {
            at: ["annexC", index, "transfers", "mechanism"],
            clause,
            says: {
              en: `\`${recipient}\` transfers under \`${transfer.mechanism}\`, which ${authorised.clause} does not authorise.`,
              fr: `\`${recipient}\` transfère au titre de \`${transfer.mechanism}\`, que ${authorised.clause} n’autorise pas.`,
            },
            remedy: {
              en: `Add the mechanism to ${authorised.clause}, or have the controller authorise this transfer in writing.`,
              fr: `Ajoutez le mécanisme à ${authorised.clause}, ou faites autoriser ce transfert par écrit.`,
            },
          },
        ],
  );
}

/** Anonymised data may be used by default, and nothing says to whom it may go. @figure D13.1, S11 */
export function anonymisedReuseUnbounded({ agreement: { anonymisation } }: LintScope): readonly Finding[] {
  if (anonymisation?.default !== "allowed") return [];
  const rule = anonymisation.thirdParties?.rule;
  if (rule === "never" || rule === "onRequest") return [];
  return [
    {
      at: ["anonymisation", ...(rule === undefined ? [] : ["thirdParties", "rule"])],
      clause: anonymisation.clause,
      says: {
        en: "Anonymised data may be used by default, and nothing keeps it from third parties.",
        fr: "Les données anonymisées peuvent servir par défaut, et rien ne les garde des tiers.",
      },
      remedy: {
        en: "Add `thirdParties: { clause, rule: never }`, or `onRequest`, and say so in the text.",
        fr: "Ajoutez `thirdParties: { clause, rule: never }`, ou `onRequest`, et dites-le dans le texte.",
      },
    },
  ];
}
