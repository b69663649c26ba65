/** What there is in a sentence or in the whole message, asked once however many frames ask it. */
import type { Condition, Frame, Question } from "./recognise-frame.ts";
import type { Reading } from "./recognise-reading.ts";

/** What there is in some sentences: kinds of words, and whether something is somebody's; and what was asked of it before. */
export interface Content {
  readonly kinds: readonly number[];
  readonly owned: boolean;
  /** By the number of a question: 1 yes, 2 no. */
  readonly answers: Uint8Array;
}

export function contentOf(readings: readonly Reading[], questions: number): Content {
  const kinds = new Set<number>();
  for (const reading of readings) for (const kind of reading.kinds) kinds.add(kind);
  const owned = readings.some((reading) => reading.owned.includes(1));
  return { kinds: [...kinds], owned, answers: new Uint8Array(questions) };
}

/** Whether what a frame asks of it is so. */
export function holds({ conditions }: Frame, of: Condition["of"], content: Content): boolean {
  return conditions.every((each) => each.of !== of || answerOf(each.question, content) === each.has);
}

export function answerOf({ number, accepts, owned }: Question, content: Content): boolean {
  const { answers } = content;
  if (answers[number] === 0) {
    answers[number] = owned && content.owned ? 1 : 2;
    if (answers[number] === 2)
      for (const kind of content.kinds)
        if (accepts[kind] === 1) {
          answers[number] = 1;
          break;
        }
  }
  return answers[number] === 1;
}
