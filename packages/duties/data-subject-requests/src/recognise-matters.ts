/**
 * What a message seems to ask for: rights and the two that stand beside them, out of its words. A proposal with the passages
 * that led to it; a person confirms. Deterministic, and nothing learns. @clause D10.1a
 */
import type { RequestMatter } from "@preau/kernel";
import { answerOf, type Content, contentOf, holds } from "./recognise-content.ts";
import { evidenceOfFrame, MATTERS, makeFindEvidence } from "./recognise-evidence.ts";
import {
  type Frame,
  literalsOf,
  makeReadCondition,
  matchFrame,
  rarestOf,
  readFrame,
} from "./recognise-frame.ts";
import { frames } from "./recognise-frames.ts";
import { liveText } from "./recognise-live-text.ts";
import { makeReader, type Reading } from "./recognise-reading.ts";
import { scoreFor, strongest, sumOf } from "./recognise-score.ts";
import { sentencesOf } from "./recognise-sentences.ts";
import { isWordClass, makeVocabulary } from "./recognise-vocabulary.ts";

/** Of the text, in UTF-16 units; `end` is the first that is no part of it. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

export interface Recognised {
  readonly matter: RequestMatter;
  /** The frames that stand in the text: words of the list, never of the text. */
  readonly by: readonly string[];
  /** What made them stand, in the order of the text; they do not overlap. */
  readonly passages: readonly Passage[];
}

const literals = MATTERS.flatMap((matter) => frames[matter].flatMap(literalsOf));
const vocabulary = makeVocabulary(literals.filter((word) => !isWordClass(word)));
const read = makeReader(vocabulary);
const readCondition = makeReadCondition(vocabulary);
const compiled = MATTERS.flatMap((matter, index) =>
  frames[matter].map((notation) => ({ index, frame: readFrame(notation, vocabulary, readCondition) })),
);
const questions = readCondition.count();
const thanks = vocabulary.accepts(["THANKS"]);
const rarest = compiled.map((each) => ({ each, step: rarestOf(each.frame) }));
/** By the kind of a word: the frames whose rarest word it may be. A frame of nothing but what is somebody's can be anywhere. */
const framesOfKind = Array.from(thanks, (_, kind) =>
  rarest.flatMap(({ step, each }) => (step?.accepts[kind] === 1 ? [each] : [])),
);
const framesOfAny = rarest.flatMap(({ step, each }) => (step === undefined ? [each] : []));

const findEvidence = makeFindEvidence(vocabulary);
/**
 * Below even odds: a missed right costs more than a person's look at what is none. Where a frame stands, only strong evidence to
 * the contrary outweighs it; beside the frame of another right, which explains the sentence, evidence alone must be stronger.
 */
const ENOUGH = { withFrame: -1.8, alone: -0.3, besideFrame: 0.6 } as const;

/** In the order of D10.1a. @clause D10.1a */
export function recogniseMatters(text: string): readonly Recognised[] {
  const { sentences, anywhere } = assess(text);
  const score = sumOf(anywhere);
  const found = new Map<number, { readonly by: Set<string>; readonly passages: Passage[] }>();
  for (const { reading, evidence, matches } of sentences) {
    const scores = sumOf(evidence, score);
    for (const index of MATTERS.keys()) {
      const standing = matches.filter((each) => each.index === index);
      const enough = standing.length > 0 ? "withFrame" : matches.length > 0 ? "besideFrame" : "alone";
      if (scoreFor(scores, index) <= ENOUGH[enough]) continue;
      const { by, passages } = found.get(index) ?? { by: new Set<string>(), passages: [] };
      found.set(index, { by, passages });
      for (const { frame, passage } of standing) {
        by.add(frame.notation);
        passages.push(passage);
      }
      if (standing.length > 0) continue;
      for (const name of strongest(evidence, index)) by.add(name);
      passages.push(passageOf(reading, whole(reading)));
    }
  }
  return MATTERS.flatMap((matter, index) => {
    const { by, passages } = found.get(index) ?? {};
    return by === undefined || passages === undefined
      ? []
      : [{ matter, by: [...by], passages: joined(passages) }];
  });
}

/** The sentences of a text and the evidence in each: for whoever fits the weights. */
export function evidenceIn(text: string): readonly (Passage & { readonly evidence: readonly number[] })[] {
  const { sentences, anywhere } = assess(text);
  return sentences.map(({ reading, evidence }) => ({
    ...passageOf(reading, whole(reading)),
    evidence: [...evidence, ...anywhere],
  }));
}

interface Assessed {
  readonly reading: Reading;
  readonly evidence: readonly number[];
  readonly matches: readonly Match[];
}

function assess(text: string): {
  readonly sentences: readonly Assessed[];
  readonly anywhere: readonly number[];
} {
  const readings = sentencesOf(liveText(text), vocabulary)
    .filter((words) => !isThanks(words))
    .map(read);
  const inMessage = contentOf(readings, questions);
  const { sentences, anywhere } = findEvidence(readings);
  return {
    anywhere,
    sentences: readings.map((reading, at) => {
      const { matches, almost } = framesIn(reading, inMessage);
      const standing = new Set(matches.map(({ index }) => evidenceOfFrame(index, true)));
      return { reading, matches, evidence: [...(sentences[at] ?? []), ...standing, ...almost] };
    }),
  };
}

interface Match {
  readonly index: number;
  readonly frame: Frame;
  readonly passage: Passage;
}

/** Only frames whose every word stands somewhere in the sentence are followed step by step. */
function framesIn(
  reading: Reading,
  inMessage: Content,
): { readonly matches: readonly Match[]; readonly almost: ReadonlySet<number> } {
  const inSentence = contentOf([reading], questions);
  const matches: Match[] = [];
  const almost = new Set<number>();
  for (const { index, frame } of candidates(inSentence)) {
    if (!frame.needs.every((question) => answerOf(question, inSentence))) continue;
    const match = firstMatch(frame, reading);
    if (match === undefined) continue;
    if (!holds(frame, "sentence", inSentence) || !holds(frame, "message", inMessage)) {
      almost.add(evidenceOfFrame(index, false));
      continue;
    }
    const passage = passageOf(reading, frame.steps.length === 1 ? whole(reading) : match);
    matches.push({ index, frame, passage });
  }
  return { matches, almost };
}

function candidates({ kinds }: Content): ReadonlySet<(typeof compiled)[number]> {
  const found = new Set(framesOfAny);
  for (const kind of kinds) for (const each of framesOfKind[kind] ?? []) found.add(each);
  return found;
}

function firstMatch(frame: Frame, reading: Reading): readonly [number, number] | undefined {
  for (let from = 0; from < reading.kinds.length; from += 1) {
    const match = matchFrame(frame, reading, from);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** Thanked for, and so over: « merci pour la copie », "thanks for deleting it". */
function isThanks(words: readonly { readonly kind: number; readonly text: string }[]): boolean {
  const [first, second, third] = words;
  if (first === undefined || thanks[first.kind] !== 1) return false;
  if (second?.text === "pour") return true;
  const next = second?.text === "you" || second?.text === "beaucoup" ? third?.text : second?.text;
  return next === "for" || next === "pour" || (next === "d" && words[2]?.text === "avoir");
}

/** Of a frame of one step, which asks for its words anywhere in the sentence. */
function whole({ words }: Reading): readonly [number, number] {
  return [0, words.length - 1];
}

function passageOf({ words }: Reading, [first, last]: readonly [number, number]): Passage {
  return { start: words[first]?.start ?? 0, end: words[last]?.end ?? 0 };
}

function joined(passages: readonly Passage[]): readonly Passage[] {
  const sorted = passages.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const joint: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = joint.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else joint.push({ start, end });
  }
  return joint;
}
