/** When the last backup of what was erased is gone, from the configured backup stores. @figure D12.3, DD.1 */
import type { AgreementsInForce } from "@preau/agreement";
import type { Contracts } from "@preau/contracts";
import {
  type BackupCatalogue,
  type Clock,
  type ControllerId,
  isFault,
  type LastCopy,
  type Log,
  type UnitOfWork,
} from "@preau/kernel";
import { backupRules } from "./generations.ts";
import { lastCopyFrom } from "./last-copy.ts";
import type { BackupStoreOptions } from "./options.ts";
import { readStore } from "./read-store.ts";

export interface BackupCatalogueOptions {
  readonly stores: readonly BackupStoreOptions[];
  /** Folder that relative paths start from. */
  readonly from: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly agreements: AgreementsInForce;
  readonly contracts: Pick<Contracts, "placeOf">;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly log: Log;
}

export function makeBackupCatalogue(options: BackupCatalogueOptions): BackupCatalogue {
  const { agreements, contracts, unitOfWork, clock, log } = options;
  return {
    lastCopy: async ({ controller, source, erasedAt }) => {
      const stores = options.stores.filter((store) => holds(store, controller, source));
      if (stores.length === 0) return undefined;
      const agreement = agreements.of(controller);
      const place = await unitOfWork.transaction((unit) => contracts.placeOf(unit, controller));
      let last: LastCopy | undefined;
      for (const store of stores) {
        try {
          const rules = backupRules(agreement);
          const seen = await readStore(store, { ...options, place, verify: false });
          const found = lastCopyFrom(seen.backups, {
            ...{ agreement, rules, place, erasedAt, now: clock.now() },
            unexplained: seen.notRecognised.length,
          });
          last = last === undefined ? found : later(last, found);
        } catch (error) {
          // One store that cannot be seen is enough: nobody can then say from backups when the last copy is gone.
          log.warn("backups.storeNotSeen", { source, code: isFault(error) ? error.code : "UNEXPECTED" });
          return undefined;
        }
      }
      return last;
    },
  };
}

export function holds(store: BackupStoreOptions, controller: ControllerId, source: string): boolean {
  if (store.controller !== undefined && store.controller !== controller) return false;
  return store.sources === "all" || store.sources.includes(source);
}

function later(one: LastCopy, other: LastCopy): LastCopy {
  return {
    date: one.date > other.date ? one.date : other.date,
    basis: one.basis === "agreement" ? one.basis : other.basis,
  };
}
