/** What an edit would change, found by making it in a unit that is then undone. */
import type { EntryId, JournalEvent, JsonObject, Ports, Unit } from "@preau/kernel";

export interface Preview {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Thrown to undo the unit; never leaves this file. */
class Undo extends Error {}

/** Undefined when nothing would change. @throws what the edit itself refuses */
export async function previewEdit(
  ports: Ports,
  make: (unit: Unit, ports: Ports) => Promise<unknown>,
): Promise<Preview | undefined> {
  let seen: JournalEvent | undefined;
  const record = (_unit: Unit, event: JournalEvent) => {
    seen = event;
    return Promise.resolve("jrn_preview" as EntryId);
  };
  // Inherited, not copied: a port that is not there yet answers only when it is asked for.
  const watched = Object.create(ports, {
    journal: { value: { ...ports.journal, record }, enumerable: true },
  }) as Ports;
  try {
    await ports.unitOfWork.transaction(async (unit) => {
      await make(unit, watched);
      throw new Undo();
    });
  } catch (error) {
    if (!(error instanceof Undo)) throw error;
  }
  const { before, after } = seen?.payload ?? {};
  return seen === undefined ? undefined : { before: before as JsonObject, after: after as JsonObject };
}
