/** Lints over what is kept, how long, and from when. */
import type { Finding, LintScope } from "./lint.ts";
import { sayDuration } from "./say-duration.ts";
import { endsWithin } from "./worst-case.ts";

/** Stores that hold a controller's personal data; evidence and samples are the processor's own business. */
const CONTROLLERS_DATA: ReadonlySet<string> = new Set(["live", "backups", "activityLog", "loadingData"]);

/** Data held after an agreement that ends with the contract, by rules that do not outlive it. @figure D3 */
export function heldAfterAgreement({ agreement }: LintScope): readonly Finding[] {
  const { term, retention } = agreement;
  if (term?.endsWith !== "contract") return [];
  const surviving = new Set(term.survives);
  const seen = new Set<string>();
  return retention.flatMap(({ clause, store }, index): Finding[] => {
    if (!CONTROLLERS_DATA.has(store) || surviving.has(clause) || seen.has(clause)) return [];
    seen.add(clause);
    return [
      {
        at: ["retention", index, "clause"],
        clause,
        says: {
          en: `Data is still held under ${clause} after the agreement has ended with the contract: nothing binds the processor then.`,
          fr: `Des données sont encore détenues au titre de ${clause} après que l’accord a pris fin avec le contrat : plus rien n’oblige alors le sous-traitant.`,
        },
        remedy: {
          en: `Add ${clause} to \`term.survives\` and to the text of ${term.clause}, or let the agreement end with the last data.`,
          fr: `Ajoutez ${clause} à \`term.survives\` et au texte de ${term.clause}, ou faites durer l’accord jusqu’aux dernières données.`,
        },
      },
    ];
  });
}

/** A ceiling beside a controller who sets the periods, and no word on which of them gives way. @figure D5 */
export function ceilingPrecedenceUnstated({ agreement }: LintScope): readonly Finding[] {
  const index = agreement.retention.findIndex(({ ceiling }) => ceiling);
  const rule = agreement.retention[index];
  if (rule === undefined || agreement.controllerPeriods !== undefined) return [];
  return [
    {
      at: ["retention", index, "ceiling"],
      clause: rule.clause,
      says: {
        en: "The controller sets the periods and this one is a ceiling; which of the two gives way is not said.",
        fr: "Le responsable fixe les durées, et celle-ci est un plafond ; lequel cède à l’autre n’est pas dit.",
      },
      remedy: {
        en: "Add `controllerPeriods: { clause, within: ceilings }`, and say so in the text.",
        fr: "Ajoutez `controllerPeriods: { clause, within: ceilings }`, et dites-le dans le texte.",
      },
    },
  ];
}

/** A rule that never fires: it says how long, and not from when. @figure D12.4 */
export function periodWithoutAnchor({ agreement }: LintScope): readonly Finding[] {
  return agreement.retention.flatMap(({ id, clause, anchor }, index): Finding[] =>
    anchor === undefined
      ? [
          {
            at: ["retention", index],
            clause,
            says: {
              en: `\`${id}\` says how long, and not from which event: it never fires.`,
              fr: `\`${id}\` dit combien de temps, et non depuis quel événement : la règle ne joue jamais.`,
            },
            remedy: {
              en: "Name the event under `anchor`: contractEnded, lastActivity, accountDeleted…",
              fr: "Nommez l’événement sous `anchor` : contractEnded, lastActivity, accountDeleted…",
            },
          },
        ]
      : [],
  );
}

/** Logs that name a person whose data was erased. @figure D12.2, DD.8 */
export function namedInLogsAfterErasure({ agreement }: LintScope): readonly Finding[] {
  const erased = agreement.retention.find(
    ({ store, anchor }) => store === "live" && anchor === "accountDeleted",
  );
  if (erased === undefined) return [];
  return agreement.retention.flatMap(({ clause, store, identity }, index): Finding[] =>
    store === "activityLog" && identity !== "removed"
      ? [
          {
            at: ["retention", index],
            clause,
            says: {
              en: `Data goes under ${erased.clause}, and under ${clause} the logs go on naming the person.`,
              fr: `Les données disparaissent au titre de ${erased.clause}, et les journaux continuent de nommer la personne au titre de ${clause}.`,
            },
            remedy: {
              en: "Write `identity: removed`, and say in the text that logs keep the event without the person.",
              fr: "Écrivez `identity: removed`, et dites dans le texte que les journaux gardent le fait sans la personne.",
            },
          },
        ]
      : [],
  );
}

/** What a contract may leave open, and nothing says what holds then. @figure S15 */
export function guardTimeNotChosen({ agreement }: LintScope): readonly Finding[] {
  return agreement.choices.flatMap(({ id, clause, mandatory, otherwise }, index): Finding[] =>
    mandatory || otherwise !== undefined
      ? []
      : [
          {
            at: ["choices", index],
            clause,
            says: {
              en: `A contract may leave \`${id}\` open, and nothing says what holds then.`,
              fr: `Un contrat peut laisser \`${id}\` en suspens, et rien ne dit ce qui vaut alors.`,
            },
            remedy: {
              en: "Add `otherwise: none`, or a period; or make the choice mandatory in every contract.",
              fr: "Ajoutez `otherwise: none`, ou une durée ; ou rendez le choix obligatoire dans tout contrat.",
            },
          },
        ],
  );
}

/** A contract may choose longer than a ceiling that runs from the same event. @figure D12.4, S15 */
export function choiceAboveCeiling({ agreement }: LintScope): readonly Finding[] {
  const { choices, retention, periods } = agreement;
  return choices.flatMap(({ id, clause, from, most }, index): Finding[] =>
    retention.flatMap((rule): Finding[] => {
      const ceiling = periods.find((period) => period.id === rule.period);
      if (!rule.ceiling || from === undefined || rule.anchor !== from) return [];
      if (most === undefined || ceiling === undefined || endsWithin([most], ceiling.duration)) return [];
      const [chosen, highest] = [sayDuration(most), sayDuration(ceiling.duration)];
      return [
        {
          at: ["choices", index, "most"],
          clause,
          says: {
            en: `A contract may choose ${chosen.en} for \`${id}\`, and ${rule.clause} allows ${highest.en}.`,
            fr: `Un contrat peut choisir ${chosen.fr} pour \`${id}\`, et ${rule.clause} permet ${highest.fr}.`,
          },
          remedy: {
            en: "Bring `most` down to the ceiling, or raise the ceiling.",
            fr: "Ramenez `most` au plafond, ou relevez le plafond.",
          },
        },
      ];
    }),
  );
}

/** A policy on samples that never makes them disappear. @figure S6 */
export function samplesNeverDestroyed({ agreement }: LintScope): readonly Finding[] {
  if (agreement.retention.some(({ store, then }) => store === "samples" && then === "erase")) return [];
  return [
    {
      at: ["retention"],
      says: { en: "No rule destroys a sample.", fr: "Aucune règle ne détruit un échantillon." },
      remedy: {
        en: "Add a rule with `store: samples`, `anchor: presalesClosed` and a period.",
        fr: "Ajoutez une règle avec `store: samples`, `anchor: presalesClosed` et une durée.",
      },
    },
  ];
}
