/**
 * Frames: what a request looks like, word by word. A frame is written as steps, one after the other in one sentence:
 *
 * - `ERASE`: a word of that class of the lexicon; `droit`: that word; `a|B`: one of these; `@`: any that is somebody's;
 * - up to two words may stand between two steps, `~6` before a step says how many, `+` that none may; articles do not count;
 * - `^` before a step marks the deed: it must be neither denied nor done already. The first step when none is marked, and none
 *   when the frame begins with `!`;
 * - after the steps: `& X` the sentence has one, `&& X` the message has one, `- X` and `-- X` that it has none.
 */
import type { Reading } from "./recognise-reading.ts";
import type { Vocabulary } from "./recognise-vocabulary.ts";

export interface Step {
  readonly accepts: Uint8Array;
  /** A word that is somebody's: « mon journal », "Kofi's pictures", « les photos de ma fille ». */
  readonly owned: boolean;
  readonly gap: number;
}

export interface Frame {
  readonly notation: string;
  readonly steps: readonly Step[];
  /** Of the step that is neither denied nor done; below zero when it does not matter. */
  readonly deed: number;
  /** What is asked of the sentence before the steps are tried one after the other: each stands there somewhere. */
  readonly needs: readonly Question[];
  readonly conditions: readonly Condition[];
}
export interface Condition {
  readonly of: "sentence" | "message";
  readonly has: boolean;
  readonly question: Question;
}
/** Whether one of these words stands there: the same in many frames, and so asked once. */
export interface Question {
  readonly number: number;
  readonly accepts: Uint8Array;
  readonly owned: boolean;
}

export interface ReadCondition {
  (alternatives: string): Question;
  count(): number;
}

export function makeReadCondition(vocabulary: Vocabulary): ReadCondition {
  const known = new Map<string, Question>();
  const read = (alternatives: string): Question => {
    const each = alternatives.split("|");
    const question = known.get(alternatives) ?? {
      ...{ number: known.size, accepts: vocabulary.accepts(each), owned: each.includes("@") },
    };
    known.set(alternatives, question);
    return question;
  };
  return Object.assign(read, { count: () => known.size });
}

const GAP = 2;
const SIGNS = new Set(["&", "&&", "-", "--"]);

/** The words of a frame that are no classes. */
export function literalsOf(notation: string): readonly string[] {
  return notation
    .split(" ")
    .flatMap((part) => part.replace(/^[!+^]+/, "").split("|"))
    .filter((word) => /^[\p{Ll}\d]/u.test(word));
}

export function readFrame(notation: string, vocabulary: Vocabulary, ask: ReadCondition): Frame {
  const parts = notation.replace(/^!/, "").trim().split(" ");
  const steps: Step[] = [];
  const needs: Question[] = [];
  const conditions: Condition[] = [];
  let deed = notation.startsWith("!") ? -1 : 0;
  let gap = 0;
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at] ?? "";
    if (SIGNS.has(part)) {
      at += 1;
      const of = part.length === 2 ? "message" : "sentence";
      conditions.push({ of, has: part.startsWith("&"), question: ask(parts[at] ?? "") });
    } else if (part.startsWith("~")) gap = Number(part.slice(1));
    else {
      if (part.includes("^")) deed = steps.length;
      if (part.includes("+")) gap = -1;
      const alternatives = part.replace(/^[+^]+/, "").split("|");
      steps.push({ accepts: vocabulary.accepts(alternatives), owned: alternatives.includes("@"), gap });
      needs.push(ask(alternatives.join("|")));
      gap = GAP;
    }
  }
  return { notation, steps, deed, needs, conditions };
}

/** The step that the fewest kinds of words fit; undefined where each can be anything that is somebody's. */
export function rarestOf({ steps }: Frame): Step | undefined {
  const size = ({ accepts }: Step) => accepts.reduce((sum, each) => sum + each, 0);
  return steps.filter(({ owned }) => !owned).toSorted((a, b) => size(a) - size(b))[0];
}

/** Looks at so many words for one match, at most: what is written to cost time costs no more. */
const MOST_LOOKS = 400;

/** First and last word of a match; undefined when the frame does not stand in the sentence from that word on. */
export function matchFrame(
  frame: Frame,
  reading: Reading,
  from: number,
): readonly [number, number] | undefined {
  const first = frame.steps[0];
  if (first === undefined || !fits(first, reading, from)) return undefined;
  const last = follow(frame, reading, 0, from, { left: MOST_LOOKS });
  return last === undefined ? undefined : [from, last];
}

/** Each step is tried at its nearest places first. */
function follow(
  frame: Frame,
  reading: Reading,
  step: number,
  at: number,
  looks: { left: number },
): number | undefined {
  const { kinds, quoted, off, light, barrier } = reading;
  if (quoted[at] === 1 || (step === frame.deed && off[at] === 1)) return undefined;
  const next = frame.steps[step + 1];
  if (next === undefined) return at;
  let left = next.gap;
  for (let to = at + 1; to < kinds.length && looks.left > 0; to += 1) {
    looks.left -= 1;
    if (fits(next, reading, to)) {
      const end = follow(frame, reading, step + 1, to, looks);
      if (end !== undefined) return end;
    }
    if (left < 0) return undefined;
    if (light[to] === 1) continue;
    if (barrier[to] === 1 || left === 0) return undefined;
    left -= 1;
  }
  return undefined;
}

function fits({ accepts, owned }: Step, reading: Reading, at: number): boolean {
  return accepts[reading.kinds[at] as number] === 1 || (owned && reading.owned[at] === 1);
}
