/** Lints over the rules that end data: whom they reach, whose approval they wait for, what outlives them. */
import type { Agreement } from "./agreement.ts";
import type { Finding, LintScope } from "./lint.ts";
import { sayDuration } from "./say-duration.ts";
import { evidenceKinds } from "./vocabulary.ts";
import { endsWithin } from "./worst-case.ts";

type Rule = Agreement["retention"][number];
type Period = Agreement["periods"][number];

/** What is recorded of every controller; announcements and checkpoints name nobody. */
const NAMES_SOMEBODY = evidenceKinds.filter((kind) => kind !== "notice" && kind !== "checkpoint");

/** Evidence that nothing ever ends: a proof too is personal data (art. 5(1)(e)). @figure D6.1b, D6.1c, D6.2c, D10.2a */
export function evidenceWithoutPeriod({ agreement }: LintScope): readonly Finding[] {
  const ending = agreement.retention.filter(({ store, then }) => store === "evidence" && then === "erase");
  const ended = new Set(ending.flatMap(({ kinds }) => kinds ?? evidenceKinds));
  const endless = NAMES_SOMEBODY.filter((kind) => !ended.has(kind));
  if (endless.length === 0) return [];
  const listed = endless.join(", ");
  return [
    {
      at: ["retention"],
      says: {
        en: `Evidence is kept without a period: ${listed}.`,
        fr: `Des preuves sont gardées sans durée : ${listed}.`,
      },
      remedy: {
        en: `Add a rule: \`store: evidence\`, \`kinds: [${listed}]\`, an \`anchor\` such as contractEnded, and a period.`,
        fr: `Ajoutez une règle : \`store: evidence\`, \`kinds: [${listed}]\`, un \`anchor\` tel que contractEnded, et une durée.`,
      },
    },
  ];
}

/** An approval within hours, which elapse by night and on holidays: nobody can be counted on to give it. @figure D12.2 */
export function approvalCannotCome({ agreement }: LintScope): readonly Finding[] {
  return agreement.retention.flatMap((rule, index): Finding[] => {
    const period = periodOf(agreement, rule);
    if (rule.approval === undefined || period?.duration.unit !== "hours") return [];
    const long = sayDuration(period.duration);
    return [
      {
        at: ["retention", index, "approval"],
        clause: rule.clause,
        says: {
          en: `\`${rule.id}\` waits for an approval, and has ${long.en}, nights and holidays included: it cannot be counted on.`,
          fr: `\`${rule.id}\` attend un accord, et dispose de ${long.fr}, nuits et fêtes comprises : on ne peut y compter.`,
        },
        remedy: {
          en: "Leave `approval` out: what starts the period is an instruction already; or give it days.",
          fr: "Retirez `approval` : ce qui fait courir la durée est déjà une instruction ; ou comptez en jours.",
        },
      },
    ];
  });
}

/** A purge announced before the event from which its period runs. */
export function noticeBeforeEvent({ agreement }: LintScope): readonly Finding[] {
  return agreement.retention.flatMap((rule, index): Finding[] => {
    const period = periodOf(agreement, rule);
    if (period === undefined) return [];
    return (rule.notices?.before ?? []).flatMap((ahead, place): Finding[] => {
      if (endsWithin([ahead], period.duration)) return [];
      const [early, long] = [sayDuration(ahead), sayDuration(period.duration)];
      return [
        {
          at: ["retention", index, "notices", "before", place],
          clause: rule.clause,
          says: {
            en: `\`${rule.id}\` is announced ${early.en} ahead, and its period is ${long.en}: the event would still be to come.`,
            fr: `\`${rule.id}\` s’annonce ${early.fr} à l’avance, et sa durée est de ${long.fr} : l’événement serait encore à venir.`,
          },
          remedy: {
            en: "Announce it later, or lengthen the period.",
            fr: "Annoncez-la plus tard, ou allongez la durée.",
          },
        },
      ];
    });
  });
}

/** A rule for persons, or for data, of which annex B has no row: it never acts. */
export function narrowedToNobody({ agreement }: LintScope): readonly Finding[] {
  return agreement.retention.flatMap((rule, index): Finding[] =>
    (["products", "origins", "roles", "categories"] as const).flatMap((key) =>
      (rule[key] ?? []).flatMap((word, place): Finding[] =>
        agreement.annexB.some((row) => concerns(row, { ...rule, [key]: [word] }))
          ? []
          : [
              {
                at: ["retention", index, key, place],
                clause: rule.clause,
                says: {
                  en: `\`${rule.id}\` is about \`${word}\`, and annex B has no row for that beside what else the rule asks for.`,
                  fr: `\`${rule.id}\` porte sur \`${word}\`, et l’annexe B n’en a aucune ligne avec ce que la règle demande par ailleurs.`,
                },
                remedy: {
                  en: "Take it out, or add the row to annex B.",
                  fr: "Retirez-le, ou ajoutez la ligne à l’annexe B.",
                },
              },
            ],
      ),
    ),
  );
}

type Narrowing = Pick<Rule, "products" | "origins" | "roles" | "categories">;

function concerns(row: Agreement["annexB"][number], narrowing: Narrowing): boolean {
  const { products, origins, roles, categories } = narrowing;
  return (
    (products?.includes(row.product) ?? true) &&
    (origins?.includes(row.origin) ?? true) &&
    (roles?.includes(row.role) ?? true) &&
    (categories === undefined || row.categories.some(({ id }) => categories.includes(id)))
  );
}

/** A narrower rule that lasts longer than a ceiling over the same data from the same event: the ceiling ends it. @figure D12.4 */
export function ceilingEndsRule({ agreement }: LintScope): readonly Finding[] {
  return agreement.retention.flatMap((rule, index): Finding[] =>
    agreement.retention.flatMap((ceiling): Finding[] => {
      if (!ceiling.ceiling || ceiling === rule || rule.then !== "erase") return [];
      if (ceiling.store !== rule.store || ceiling.anchor !== rule.anchor || !covers(ceiling, rule)) return [];
      const [long, most] = [periodOf(agreement, rule), periodOf(agreement, ceiling)];
      if (long === undefined || most === undefined || endsWithin([long.duration], most.duration)) return [];
      const [asked, highest] = [sayDuration(long.duration), sayDuration(most.duration)];
      return [
        {
          at: ["retention", index, "period"],
          clause: rule.clause,
          says: {
            en: `\`${rule.id}\` keeps for ${asked.en} what the ceiling \`${ceiling.id}\` ends after ${highest.en}: it never acts.`,
            fr: `\`${rule.id}\` garde ${asked.fr} ce que le plafond \`${ceiling.id}\` achève après ${highest.fr} : elle ne joue jamais.`,
          },
          remedy: {
            en: "Shorten it, or narrow the ceiling to the others.",
            fr: "Raccourcissez-la, ou restreignez le plafond aux autres.",
          },
        },
      ];
    }),
  );
}

/** True when the wider rule reaches everything that the narrower one does. */
function covers(wider: Rule, narrower: Rule): boolean {
  return (["products", "origins", "roles", "categories", "kinds"] as const).every((key) => {
    const most = wider[key] as readonly string[] | undefined;
    const asked = narrower[key] as readonly string[] | undefined;
    return most === undefined || (asked?.every((word) => most.includes(word)) ?? false);
  });
}

/** A period from the end of a school year of which nobody says when it is. */
export function schoolYearUnstated({ agreement }: LintScope): readonly Finding[] {
  if (agreement.schoolYear !== undefined) return [];
  const rules = agreement.retention.flatMap(({ id, clause, anchor }, index) =>
    anchor === "schoolYearEnded" ? [{ id, clause, at: ["retention", index, "anchor"] }] : [],
  );
  return rules.map(({ id, clause, at }) => ({
    at,
    clause,
    says: {
      en: `\`${id}\` runs from the end of the school year, and no day is said for it: it never fires.`,
      fr: `\`${id}\` court de la fin de l’année scolaire, dont aucun jour n’est dit : elle ne joue jamais.`,
    },
    remedy: {
      en: 'Add `schoolYear: { clause, endsOn: "08-31" }`, and say the day in the text.',
      fr: 'Ajoutez `schoolYear: { clause, endsOn: "08-31" }`, et dites le jour dans le texte.',
    },
  }));
}

/** Loading data destroyed although nobody has yet seen that the backups can replace it. @figure S9 */
export function restoreNotAsked({ agreement }: LintScope): readonly Finding[] {
  return agreement.retention.flatMap(({ id, clause, store, then, condition }, index): Finding[] =>
    store === "loadingData" && then === "erase" && condition === undefined
      ? [
          {
            at: ["retention", index],
            clause,
            says: {
              en: `\`${id}\` destroys what the site was loaded from, and asks for no backup restored in a test first.`,
              fr: `\`${id}\` détruit ce qui a servi au chargement, sans demander qu’une sauvegarde ait d’abord été restaurée à titre d’essai.`,
            },
            remedy: {
              en: "Write `condition: restoreTested`, and say so in the text.",
              fr: "Écrivez `condition: restoreTested`, et dites-le dans le texte.",
            },
          },
        ]
      : [],
  );
}

function periodOf({ periods }: Agreement, { period }: Rule): Period | undefined {
  return periods.find(({ id }) => id === period);
}
