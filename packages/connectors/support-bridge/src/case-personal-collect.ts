/** Everything that the bridge knows about one person, opened. Words by which they are known cannot be read back: how many. @clause D10.1a */
import type { CollectRequest, JsonObject, PersonalRecord, Unit } from "@preau/kernel";
import type { CaseSourcePorts, CaseSourceTerms } from "./case-personal-data.ts";
import { openOriginal, openReferences, openWords } from "./case-seal.ts";
import type { KnownOwner } from "./known-owner.ts";
import { isSomebodyElses } from "./somebody-elses.ts";
import { CASE } from "./store/cases.ts";
import { countKnownWords, KNOWN_WORD } from "./store/known-words.ts";
import { casesOfSubjects } from "./store/subject-cases.ts";
import { type StoredWords, WORDS, wordsOfCase } from "./store/words.ts";
import type { SupportCase } from "./support-case.ts";

/** Where others are withheld, what was written before it was masked is not given, and what was masked is masked once more. */
export async function collectCases(
  unit: Unit,
  ports: CaseSourcePorts,
  { category, purpose }: CaseSourceTerms,
  {
    controller,
    subject: { subject },
    others,
    owners,
  }: CollectRequest & { readonly owners: readonly KnownOwner[] },
): Promise<readonly PersonalRecord[]> {
  const about = { category, purpose };
  const records: PersonalRecord[] = [];
  for (const { line, sealed } of await casesOfSubjects(unit, controller, [subject])) {
    const { conversation = null, person = null } = await openReferences(ports, line, sealed);
    const { id, channel, side, state, desk, openedAt } = line;
    const row = { case: id, channel, side, state, desk, openedAt, closedAt: line.closedAt ?? null };
    records.push({ where: CASE, ...about, row: { ...row, conversation, deskPerson: person } });
    for (const words of await wordsOfCase(unit, line))
      records.push({
        where: WORDS,
        ...about,
        ...(await rowOf(unit, ports, line, words, others === "withhold")),
      });
  }
  const known = await countKnownWords(unit, controller, owners);
  if (known > 0) records.push({ where: KNOWN_WORD, ...about, row: { person: subject, words: known } });
  return records;
}

async function rowOf(
  unit: Unit,
  ports: CaseSourcePorts,
  whose: SupportCase,
  { line, sealed }: StoredWords,
  withhold: boolean,
): Promise<Pick<PersonalRecord, "row" | "withheld">> {
  const { controller, language } = whose;
  const { id, case: of, from, receivedAt, state, files, proposal, matters } = line;
  const facts = { case: of, words: id, from, receivedAt, state, files, proposal, matters: [...matters] };
  const open = await openWords(ports, line, sealed);
  // A child's or a parent's words, written in this person's session, are somebody else's.
  if (withhold && from === "person" && isSomebodyElses(whose))
    return { row: { ...facts, text: null, original: null }, withheld: ["text", "original"] };
  const text = open?.text ?? null;
  const original = open === undefined ? null : ((await openOriginal(ports, line, open)) ?? null);
  if (!withhold) return { row: { ...facts, text, original } };
  const masked =
    text === null ? null : (await ports.support.wall.mask(unit, text, { scope: controller, language })).text;
  const withheld = [...(masked === text ? [] : ["text"]), ...(original === null ? [] : ["original"])];
  const row: JsonObject = { ...facts, text: masked, original: null };
  return withheld.length === 0 ? { row } : { row, withheld };
}
