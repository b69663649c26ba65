/**
 * The classes of a release with their counts, for the linkability of the next ones, of whatever plan: sealed under a key of
 * their own, which is destroyed with the copy. @clause D13.2
 */
import { PUBLISHER } from "@preau/contracts";
import type { Json } from "@preau/kernel";
import type { ReleaseId } from "./ledger.ts";
import type { ReleasePorts } from "./release-ports.ts";
import { readSealedClasses } from "./store/releases.ts";

const CONTEXT = "anonymisation.classes/1";

export interface EarlierClasses {
  readonly release: ReleaseId;
  readonly classes: Json;
}

export async function sealClasses(
  { vault }: Pick<ReleasePorts, "vault">,
  release: ReleaseId,
  classes: Json,
): Promise<Buffer> {
  return vault.seal(scopeOf(release), new TextEncoder().encode(JSON.stringify(classes)), CONTEXT);
}

/** Those of earlier releases, the oldest first; a copy that was destroyed has none. */
export async function earlierClasses(
  ports: Pick<ReleasePorts, "unitOfWork" | "vault">,
): Promise<readonly EarlierClasses[]> {
  const found = await ports.unitOfWork.transaction((unit) => readSealedClasses(unit));
  const opened: EarlierClasses[] = [];
  for (const { release, sealed } of found) {
    const bytes = await ports.vault.open(scopeOf(release), sealed, CONTEXT);
    if (bytes !== undefined)
      opened.push({ release, classes: JSON.parse(new TextDecoder().decode(bytes)) as Json });
  }
  return opened;
}

/** Doing it twice is doing it once. */
export async function destroyClasses(
  { vault }: Pick<ReleasePorts, "vault">,
  release: ReleaseId,
): Promise<void> {
  const scope = scopeOf(release);
  if ((await vault.destruction(scope)) === undefined) await vault.destroy(scope);
}

function scopeOf(release: ReleaseId) {
  return { controller: PUBLISHER, kind: "controller", id: release } as const;
}
