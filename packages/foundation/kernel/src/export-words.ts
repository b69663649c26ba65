/** A store's words alone: what tables of our own are called, for whoever reads a copy of what they hold. @clause D10.1a */
import { fault } from "./errors.ts";
import type { ExportSource, RecordWords } from "./export-source.ts";

/** The face of a store that has no projects, no dump and no rows for a release. */
export function exportWords(words: RecordWords): ExportSource {
  return {
    words,
    projectKinds: [],
    projects: () => Promise.resolve([]),
    // biome-ignore lint/correctness/useYield: there is nothing to give
    collectProject: async function* () {
      throw fault("SOURCE_NO_PROJECT");
    },
    restitution: () => Promise.resolve(undefined),
    // biome-ignore lint/correctness/useYield: there is nothing to give
    rows: async function* () {
      throw fault("SOURCE_NO_TABLE");
    },
  };
}
