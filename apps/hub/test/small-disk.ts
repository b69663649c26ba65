/** A disk of a few megabytes: a tmpfs of one's own, where this machine lets one be mounted (root with the right to). */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

export interface SmallDisk {
  readonly path: string;
  /** A new size, while it is in use. */
  grow(mebibytes: number): void;
  remove(): void;
}

/** Mounts one at that path; undefined where that is not permitted. */
export function mountSmallDisk(path: string, mebibytes: number): SmallDisk | undefined {
  const run = (command: string, ...args: string[]) => execFileSync(command, args, { stdio: "ignore" });
  mkdirSync(path, { recursive: true });
  try {
    run("mount", "-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", path);
  } catch {
    return undefined;
  }
  return {
    path,
    grow: (size) => void run("mount", "-o", `remount,size=${size}m`, path),
    // Lazily: a pool that a full disk broke may close its files a moment later.
    remove: () => void run("umount", "-l", path),
  };
}
