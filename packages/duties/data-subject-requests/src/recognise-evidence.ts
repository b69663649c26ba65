/**
 * What speaks for a right in a sentence, and what against it: which classes of words stand there, denied or somebody's own, which
 * deed stands beside which thing, and what the rest of the message is about. Each has a weight for each right.
 */
import { dataSubjectRights, otherRequests, type RequestMatter } from "@preau/kernel";
import { lexicon } from "./recognise-lexicon.ts";
import type { Reading } from "./recognise-reading.ts";
import type { Vocabulary } from "./recognise-vocabulary.ts";

const CLASSES: readonly string[] = [...Object.keys(lexicon), "NAME"];
const DEEDS =
  "ERASE RECTIFY GET COPY HOLD RESTRICT USE USED STOP REFUSE WITHDRAW MOVE SHARE DECIDE REVIEW KEEP EXCLUDE WHO WHAT WHY HOW Q NOT WANT PLEASE WRONG".split(
    " ",
  );
const THINGS =
  "DATA ACCOUNT HELD CONTACT IDENTITY PROCESS CONSENT CONSENTED STUDY MACHINE HUMAN UNTIL STRICT ELSEWHERE PLACE APP TEACH OWN ME CHILD NAME MANY PRON FOLK LESSON EDU BUG".split(
    " ",
  );

/** In the order of D10.1a. */
export const MATTERS: readonly RequestMatter[] = [...dataSubjectRights, ...otherRequests];

/**
 * Every piece of evidence by its number: `ERASE`, `-ERASE` denied, `@DATA` somebody's, `ERASE+DATA`, `…ERASE` anywhere; a frame of
 * a right that stands, and one whose words stand but not what it asks for besides.
 */
export const evidenceNames: readonly string[] = [
  "always",
  ...CLASSES,
  ...CLASSES.map((name) => `-${name}`),
  ...CLASSES.map((name) => `@${name}`),
  ...CLASSES.map((name) => `…${name}`),
  ...DEEDS.flatMap((deed) => THINGS.map((thing) => `${deed}+${thing}`)),
  ...MATTERS.map((matter) => `frame:${matter}`),
  ...MATTERS.map((matter) => `almost:${matter}`),
];

const SIZE = CLASSES.length;
const [DENIED, OWNED, ANYWHERE, PAIRS] = [1 + SIZE, 1 + 2 * SIZE, 1 + 3 * SIZE, 1 + 4 * SIZE];
const FRAMES = PAIRS + DEEDS.length * THINGS.length;
const deeds = DEEDS.map((name) => CLASSES.indexOf(name));
const things = THINGS.map((name) => CLASSES.indexOf(name));

interface Evidence {
  /** Of each sentence. */
  readonly sentences: readonly (readonly number[])[];
  /** Of the message, and so of each sentence too. */
  readonly anywhere: readonly number[];
}

export type FindEvidence = (readings: readonly Reading[]) => Evidence;

/** The numbers of what stands there, each once. */
export function makeFindEvidence(vocabulary: Vocabulary): FindEvidence {
  const byClass = CLASSES.map((name) => vocabulary.accepts([name]));
  const classesOf = Array.from(byClass[0] ?? [], (_, kind) =>
    CLASSES.flatMap((_name, at) => (byClass[at]?.[kind] === 1 ? [at] : [])),
  );
  return (readings) => {
    const everywhere = new Uint8Array(SIZE);
    const found = readings.map((reading) => {
      const numbers = [0];
      const here = new Uint8Array(PAIRS);
      const put = (at: number) => {
        if (here[at] === 1) return;
        here[at] = 1;
        numbers.push(at);
      };
      for (let at = 0; at < reading.kinds.length; at += 1)
        for (const each of classesOf[reading.kinds[at] as number] as readonly number[]) {
          put(1 + each);
          everywhere[each] = 1;
          if (reading.off[at] === 1) put(DENIED + each);
          if (reading.owned[at] === 1) put(OWNED + each);
        }
      for (const [row, deed] of deeds.entries())
        if (here[1 + deed] === 1)
          for (const [column, thing] of things.entries())
            if (here[1 + thing] === 1) numbers.push(PAIRS + row * things.length + column);
      return numbers;
    });
    const anywhere = [...everywhere.keys()].filter((at) => everywhere[at] === 1).map((at) => ANYWHERE + at);
    return { sentences: found, anywhere };
  };
}

/** That a frame of a right stands in a sentence, or almost. */
export function evidenceOfFrame(matter: number, stands: boolean): number {
  return FRAMES + (stands ? 0 : MATTERS.length) + matter;
}
