/**
 * What the wall and the redaction of a support message of 2 kB cost together, with the known words of a school of 2,000 persons, against
 * one pass of a pattern for e-mail addresses over the same text. Runs of both sides alternate, so that a busy moment falls on both.
 */
import { figureOf } from "@preau/testing";
import { findWalled, hashesOf, type KnownKind, redactText } from "../src/index.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}
const CALLS = 400;
const PEER_CALLS = 20_000;
const SIZE = 2_048;
const PERSONS = 2_000;
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu;

/** Cases `wall and redaction`, `wall alone`, `redaction alone`, `the same in base64` (microseconds of processor time each). */
export async function bench({ runs, seed }: BenchOptions) {
  const known = school(seed);
  const text = message(SIZE);
  const packed = `${message(512)}\n${Buffer.from(message(1_100)).toString("base64")}`;
  const work = {
    both: () => redactText(text, { known }).found.length,
    wall: () => findWalled(text, known.has, known.key).length,
    redaction: () => redactText(text).found.length,
    packed: () => redactText(packed, { known }).found.length,
  };
  const measured = {
    both: [] as number[],
    wall: [] as number[],
    redaction: [] as number[],
    packed: [] as number[],
    peer: [] as number[],
  };
  for (let round = -1; round < Math.max(5, runs); round += 1) {
    for (const name of ["both", "wall", "redaction", "packed"] as const) {
      const cost = costOf(CALLS, work[name]);
      if (round >= 0) measured[name].push(cost); // the first warms up
    }
    const peer = costOf(PEER_CALLS, () => [...text.matchAll(EMAIL)].length);
    if (round >= 0) measured.peer.push(peer);
  }
  const { median, unit } = figureOf(measured.peer, "µs");
  const peer = { name: "one pattern for e-mail addresses, one pass", median, unit };
  const goal = "<= 1,000 µs of CPU";
  return {
    cases: (
      [
        ["wall and redaction of 2 kB", "both"],
        ["wall alone", "wall"],
        ["redaction alone", "redaction"],
        ["wall and redaction, half of it in base64", "packed"],
      ] as const
    ).map(([name, key]) => {
      const ours = figureOf(measured[key], "µs");
      return { case: name, ours, peer, goal, met: ours.median <= 1_000 };
    }),
  };
}

/** The known words of a school: invented names of syllables, addresses, numbers. */
function school(seed: number) {
  const next = mulberry32(seed);
  const key = Uint8Array.from({ length: 16 }, () => Math.floor(next() * 256));
  const syllables =
    "ma ri lu ca so phi mar tin du bois le goff ben ali dia llo ka ra no em ju li per ez gar cia tho mas".split(
      " ",
    );
  const word = (length: number) =>
    Array.from({ length }, () => syllables[Math.floor(next() * syllables.length)] ?? "").join("");
  const hashes = new Map<string, KnownKind>();
  for (let person = 0; person < PERSONS; person += 1) {
    const given = word(2);
    const family = word(3);
    const identity = {
      given,
      family,
      emails: [`${given}.${family}@ecole.example`],
      logins: [`${given.charAt(0)}${family}${person}`],
      numbers: [`${100_000_000 + person * 997}AB`],
    };
    for (const [hash, kind] of hashesOf(key, identity)) hashes.set(hash, kind);
  }
  return { key, has: (hash: string) => hashes.get(hash) };
}

/** A message as a parent writes it, with a signature; the sentences repeat until it is long enough. */
function message(size: number): string {
  const sentences =
    "Bonjour, mon fils Lucas Martin, élève en CM2 à l'école des Tilleuls, n'arrive plus à se connecter à son espace depuis la mise à jour de lundi. " +
    "La page affiche une erreur 403 et lui demande de réinitialiser son mot de passe ; nous avons vidé le cache et essayé sur la tablette, sans succès. " +
    "Il est dyslexique et l'AESH s'inquiète, car le devoir est à rendre vendredi à 17h. Vous pouvez me joindre au 06 12 34 56 78 ou à sophie.martin@mail.example. ";
  const end = "\n\nCordialement,\nSophie Martin\n12 rue des Lilas, 75011 Paris";
  return sentences.repeat(Math.ceil(size / sentences.length)).slice(0, size - end.length) + end;
}

/** Microseconds of processor time a call; the sum keeps the compiler from leaving them out. */
function costOf(calls: number, call: () => number): number {
  const before = process.cpuUsage();
  let sum = 0;
  for (let i = 0; i < calls; i += 1) sum += call();
  const { user, system } = process.cpuUsage(before);
  return sum < 0 ? 0 : (user + system) / calls;
}

/** A small generator of numbers from 0 to 1 that a seed repeats (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
