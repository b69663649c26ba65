/**
 * The doors of every store of a controller: closed to all but its administrators, by the application's own means, and given
 * back exactly as they stood. What stood before is written down before anything is closed. @clause S10
 */
import type { ControllerId, RegisteredSource } from "@preau/kernel";
import type { ContractEnd, DoorNote } from "./contract-end.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { saveEnd } from "./store/contract-ends.ts";

/** The stores with accounts in which the controller has data; only these have doors. */
export function storesWithDoors(
  sources: ReadonlyMap<string, RegisteredSource>,
  controller: ControllerId,
): readonly (readonly [string, RegisteredSource])[] {
  return [...sources].filter(([, { source, lifecycle }]) => {
    const only = source.describe().controller;
    return lifecycle !== undefined && (only === undefined || only === controller);
  });
}

/**
 * Closes what is open. A store that refuses is noted, and tried again with the next step; one without a mechanism is noted.
 * @clause S10
 */
export async function closeDoors(ports: RetentionPorts, end: ContractEnd): Promise<ContractEnd> {
  const { controller } = end;
  const noted = new Map(end.facts.doors.map((each) => [each.source, each]));
  let known = end;
  const save = async (note: DoorNote) => {
    noted.set(note.source, note);
    const facts = { ...known.facts, doors: [...noted.values()] };
    known = await ports.unitOfWork.transaction((unit) => saveEnd(unit, known, { facts }));
  };
  for (const [source, { lifecycle }] of storesWithDoors(ports.sources, controller)) {
    const access = lifecycle?.access;
    if (access === undefined) {
      if (!noted.has(source)) await save({ source, closed: false, refused: [] });
      continue;
    }
    const { mechanism } = access;
    const doors = await access.doors(controller);
    const before = noted.get(source)?.before;
    if (before !== undefined && noted.get(source)?.closed === true && doors === "administratorsOnly")
      continue;
    // What stood before, first: a crash between the two must not take our own closing for theirs.
    if (before === undefined) await save({ source, mechanism, before: doors, closed: false, refused: [] });
    const { refused } = await access.closeToOthers(controller);
    const closed = refused.length === 0 && (await access.doors(controller)) === "administratorsOnly";
    await save({ source, mechanism, before: before ?? doors, closed, refused });
  }
  return known;
}

/** Gives back what this walk closed. Twice is once; what was closed before stays closed. @clause S10 */
export async function reopenDoors(ports: RetentionPorts, end: ContractEnd): Promise<readonly DoorNote[]> {
  const reopened: DoorNote[] = [];
  for (const note of end.facts.doors) {
    const access = ports.sources.get(note.source)?.lifecycle?.access;
    if (access === undefined || note.before !== "open") continue;
    const { refused } = await access.reopen(end.controller);
    reopened.push({ ...note, closed: (await access.doors(end.controller)) !== "open", refused });
  }
  return reopened;
}

/** Every door that can be closed is closed. */
export function areClosed(doors: readonly DoorNote[]): boolean {
  return doors.every(({ mechanism, closed }) => mechanism === undefined || closed);
}
