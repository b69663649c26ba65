/** The persons whom `preau export` is about, and the stores that hold them. @clause D10.1a */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { openDatabase } from "@preau/database";
import type {
  CollectRequest,
  ControllerId,
  Identifier,
  RegisteredSource,
  SubjectId,
  SubjectTarget,
} from "@preau/kernel";
import { makeMoodleSource } from "@preau/moodle";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, logOf } from "./command-context.ts";
import { lmsPassword, sayWhenInClear } from "./erase-command.ts";
import { exportFault } from "./export-faults.ts";
import type { ForeignLms, NamedPerson } from "./export-options.ts";
import { readMoodleMap } from "./moodle-map-file.ts";

/** Opens the LMS that the command line names, for as long as the work lasts. @throws HUB_FILE_UNREADABLE, what a map or a database refuses */
export async function withForeignLms<T>(
  context: CommandContext,
  { lms, controller }: { readonly lms: ForeignLms; readonly controller: ControllerId },
  work: (source: RegisteredSource) => Promise<T>,
): Promise<T> {
  const map = readMoodleMap(context, lms);
  const moodledata = contentsIn(context, lms);
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
        ...(moodledata === undefined ? {} : { moodledata }),
      }),
    );
  } finally {
    await database.close();
  }
}

/** The LMS's folder, or its `filedir` itself. One that is neither would make every file a missing one. @throws HUB_FILE_UNREADABLE */
function contentsIn({ cwd }: CommandContext, { moodledata }: ForeignLms): string | undefined {
  if (moodledata === undefined) return undefined;
  const folder = path.resolve(cwd, moodledata);
  const isStore = existsSync(path.join(folder, "filedir")) || isFilledWithContents(folder);
  if (!isStore) throw fault("HUB_FILE_UNREADABLE", { place: "--moodledata" });
  return folder;
}

/** Two hexadecimal digits name each folder of a file store. */
function isFilledWithContents(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => /^[0-9a-f]{2}$/.test(name));
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

export interface Identified {
  readonly targets: readonly SubjectTarget[];
  /** Those whom the directory did not know before. */
  readonly fresh: readonly SubjectId[];
}

/** The subjects of the persons named, made now where they are new. */
export async function identifyPersons(
  { ports }: Hub,
  controller: ControllerId,
  persons: readonly NamedPerson[],
): Promise<Identified> {
  return ports.unitOfWork.transaction(async (unit) => {
    const targets: SubjectTarget[] = [];
    const fresh: SubjectId[] = [];
    for (const person of persons) {
      const known =
        "subject" in person ? person.subject : await ports.subjects.find(unit, controller, person.identifier);
      const subject =
        known ??
        ("identifier" in person
          ? await ports.subjects.identify(unit, controller, person.identifier)
          : undefined);
      if (subject === undefined) continue;
      if (known === undefined) fresh.push(subject);
      const opened = await ports.subjects.identifiers(unit, controller, subject);
      targets.push({
        subject,
        identifiers: "subject" in person ? opened : withIdentifier(opened, person.identifier),
      });
    }
    return { targets, fresh };
  });
}

/** The directory forgets those that it met only for what was refused. */
export async function forgetAgain(
  { ports }: Hub,
  controller: ControllerId,
  fresh: readonly SubjectId[],
): Promise<void> {
  if (fresh.length === 0) return;
  await ports.unitOfWork.transaction(async (unit) => {
    for (const subject of fresh) await ports.subjects.forget(unit, controller, subject);
  });
}

/**
 * Whether something is held of each of them, before anything is written: the first row is enough.
 * @throws EXPORT_NO_SUBJECT
 */
export async function lookForPersons(
  hub: Hub,
  controller: ControllerId,
  persons: readonly NamedPerson[],
  signal: AbortSignal,
): Promise<void> {
  const targets = await findPersons(hub, controller, persons);
  for (const [at, subject] of targets.entries())
    if (!(await isHeld([...hub.ports.sources.values()], { controller, subject, signal })))
      throw unknownAt(at);
}

async function isHeld(stores: readonly RegisteredSource[], request: CollectRequest): Promise<boolean> {
  for (const { source } of stores)
    for await (const _ of source.collect({ ...request, others: "withhold" })) return true;
  return false;
}

/** Where no directory is asked: the LMS's own numbers alone. @throws EXPORT_NO_SUBJECT for a `sub_…` */
export function strangers(persons: readonly NamedPerson[]): readonly SubjectTarget[] {
  return persons.map((person, at) => {
    if ("subject" in person) throw unknownAt(at);
    return { subject: strangerAt(at), identifiers: [person.identifier] };
  });
}

/** The place says which of those named, not who: what was typed may name a person. */
export function unknownAt(at: number): Error {
  return exportFault("EXPORT_NO_SUBJECT", { place: `--subject, ${at + 1}`, clause: "D10.1a" });
}

function strangerAt(at: number): SubjectId {
  return `sub_${at}`;
}

function withIdentifier(opened: readonly Identifier[], one: Identifier): readonly Identifier[] {
  return opened.some(({ kind, value }) => kind === one.kind && value === one.value)
    ? opened
    : [...opened, one];
}
