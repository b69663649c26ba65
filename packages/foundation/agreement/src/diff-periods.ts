/** Periods, retention and other figures that change, and who is better or worse off. */
import { type Duration, formatDuration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement, Period } from "./agreement.ts";
import { type Change, type Effect } from "./change.ts";
import { sayDuration } from "./say-duration.ts";
import { endsWithin } from "./worst-case.ts";

type Concern = Change["for"][number];
/** `other`: neither is longer at every start, 30 days and a month. */
type Tendency = "longer" | "shorter" | "other";

/** Which of two durations lasts longer, whenever it starts. */
export function tendencyOf(before: Duration, after: Duration): Tendency {
  const [within, around] = [endsWithin([after], before), endsWithin([before], after)];
  if (within === around) return "other";
  return within ? "shorter" : "longer";
}

/** Periods whose duration changes, that appear or that go. */
export function diffPeriods(from: Agreement, to: Agreement): readonly Change[] {
  return pairs(from.periods, to.periods).flatMap(([before, after]): Change[] => {
    const period = after ?? before;
    if (period === undefined) return [];
    const base = { kind: "period" as const, clause: period.clause, id: period.id };
    if (before === undefined || after === undefined) {
      const isNew = before === undefined;
      return [
        {
          ...base,
          change: isNew ? "added" : "removed",
          says: sayDuration(period.duration),
          for: whoBenefits(isNew ? to : from, period, isNew ? "begins" : "ends"),
        },
      ];
    }
    const [was, is] = [sayDuration(before.duration), sayDuration(after.duration)];
    if (was.en === is.en) return [];
    const tendency = tendencyOf(before.duration, after.duration);
    return [
      {
        ...base,
        change: "changed",
        says: {
          en: `${was.en} → ${is.en}${TENDENCIES[tendency].en}`,
          fr: `${was.fr} → ${is.fr}${TENDENCIES[tendency].fr}`,
        },
        for: whoBenefits(to, after, tendency),
      },
    ];
  });
}

const TENDENCIES: Readonly<Record<Tendency, Bilingual>> = {
  longer: { en: ", longer", fr: ", plus long" },
  shorter: { en: ", shorter", fr: ", plus court" },
  other: { en: ", sometimes longer, sometimes shorter", fr: ", tantôt plus long, tantôt plus court" },
};

/** Events of the persons concerned: how soon something follows them is theirs to feel. */
const OF_PERSONS: ReadonlySet<string | undefined> = new Set([
  "accountDeleted",
  "liveDataDeleted",
  "lastActivity",
  "contractEnded",
  "requestReceived",
  "answerDue",
  "backupMade",
  "schoolYearEnded",
  "packageMade",
  "linkMade",
]);

/** A right is better the longer it lasts, for whose right it is; what binds is better the shorter it is, for everybody else. */
function whoBenefits(
  { retention }: Agreement,
  { id, binds, right, from }: Period,
  tendency: Tendency | "begins" | "ends",
): readonly Concern[] {
  const effect = (isBetter: boolean): Effect =>
    tendency === "other" ? "affected" : isBetter ? "better" : "worse";
  if (right !== undefined) {
    const gains = tendency === "longer" || tendency === "begins";
    const others = right === "processor" ? (["controller"] as const) : (["processor"] as const);
    return [{ who: right, effect: effect(gains) }, ...others.map((who) => ({ who, effect: effect(!gains) }))];
  }
  const eased = tendency === "longer" || tendency === "ends";
  const persons = OF_PERSONS.has(from) || retention.some(({ period }) => period === id);
  const bound = binds ?? "processor";
  const others = bound === "processor" ? (["controller"] as const) : [];
  const touched = persons || bound === "controller" ? [...others, "dataSubject" as const] : others;
  return [{ who: bound, effect: effect(eased) }, ...touched.map((who) => ({ who, effect: effect(!eased) }))];
}

/** Retention rules: what is kept, from when, how long, and what then. The length of a period that both use is that period's change. */
export function diffRetention(from: Agreement, to: Agreement): readonly Change[] {
  return pairs(from.retention, to.retention).flatMap(([before, after]): Change[] => {
    const rule = after ?? before;
    if (rule === undefined) return [];
    const base = { kind: "retention" as const, clause: rule.clause, id: rule.id };
    const [was, is] = [sayRule(from, before), sayRule(to, after)];
    if (before === undefined || after === undefined) {
      const isNew = before === undefined;
      const effect = isNew ? "better" : "worse";
      return [
        {
          ...base,
          change: isNew ? "added" : "removed",
          says: isNew ? is : was,
          for: [{ who: "dataSubject", effect }],
        },
      ];
    }
    const { period: one, ...plain } = before;
    const { period: two, ...now } = after;
    if (one === two && JSON.stringify(plain) === JSON.stringify(now)) return [];
    return [
      {
        ...base,
        change: "changed",
        says: { en: `${was.en} → ${is.en}`, fr: `${was.fr} → ${is.fr}` },
        for: [
          { who: "dataSubject", effect: "affected" },
          { who: "controller", effect: "affected" },
        ],
      },
    ];
  });
}

function sayRule(agreement: Agreement, rule: Agreement["retention"][number] | undefined): Bilingual {
  if (rule === undefined) return { en: "", fr: "" };
  const period = agreement.periods.find(({ id }) => id === rule.period);
  const long = period === undefined ? { en: rule.period, fr: rule.period } : sayDuration(period.duration);
  const marks = [
    rule.store,
    rule.anchor ?? "–",
    ...(rule.generation === undefined ? [] : [rule.generation]),
    ...(rule.identity === undefined ? [] : [`identity ${rule.identity}`]),
    ...[rule.products, rule.origins, rule.roles, rule.categories, rule.kinds].flatMap((only) =>
      only === undefined ? [] : [only.join("+")],
    ),
    ...(rule.ceiling ? ["ceiling"] : []),
    ...(rule.approval === undefined ? [] : [`approval ${rule.approval}`]),
    ...(rule.notices === undefined
      ? []
      : [`notices ${rule.notices.before.map(formatDuration).join("+") || "–"} from ${rule.notices.big}`]),
    ...(rule.condition === undefined ? [] : [rule.condition]),
    rule.then,
    rule.clause,
  ].join(", ");
  return { en: `${long.en} (${marks})`, fr: `${long.fr} (${marks})` };
}

/** Entries of two lists by id, in the order of the second; what only the first has stands last. */
export function pairs<T extends { readonly id: string }>(
  from: readonly T[],
  to: readonly T[],
): readonly (readonly [before: T | undefined, after: T | undefined])[] {
  const before = new Map(from.map((entry) => [entry.id, entry]));
  const after = new Set(to.map(({ id }) => id));
  return [
    ...to.map((entry) => [before.get(entry.id), entry] as const),
    ...from.filter(({ id }) => !after.has(id)).map((entry) => [entry, undefined] as const),
  ];
}
