/**
 * What a message seems to ask for: rights and the two that stand beside them, out of its words. A proposal with the passages
 * that led to it; a person confirms. Deterministic, and nothing learns. @clause D10.1a
 */
import type { RequestMatter } from "@preau/kernel";
import { MATTERS, makeEvidenceFinder } from "./recognise-evidence.ts";
import { liveText } from "./recognise-live-text.ts";
import { makeReader, type Reading } from "./recognise-reading.ts";
import { isEnough, readWeights, strongest, sumOf } from "./recognise-score.ts";
import { sentencesOf } from "./recognise-sentences.ts";
import { makeVocabulary } from "./recognise-vocabulary.ts";
import { weights } from "./recognise-weights.ts";

/** Of the text, in UTF-16 units; `end` is the first that is no part of it. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

export interface Recognised {
  readonly matter: RequestMatter;
  /** What spoke for it most: of the lists, never of the text. */
  readonly by: readonly string[];
  /** The sentences that it was found in, in the order of the text; they do not overlap. */
  readonly passages: readonly Passage[];
}

const vocabulary = makeVocabulary();
const read = makeReader(vocabulary);
const thanks = vocabulary.accepts(["THANKS"]);
const finder = makeEvidenceFinder(vocabulary);
const weighed = readWeights(weights, finder.names);

/** Whose words must stand somewhere in a message that withdraws a consent: « je ne peux plus exporter » takes nothing back. */
const CONSENTING: ReadonlySet<string> = new Set(["…CONSENT", "…CONSENTED", "…STUDY", "…LEAVE"]);

/** Every name of evidence, by its number. */
export const evidenceNames = finder.names;

/** In the order of D10.1a. @clause D10.1a */
export function recogniseMatters(text: string): readonly Recognised[] {
  const { sentences, anywhere } = assess(text);
  const ofMessage = sumOf(weighed, anywhere);
  const scored = sentences.map((each) => ({ ...each, score: sumOf(weighed, each.evidence, ofMessage) }));
  const speaksOfConsent = anywhere.some((number) => CONSENTING.has(evidenceNames[number] as string));
  return MATTERS.flatMap((matter, right) => {
    if (matter === "withdrawalOfConsent" && !speaksOfConsent) return [];
    const asking = scored.filter(({ score }) => isEnough(score, right));
    if (asking.length === 0) return [];
    const speaking = asking.flatMap((each) => strongest(weighed, [...each.evidence, ...anywhere], right));
    const by = [...new Set(speaking)].map((number) => evidenceNames[number] as string);
    return [{ matter, by, passages: asking.map(({ reading }) => passageOf(reading)) }];
  });
}

/** The sentences of a text and the evidence in each: for whoever fits the weights. */
export function evidenceIn(text: string): readonly (Passage & { readonly evidence: readonly number[] })[] {
  const { sentences, anywhere } = assess(text);
  return sentences.map(({ reading, evidence }) => ({
    ...passageOf(reading),
    evidence: [...evidence, ...anywhere],
  }));
}

function assess(text: string) {
  const readings = readingsOf(text);
  const { sentences, anywhere } = finder.find(readings);
  return {
    anywhere,
    sentences: readings.map((reading, at) => ({ reading, evidence: sentences[at] ?? [] })),
  };
}

function readingsOf(text: string): readonly Reading[] {
  return sentencesOf(liveText(text), vocabulary)
    .filter((words) => !isThanks(words))
    .map(read);
}

/** Thanked for, and so over: « merci pour la copie », "thanks for deleting it". */
function isThanks(words: readonly { readonly kind: number; readonly text: string }[]): boolean {
  const [first, second, third] = words;
  if (first === undefined || thanks[first.kind] !== 1) return false;
  if (second?.text === "pour") return true;
  const next = second?.text === "you" || second?.text === "beaucoup" ? third?.text : second?.text;
  return next === "for" || next === "pour" || (next === "d" && words[2]?.text === "avoir");
}

function passageOf({ words }: Reading): Passage {
  return { start: words[0]?.start ?? 0, end: words.at(-1)?.end ?? 0 };
}
