/** Lints over deadlines: from whose event they run, and what waits for them. */
import type { Agreement } from "./agreement.ts";
import type { Finding, LintScope } from "./lint.ts";
import { matchesIn } from "./text-matches.ts";

/** A deadline of which nobody knows when it starts. */
export function deadlineWithoutStart(scope: LintScope): readonly Finding[] {
  const anchored = anchoredPeriods(scope.agreement);
  const ofAwareness = clausesOfAwareness(scope);
  return scope.agreement.periods.flatMap(({ id, clause, from }, index): Finding[] =>
    from !== undefined || anchored.has(id) || ofAwareness.has(clause)
      ? []
      : [
          {
            at: ["periods", index],
            clause,
            says: {
              en: `\`${id}\` does not say from which event it runs.`,
              fr: `\`${id}\` ne dit pas depuis quel événement la durée court.`,
            },
            remedy: {
              en: "Name the event under `from`: requestReceived, announcementReceived, auditAnnounced…",
              fr: "Nommez l’événement sous `from` : requestReceived, announcementReceived, auditAnnounced…",
            },
          },
        ],
  );
}

/** Periods that another rule starts: one of retention, or the promise that an exception softens. */
function anchoredPeriods({ periods, retention }: Agreement): ReadonlySet<string> {
  return new Set([
    ...retention.map(({ period }) => period),
    ...periods.flatMap(({ exceptions }) => (exceptions ?? []).map(({ period }) => period)),
  ]);
}

const AWARE = { processor: "processorAware", controller: "controllerAware" } as const;

/**
 * A period that runs from somebody's knowledge, and not from that of the one whom it binds. One that names another event
 * may stand in the same clause. @figure D10.2c
 */
export function awarenessWhose(scope: LintScope): readonly Finding[] {
  const anchored = anchoredPeriods(scope.agreement);
  const ofAwareness = clausesOfAwareness(scope);
  return scope.agreement.periods.flatMap((period, index): Finding[] => {
    const { id, clause, from } = period;
    const isAware = from === "processorAware" || from === "controllerAware";
    if (isAware && from === awarenessOf(period)) return [];
    if (!isAware && (from !== undefined || anchored.has(id) || !ofAwareness.has(clause))) return [];
    return [
      {
        at: ["periods", index, ...(from === undefined ? [] : ["from"])],
        clause,
        says: {
          en: "The period runs from somebody's awareness, and whose is not that of the party whom it binds, or is not said.",
          fr: "La durée court de la connaissance de quelqu’un, qui n’est pas la partie qu’elle oblige, ou qui n’est pas nommé.",
        },
        remedy: {
          en: "Write `from: controllerAware` or `from: processorAware`, after whom it binds; both instants are recorded.",
          fr: "Écrivez `from: controllerAware` ou `from: processorAware`, selon qui est obligé ; les deux instants sont consignés.",
        },
      },
    ];
  });
}

function awarenessOf({ binds }: Agreement["periods"][number]): string | undefined {
  return binds === undefined ? undefined : AWARE[binds];
}

/** To bring to somebody's knowledge is not to become aware. */
const AWARENESS = {
  fr: /(?<!à\s+(?:la|sa|leur|votre)\s+)connaissance(?!\p{L})/giu,
  en: /(?<!\p{L})aware(?:ness)?(?!\p{L})/giu,
} as const;

/** The clauses whose words speak of it. */
function clausesOfAwareness({ texts }: LintScope): ReadonlySet<string> {
  const spoken = texts.filter(({ language, visible }) => matchesIn(visible, AWARENESS[language]).length > 0);
  return new Set(spoken.map(({ clause }) => clause));
}

/** An announcement that only has to be *reasonable*. @figure D8.2 */
export function noticeWithoutFigure({ agreement: { subprocessorChange } }: LintScope): readonly Finding[] {
  if (subprocessorChange === undefined || subprocessorChange.notice !== undefined) return [];
  return [
    {
      at: ["subprocessorChange"],
      clause: subprocessorChange.clause,
      says: {
        en: "How long before the change a new subprocessor is announced has no figure.",
        fr: "Combien de temps avant le changement un nouveau sous-traitant s’annonce n’est pas chiffré.",
      },
      remedy: {
        en: "Add a period, and name it under `notice`.",
        fr: "Ajoutez une durée, et nommez-la sous `notice`.",
      },
    },
  ];
}

/** No window in which the controller may object. @figure D8.3 */
export function objectionWithoutWindow({ agreement: { subprocessorChange } }: LintScope): readonly Finding[] {
  if (subprocessorChange === undefined || subprocessorChange.window !== undefined) return [];
  return [
    {
      at: ["subprocessorChange"],
      clause: subprocessorChange.clause,
      says: {
        en: "The controller may object, and until when is not said (art. 28(2)).",
        fr: "Le responsable peut s’opposer, et jusqu’à quand n’est pas dit (art. 28, § 2).",
      },
      remedy: {
        en: "Add a period that runs from announcementReceived, and name it under `window`.",
        fr: "Ajoutez une durée qui court de announcementReceived, et nommez-la sous `window`.",
      },
    },
  ];
}

/** A subprocessor that receives data while the controller may still object. @figure D8.3 */
export function startsBeforeObjection({ agreement: { subprocessorChange } }: LintScope): readonly Finding[] {
  if (subprocessorChange?.starts !== "atOnce") return [];
  return [
    {
      at: ["subprocessorChange", "starts"],
      clause: subprocessorChange.clause,
      says: {
        en: "A new subprocessor receives data while the controller may still object.",
        fr: "Un nouveau sous-traitant reçoit des données alors que le responsable peut encore s’opposer.",
      },
      remedy: {
        en: "Write `starts: afterWindow`, and say so in the text.",
        fr: "Écrivez `starts: afterWindow`, et dites-le dans le texte.",
      },
    },
  ];
}
