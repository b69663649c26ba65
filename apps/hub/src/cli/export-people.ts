/** The persons whom `preau export` is about, and the stores that hold them. @clause D10.1a */
import { openDatabase } from "@preau/database";
import type { ControllerId, Identifier, RegisteredSource, SubjectId, SubjectTarget } from "@preau/kernel";
import { makeMoodleSource } from "@preau/moodle";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, logOf } from "./command-context.ts";
import { lmsPassword, sayWhenInClear } from "./erase-command.ts";
import type { ForeignLms, NamedPerson } from "./export-options.ts";
import { readMoodleMap } from "./moodle-map-file.ts";

/** Opens the LMS that the command line names, for as long as the work lasts. */
export async function withForeignLms<T>(
  context: CommandContext,
  { lms, controller }: { readonly lms: ForeignLms; readonly controller: ControllerId },
  work: (source: RegisteredSource) => Promise<T>,
): Promise<T> {
  const map = readMoodleMap(context, lms);
  sayWhenInClear(context, lms.db);
  const log = logOf(context, "error");
  const database = await openDatabase({ url: lms.db, password: lmsPassword(context), log });
  try {
    return await work(
      makeMoodleSource({
        database,
        controller,
        clock: context.clock,
        map,
        tablePrefix: lms.tablePrefix,
        ...(lms.moodledata === undefined ? {} : { moodledata: lms.moodledata }),
      }),
    );
  } finally {
    await database.close();
  }
}

/** Persons as they are found without writing anything: those whom the directory does not know stand for themselves. */
export async function findPersons(
  { ports }: Hub,
  controller: ControllerId,
  persons: readonly NamedPerson[],
): Promise<readonly SubjectTarget[]> {
  return ports.unitOfWork.transaction(async (unit) => {
    const targets: SubjectTarget[] = [];
    for (const [at, person] of persons.entries()) {
      const known =
        "subject" in person ? person.subject : await ports.subjects.find(unit, controller, person.identifier);
      const opened = known === undefined ? [] : await ports.subjects.identifiers(unit, controller, known);
      if ("subject" in person && opened.length === 0) throw unknownAt(at);
      targets.push({
        subject: known ?? strangerAt(at),
        identifiers: "subject" in person ? opened : withIdentifier(opened, person.identifier),
      });
    }
    return targets;
  });
}

/** Where no directory is asked: the LMS's own numbers alone. @throws HUB_SUBJECT_UNKNOWN for a `sub_…` */
export function strangers(persons: readonly NamedPerson[]): readonly SubjectTarget[] {
  return persons.map((person, at) => {
    if ("subject" in person) throw unknownAt(at);
    return { subject: strangerAt(at), identifiers: [person.identifier] };
  });
}

/** The place says which of those named, not who: what was typed may name a person. */
export function unknownAt(at: number): Error {
  return fault("HUB_SUBJECT_UNKNOWN", { place: `--subject, ${at + 1}`, clause: "D10.1a" });
}

function strangerAt(at: number): SubjectId {
  return `sub_${at}`;
}

function withIdentifier(opened: readonly Identifier[], one: Identifier): readonly Identifier[] {
  return opened.some(({ kind, value }) => kind === one.kind && value === one.value)
    ? opened
    : [...opened, one];
}
