/** The figures that the rules of an agreement state, each with the clause that must say it. */
import { type Duration, formatDuration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Amount } from "./figure.ts";
import type { Path } from "./lint.ts";
import { sayDuration, sayInterval } from "./say-duration.ts";

export interface RuleFigure extends Amount {
  /** Id of the rule; `keepAfterTerm.most`, `backups.daily.every`, `mailer.deletionDelay` for a part of one. */
  readonly rule: string;
  readonly clause: string;
  /** Where `agreement.yaml` says it. */
  readonly at: Path;
  /** As the file has it: `hours(48)`. */
  readonly shows: string;
  /** In words. */
  readonly inWords: Bilingual;
  /** How often, and not how long. */
  readonly frequency: boolean;
  /** How long, and how often says it as well: orders that are gathered for a week are passed on every week. */
  readonly orOften?: boolean;
  /** How many retention rules of the clause rest on it, one at least: its text may say it for each. */
  readonly times: number;
  /** False for a rule that borrows the figure of another clause: its own clause may say it, and need not. */
  readonly required: boolean;
}

/** Every figure of the rules, in the order of the file's parts. */
export function ruleFigures(agreement: Agreement): readonly RuleFigure[] {
  return [
    ...agreement.annexC.flatMap((entry, index) =>
      (["deletionDelay", "deletionBatch"] as const).flatMap((key) =>
        timed(entry[key], {
          rule: `${entry.recipient}.${key}`,
          clause: entry.clause,
          at: ["annexC", index, key],
          orOften: key === "deletionBatch",
        }),
      ),
    ),
    ...agreement.periods.flatMap(({ id, clause, duration, from }, index) =>
      timed(duration, {
        rule: id,
        clause,
        at: ["periods", index, "duration"],
        frequency: from === "lastReview",
        times: Math.max(
          1,
          agreement.retention.filter((rule) => rule.period === id && rule.clause === clause).length,
        ),
      }),
    ),
    ...agreement.choices.flatMap((choice, index) =>
      (["least", "most", "otherwise"] as const).flatMap((key) =>
        timed(choice[key], {
          rule: `${choice.id}.${key}`,
          clause: choice.clause,
          at: ["choices", index, key],
        }),
      ),
    ),
    ...announcements(agreement),
    ...borrowed(agreement),
    ...agreement.counts.map(({ id, clause, count, unit, fr, en }, index) => ({
      rule: id,
      clause,
      at: ["counts", index, "count"],
      unit: unit ?? ("things" as const),
      amount: count,
      shows: String(count),
      inWords: { fr: `${count} ${fr}`, en: `${count} ${en}` },
      frequency: false,
      times: 1,
      required: true,
    })),
    ...(agreement.backups?.generations ?? []).flatMap(({ id, every }, index) =>
      timed(every, {
        rule: `backups.${id}.every`,
        clause: agreement.backups?.clause ?? "",
        at: ["backups", "generations", index, "every"],
        frequency: true,
      }),
    ),
  ];
}

/** When big purges are announced, and what big is: the agreement's, and each rule's own. */
function announcements({ notices, retention }: Agreement): readonly RuleFigure[] {
  const of = (id: string, clause: string, at: Path, said: NonNullable<typeof notices> | Announced) => [
    ...said.before.flatMap((ahead, index) =>
      timed(ahead, { rule: `${id}.before`, clause, at: [...at, "before", index] }),
    ),
    counted({ rule: `${id}.big`, clause, at: [...at, "big"] }, said.big),
  ];
  return [
    ...(notices === undefined ? [] : of("notices", notices.clause, ["notices"], notices)),
    ...retention.flatMap(({ id, clause, notices: own }, index) =>
      own === undefined || own.before.length === 0
        ? []
        : of(`${id}.notices`, clause, ["retention", index, "notices"], own),
    ),
  ];
}

type Announced = NonNullable<Agreement["retention"][number]["notices"]>;

function counted(place: Pick<RuleFigure, "rule" | "clause" | "at">, amount: number): RuleFigure {
  return {
    ...place,
    unit: "things",
    amount,
    shows: String(amount),
    inWords: { fr: `${amount} personnes`, en: `${amount} persons` },
    frequency: false,
    times: 1,
    required: true,
  };
}

/** Retention rules under a clause that is not their period's own. */
function borrowed({ retention, periods }: Agreement): readonly RuleFigure[] {
  return retention.flatMap(({ id, clause, period }, index) => {
    const found = periods.find((each) => each.id === period);
    if (found === undefined || found.clause === clause) return [];
    const at: Path = ["retention", index, "period"];
    return timed(found.duration, { rule: id, clause, at }).map((each) => ({ ...each, required: false }));
  });
}

type Place = Pick<RuleFigure, "rule" | "clause" | "at"> &
  Partial<Pick<RuleFigure, "frequency" | "orOften" | "times">>;

function timed(duration: Duration | string | undefined, place: Place): readonly RuleFigure[] {
  if (duration === undefined || typeof duration === "string") return [];
  const { unit, amount } = duration;
  return [
    {
      frequency: false,
      times: 1,
      ...place,
      unit,
      amount,
      shows: formatDuration(duration),
      inWords: place.frequency === true ? sayInterval(duration) : sayDuration(duration),
      required: true,
    },
  ];
}
