/** Every other key of `agreement.yaml`, entry by entry: nothing that changes is left unsaid. */
import { type Duration, formatDuration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import { both, type Change, type ChangeKind } from "./change.ts";

type Value = unknown;

/** What other parts of the comparison say already, by section and key. */
const SAID_ELSEWHERE: Readonly<Record<string, ReadonlySet<string>>> = {
  periods: new Set(["duration"]),
  annexC: new Set("name siret register origins transfers deletionDelay deletionBatch".split(" ")),
};
const SAID_BY_FLOWS: Readonly<Record<string, ReadonlySet<string>>> = {
  annexB: new Set(["categories", "purposes"]),
  recipients: new Set(["operations", "purposes", "categories", "onInstruction"]),
  annexC: new Set(["operations", "purposes", "categories"]),
};
/** Sections whose entries appear and go with a sentence of their own. */
const ENTRIES_ELSEWHERE = new Set(["periods", "annexC", "retention"]);
const KINDS: Readonly<Record<string, ChangeKind>> = {
  transfers: "transfer",
  counts: "figure",
  choices: "figure",
  backups: "figure",
};
const WHO: Readonly<Record<string, Change["for"]>> = {
  transfers: [
    { who: "dataSubject", effect: "affected" },
    { who: "controller", effect: "affected" },
  ],
  annexA: [{ who: "processor", effect: "affected" }],
  "annexA.correspondence": [{ who: "controller", effect: "affected" }],
  choices: [{ who: "controller", effect: "affected" }],
  controllerPeriods: [{ who: "controller", effect: "affected" }],
  notices: [{ who: "controller", effect: "affected" }],
  schoolYear: [
    { who: "dataSubject", effect: "affected" },
    { who: "controller", effect: "affected" },
  ],
  subprocessorChange: [{ who: "controller", effect: "affected" }],
  endOfContract: [{ who: "controller", effect: "affected" }],
  attestation: [{ who: "controller", effect: "affected" }],
  anonymisation: [{ who: "dataSubject", effect: "affected" }],
  measures: [{ who: "dataSubject", effect: "affected" }],
};

/** `flows`: whether some flow changes; the lists that flows come from then need no words of their own. */
export function diffRules(from: Agreement, to: Agreement, flows: boolean): readonly Change[] {
  const skipped = new Set(["texts", "retention"]);
  const sections = [...new Set([...Object.keys(to), ...Object.keys(from)])].filter(
    (key) => !skipped.has(key),
  );
  return sections.flatMap((section) => {
    const [before, after] = [valueAt(from, section), valueAt(to, section)];
    if (Array.isArray(before) || Array.isArray(after)) {
      return diffEntries(section, [(before ?? []) as Value[], (after ?? []) as Value[]], flows);
    }
    return leaves(section, before, after).map((leaf) => {
      const key = `${section}.${leaf.key}`;
      const own = [valueAt(after, leaf.key), valueAt(before, leaf.key)];
      return changeOf(key in WHO ? key : section, leaf, clauseOf(...own, after, before));
    });
  });
}

/** The key of an entry: its id, or what else tells it apart. */
function keyOf(entry: Value): string {
  const say = (key: string) => shown(valueAt(entry, key));
  if (valueAt(entry, "id") !== undefined) return say("id");
  if (valueAt(entry, "recipient") !== undefined) return say("recipient");
  if (valueAt(entry, "role") !== undefined) return `${say("product")}.${say("origin")}.${say("role")}`;
  return [say("lint"), say("clause"), say("says")].filter((part) => part !== "–").join(" ");
}

function diffEntries(
  section: string,
  [before, after]: readonly [readonly Value[], readonly Value[]],
  flows: boolean,
): readonly Change[] {
  const [was, is] = [
    new Map(before.map((each) => [keyOf(each), each])),
    new Map(after.map((each) => [keyOf(each), each])),
  ];
  const keys = [...new Set([...is.keys(), ...was.keys()])];
  return keys.flatMap((key): readonly Change[] => {
    const [one, two] = [was.get(key), is.get(key)];
    const path = `${section}.${key}`;
    if (one === undefined || two === undefined) {
      if (ENTRIES_ELSEWHERE.has(section)) return [];
      const change = one === undefined ? "added" : "removed";
      return [{ ...base(section, path, clauseOf(two, one)), change, says: labelOf(two ?? one) }];
    }
    return leaves(path, one, two)
      .filter(
        ({ key: leaf }) =>
          !(SAID_ELSEWHERE[section]?.has(leaf) || (flows && SAID_BY_FLOWS[section]?.has(leaf))),
      )
      .map((leaf) => changeOf(section, leaf, clauseOf(two, one)));
  });
}

interface Leaf {
  readonly path: string;
  /** First key below the entry. */
  readonly key: string;
  readonly before: Value;
  readonly after: Value;
}

/** The smallest values that differ; a list without ids, and a duration, is one value. */
function leaves(path: string, before: Value, after: Value, key = ""): readonly Leaf[] {
  if (shown(before) === shown(after)) return [];
  if (isGroup(before) && isGroup(after)) {
    const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
    return keys.flatMap((each) =>
      leaves(`${path}.${each}`, valueAt(before, each), valueAt(after, each), key === "" ? each : key),
    );
  }
  return [{ path, key, before, after }];
}

function isGroup(value: Value): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isDuration(value);
}

function isDuration(value: Value): value is Duration {
  return typeof value === "object" && value !== null && "unit" in value && "amount" in value;
}

function changeOf(section: string, { path, before, after }: Leaf, clause: string | undefined): Change {
  const change = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return { ...base(section, path, clause), change, says: both(`${short(before)} → ${short(after)}`) };
}

function base(section: string, id: string, clause: string | undefined) {
  return {
    kind: KINDS[section] ?? ("rule" as const),
    id,
    ...(clause === undefined ? {} : { clause }),
    for: WHO[section] ?? [],
  };
}

function labelOf(entry: Value): Bilingual {
  const [en, fr] = [valueAt(entry, "en"), valueAt(entry, "fr")];
  if (typeof en === "string" && typeof fr === "string") return { en: shorten(en), fr: shorten(fr) };
  return both(short(entry));
}

function clauseOf(...entries: readonly Value[]): string | undefined {
  const found = entries.map((entry) => valueAt(entry, "clause")).find((clause) => typeof clause === "string");
  return typeof found === "string" ? found : undefined;
}

function short(value: Value): string {
  return shorten(shown(value));
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** A value as the file shows it, on one line. */
function shown(value: Value): string {
  if (value === undefined) return "–";
  if (typeof value === "string") return value;
  if (isDuration(value)) return formatDuration(value);
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.keys(value)
    .toSorted()
    .map((key) => `${key}: ${shown(valueAt(value, key))}`)
    .join(", ")} }`;
}

function valueAt(value: Value, key: string): Value {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value as Value;
}
