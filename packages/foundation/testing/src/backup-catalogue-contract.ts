import { type BackupCatalogue, type ControllerId, type Instant, isFault } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, setUp } from "./bench.ts";

export interface BackupCatalogueBench extends Closable {
  readonly catalogue: BackupCatalogue;
  readonly controller: ControllerId;
  /** A source whose backups are seen. */
  readonly source: string;
  /** When what they hold was erased. */
  readonly erasedAt: Instant;
}

/** What everybody owes who tells when a last copy dies: a day, and what it rests on; or that it does not know. */
export function backupCatalogueContract(
  title: string,
  make: () => BackupCatalogueBench | Promise<BackupCatalogueBench>,
): void {
  describe(`${title}: backup catalogue (D12.3)`, () => {
    it("gives a day that is not before the erasure, and its basis", async () => {
      const { catalogue, controller, source, erasedAt } = await setUp(make);
      const found = await catalogue.lastCopy({ controller, source, erasedAt });
      expect(found?.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect((found?.date ?? "") >= erasedAt.slice(0, 10)).toBe(true);
      expect(["agreement", "generations"]).toContain(found?.basis);
    });

    it("says nothing of a source whose backups it does not know", async () => {
      const { catalogue, controller, erasedAt } = await setUp(make);
      expect(await catalogue.lastCopy({ controller, source: "nowhere", erasedAt })).toBeUndefined();
    });

    it("answers the same when it is asked again", async () => {
      const { catalogue, controller, source, erasedAt } = await setUp(make);
      const ask = () =>
        catalogue.lastCopy({ controller, source, erasedAt }).catch((error: unknown) => isFault(error));
      expect(await ask()).toEqual(await ask());
    });
  });
}
