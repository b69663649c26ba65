/** After a crash: what was entered gets its files, or is said to be lost; what was not entered leaves nothing. @clause D13.1 */
import { millisOf } from "@preau/kernel";
import type { Release } from "./ledger.ts";
import { destroyClasses } from "./release-classes.ts";
import { putInPlace, removeFolder, staleParts } from "./release-files.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { moveRelease, readRelease, releasesEntered } from "./store/releases.ts";

export interface Settled {
  readonly released: readonly Release["id"][];
  readonly lost: readonly Release["id"][];
  /** Folders of releases that were never entered. */
  readonly dropped: number;
}

/** Before every release, and on its own after a restart. Of two at once, each step is one's. */
export async function settleReleases(
  ports: Pick<ReleasePorts, "clock" | "unitOfWork" | "vault">,
  { out }: { readonly out?: string } = {},
): Promise<Settled> {
  const [released, lost]: [Release["id"][], Release["id"][]] = [[], []];
  for (const release of await ports.unitOfWork.transaction((unit) => releasesEntered(unit))) {
    const { id, place } = release;
    if (out !== undefined && place?.startsWith(out) !== true) continue;
    const isThere = await putInPlace(release);
    // Its maker may be about to move it: what was entered a moment ago is not lost.
    if (!isThere && millisOf(ports.clock.now()) - millisOf(release.enteredAt) < SETTLED_AFTER_MS) continue;
    const to = isThere ? "released" : "lost";
    const moved = await ports.unitOfWork.transaction((unit) =>
      moveRelease(unit, id, { from: "entered", to }),
    );
    if (!moved) continue;
    (isThere ? released : lost).push(id);
    if (!isThere) await destroyClasses(ports, id);
  }
  let dropped = 0;
  for (const { id, part } of out === undefined ? [] : await staleParts(out, ports.clock.now())) {
    const entered = await ports.unitOfWork.transaction((unit) => readRelease(unit, "all", id));
    if (entered?.state === "entered") continue;
    await removeFolder(part);
    dropped += 1;
  }
  return { released, lost, dropped };
}

/** A move takes far less. A technical bound, no clause. */
const SETTLED_AFTER_MS = 60_000;
