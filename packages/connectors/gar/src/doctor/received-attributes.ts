/**
 * What was declared to the ministry for the resource against what comes: a declared attribute that never comes, or is never
 * kept, was asked for without need; one that comes undeclared should not be sent. Names and counts from the journal. @clause D4.1
 */
import type { JournalEntry, JsonObject } from "@preau/kernel";
import type { GarFinding } from "./finding.ts";

export interface AttributeCount {
  readonly attribute: string;
  readonly kept: number;
  readonly dropped: number;
  /** Clause of the last drop. */
  readonly clause: string | undefined;
}

/** Counts over `gar.signedIn` entries whose person is still known. */
export function countAttributes(entries: readonly JournalEntry[]): readonly AttributeCount[] {
  const counts = new Map<string, { kept: number; dropped: number; clause: string | undefined }>();
  const of = (attribute: string) => {
    const count = counts.get(attribute) ?? { kept: 0, dropped: 0, clause: undefined };
    counts.set(attribute, count);
    return count;
  };
  for (const { subject } of entries) {
    const payload = subject?.payload;
    for (const name of listOf(payload, "kept")) if (typeof name === "string") of(name).kept += 1;
    for (const each of listOf(payload, "dropped")) {
      const { attribute, clause } = (each ?? {}) as { attribute?: unknown; clause?: unknown };
      if (typeof attribute !== "string") continue;
      const count = of(attribute);
      count.dropped += 1;
      if (typeof clause === "string") count.clause ??= clause; // entries come newest first
    }
  }
  return [...counts].map(([attribute, count]) => ({ attribute, ...count }));
}

function listOf(payload: JsonObject | undefined, name: string): readonly unknown[] {
  const value: unknown = payload?.[name];
  return Array.isArray(value) ? value : [];
}

/** One finding an attribute that is declared or came. */
export function attributeFindings(
  declared: readonly string[],
  counts: readonly AttributeCount[],
  signIns: number,
): readonly GarFinding[] {
  if (signIns === 0) {
    return [
      {
        check: "attribute",
        about: declared.join(" "),
        result: "UNKNOWN",
        evidence: {
          en: "nobody has signed in yet, so nothing can be compared",
          fr: "personne ne s’est encore connecté : rien à comparer",
        },
      },
    ];
  }
  const received = new Map(counts.map((each) => [each.attribute, each]));
  const never = declared.filter((name) => !received.has(name)).map((name) => neverCame(name, signIns));
  return [...counts.map((each) => cameAs(each, declared.includes(each.attribute), signIns)), ...never];
}

function neverCame(about: string, signIns: number): GarFinding {
  return {
    check: "attribute",
    about,
    result: "WARN",
    evidence: {
      en: `declared, and came in none of the last ${signIns} sign-ins`,
      fr: `déclaré, et jamais reçu lors des ${signIns} dernières connexions`,
    },
    remedy: {
      en: "Take it out of the declaration and of `declared`, or ask the GAR why it does not come.",
      fr: "Retirez-le de la déclaration et de `declared`, ou demandez au GAR pourquoi il n’arrive pas.",
    },
  };
}

function cameAs(
  { attribute, kept, dropped, clause }: AttributeCount,
  isDeclared: boolean,
  signIns: number,
): GarFinding {
  const [en, fr] = [`came in ${kept + dropped} of ${signIns}`, `reçu dans ${kept + dropped} sur ${signIns}`];
  const common = { check: "attribute", about: attribute } as const;
  if (dropped === 0)
    return { ...common, result: "PASS", evidence: { en: `${en}, kept`, fr: `${fr}, gardé` } };
  const under = clause ?? "D4.1";
  return {
    ...common,
    result: "WARN",
    evidence: {
      en: `${en}, dropped in ${dropped} under ${under}${isDeclared ? ", though it is declared" : ""}`,
      fr: `${fr}, écarté dans ${dropped} selon ${under}${isDeclared ? ", bien qu’il soit déclaré" : ""}`,
    },
    remedy: isDeclared
      ? {
          en: "The agreement does not allow what was declared: take it out of the declaration.",
          fr: "L’accord ne permet pas ce qui est déclaré : retirez-le de la déclaration.",
        }
      : {
          en: "Ask the GAR to send it no more: the resource does not need it.",
          fr: "Demandez au GAR de ne plus l’envoyer : la ressource n’en a pas besoin.",
        },
  };
}
