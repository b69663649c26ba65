/**
 * What a package holds, before it has a container: entries in order, each made when it is asked for. Builders (a person's
 * copy, a project's archive, a restitution) give entries; the container compresses, encrypts, lists and seals them.
 */

import type { JsonObject } from "@preau/kernel";

/** One file of a package. */
export interface PackageEntry {
  /** Within the package, with `/`: safe in every file system, no `..`, unique. */
  readonly path: string;
  readonly bytes: (signal?: AbortSignal) => AsyncIterable<Uint8Array>;
  /** Compressed already: an image, a dump behind zstd. */
  readonly packed?: boolean;
  /**
   * Given by an entry that stands on its own: bytes that an earlier run has kept may take its place, and this is told their
   * number instead of `bytes` being read. Entries whose reading moves others on give none, and are made each time.
   */
  readonly skip?: (bytes: number) => void;
}

/** One line of the manifest. */
export interface ManifestLine {
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** How far a package is, for whoever waits: counts alone. */
export interface PackageProgress {
  readonly stage: "collecting" | "writing" | "sealing" | "done";
  readonly entries: number;
  readonly bytes: number;
  /** Of how many steps, where that is known. */
  readonly done?: number;
  readonly of?: number;
}

export const packageKinds = ["access", "portability", "project", "database"] as const;
export type PackageKind = (typeof packageKinds)[number];

/** What a builder gives. */
export interface PackageContent {
  readonly kind: PackageKind;
  /** The same entries in the same order each time, as long as the data stands still. */
  readonly entries: (signal?: AbortSignal) => AsyncIterable<PackageEntry>;
  /** What the manifest says beside its lines; asked for once every entry was written. No personal data. */
  readonly facts: () => JsonObject;
}
