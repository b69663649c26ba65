/**
 * What the wall costs: a message of 2 kB is masked, and what is left is searched once more as it would leave, with 1,000 and with 10,000
 * known persons; CPU time. The peer looks for the full names of the same persons with `String.includes` in the same text, which sees
 * no disguise and masks nothing.
 */
import type { PersonWord } from "@preau/kernel";
import { figureOf, messageNaming, seededChance, type WalledPerson, walledPerson } from "@preau/testing";
import { openWall, TRIED } from "../test/wall-trial.ts";

interface BenchOptions {
  readonly runs: number;
}

const BYTES = 2_048;
const MESSAGES = 200;
const GOAL_MS = 1;

export async function bench({ runs }: BenchOptions) {
  const cases = [];
  for (const many of [1_000, 10_000]) {
    const house = await openWall();
    const random = seededChance(many);
    const persons = Array.from({ length: many }, (_, at) => apart(walledPerson(random, "garPupil"), at));
    await house.note(TRIED, persons);
    const full = persons.map(({ givenName, familyName }) => `${givenName} ${familyName}`);
    const kinds = { ordinary: ordinaryOf, disguised: disguisedOf };
    for (const kind of ["ordinary", "disguised"] as const) {
      const messages = Array.from({ length: MESSAGES }, () => kinds[kind](random, persons));
      const [ours, names] = [[], []] as [number[], number[]];
      for (let run = -1; run < Math.max(3, runs); run += 1) {
        const mine = await costOf(house, messages);
        const theirs = costOfIncludes(full, messages);
        if (run < 0) continue; // the first warms up
        ours.push(mine);
        names.push(theirs);
      }
      const figure = figureOf(ours, "ms");
      cases.push({
        case: `2 kB, ${kind}, masked and searched, ${many} known persons, CPU`,
        ours: figure,
        peer: { name: "String.includes of full names", median: figureOf(names, "ms").median, unit: "ms" },
        ...(kind === "ordinary" ? { goal: `<= ${GOAL_MS} ms`, met: figure.median <= GOAL_MS } : {}),
      });
    }
    await house.close();
  }
  return { cases };
}

/** Milliseconds of CPU a message. */
async function costOf(
  { unitOfWork, wall }: Awaited<ReturnType<typeof openWall>>,
  messages: readonly string[],
): Promise<number> {
  const start = process.cpuUsage();
  await unitOfWork.transaction(async (unit) => {
    for (const text of messages) {
      const masked = await wall.mask(unit, text, { scope: TRIED, language: "fr" });
      const body = Buffer.from(JSON.stringify({ content: masked.text }));
      if ((await wall.search(unit, TRIED, body)).length > 0) throw new Error("somebody was left");
    }
  });
  return cpuSince(start) / messages.length;
}

function costOfIncludes(names: readonly string[], messages: readonly string[]): number {
  const start = process.cpuUsage();
  let found = 0;
  for (const text of messages) for (const name of names) if (text.includes(name)) found += 1;
  if (found === 0) throw new Error("the peer found nobody");
  return cpuSince(start) / messages.length;
}

/** Of two thousand and more no two have one name. */
function apart(person: WalledPerson, at: number): WalledPerson {
  const familyName = `${person.familyName}${String.fromCharCode(97 + (at % 26), 97 + (Math.floor(at / 26) % 26))}`;
  const words = person.words.map(
    (word): PersonWord =>
      word.kind === "familyName"
        ? { ...word, value: familyName }
        : word.kind === "fullName"
          ? { ...word, value: `${person.givenName} ${familyName}` }
          : word,
  );
  return { ...person, familyName, words };
}

/** As people write: prose in which two persons are named. */
function ordinaryOf(random: () => number, persons: readonly WalledPerson[]): string {
  const [one, other] = [somebody(random, persons), somebody(random, persons)];
  return cut(
    `${PROSE}\nIl s’agit de ${one}.\n${PROSE}\n${PROSE}\nVoir aussi ${other}, merci.\n${PROSE.repeat(5)}`,
  );
}

/** Persons in every disguise, in one part in five. */
function disguisedOf(random: () => number, persons: readonly WalledPerson[]): string {
  const parts = [`Il s’agit de ${somebody(random, persons)}.`];
  for (let length = 0; length < BYTES; ) {
    const part = random() < 0.2 ? messageNaming(random, persons).text : PROSE;
    parts.push(part);
    length += Buffer.byteLength(part) + 1;
  }
  return cut(parts.join("\n"));
}

function somebody(random: () => number, persons: readonly WalledPerson[]): string {
  const { givenName = "", familyName = "" } = persons[Math.floor(random() * persons.length)] ?? {};
  return `${givenName} ${familyName}`;
}

function cut(text: string): string {
  return Buffer.from(text).subarray(0, BYTES).toString("utf8");
}

const PROSE =
  "Bonjour, depuis la mise à jour de lundi le cahier de textes de la classe reste blanc sur les tablettes, alors qu’il s’ouvre bien " +
  "sur les ordinateurs de la salle 204. Nous avons vidé le cache et changé de navigateur, sans effet. Pouvez-vous regarder avant le " +
  "conseil de classe, s’il vous plaît ? Merci d’avance et bonne journée.";

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}
