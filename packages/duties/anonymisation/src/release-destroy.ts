/** Destroys the copy of a release: its files, and what was kept of it to compare the next one with. @clause D13.3 */
import { fault } from "./errors.ts";
import type { Release, ReleaseId } from "./ledger.ts";
import type { Actor } from "./objection.ts";
import { destroyClasses } from "./release-classes.ts";
import { removeFolder } from "./release-files.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { moveRelease, readRelease } from "./store/releases.ts";

/**
 * The entry in the ledger stays. What was copied elsewhere is not reached: only the place that the ledger knows is. Twice
 * is once.
 * @throws ANONYMISATION_NO_RELEASE
 */
export async function destroyRelease(
  ports: ReleasePorts,
  { id, by }: { readonly id: ReleaseId; readonly by: Actor },
): Promise<Release> {
  const read = () => ports.unitOfWork.transaction((unit) => readRelease(unit, "all", id));
  const release = await read();
  if (release === undefined || release.state === "refused") throw fault("ANONYMISATION_NO_RELEASE");
  if (release.state !== "released") return release;
  // First the files: a ledger that says destroyed never has files behind it.
  if (release.place !== undefined) await removeFolder(release.place);
  await destroyClasses(ports, id);
  await ports.unitOfWork.transaction(async (unit) => {
    const at = ports.clock.now();
    if (!(await moveRelease(unit, id, { from: "released", to: "destroyed", at }))) return;
    for (const { controller, after } of release.in)
      await ports.journal.record(unit, {
        ...{ log: "evidence", type: "anonymisation.destroyed", clause: "D13.3", controller },
        actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
        payload: { release: id, ...(after === undefined ? {} : { objection: after }) },
      });
  });
  return (await read()) ?? release;
}
