import { readFileSync, statfsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

// Workspace packages are read from src/ (their "@preau/source" export), so no test needs a build.
const conditions = ["@preau/source"];
// A whole run through `npm test` writes the report that the checks read; any other run leaves it alone.
const outputFile = process.env["PREAU_TEST_REPORT"] ?? "node_modules/.cache/preau/last-run.json";
const folders = "{packages/*/*,apps/*}";

/** Folder of temporary files: in memory where there is room, since thousands of transactions wait for a disk otherwise. */
function temporaryFolder(): Record<string, string> {
  if (process.env["TMPDIR"] !== undefined || process.platform !== "linux") return {};
  try {
    const { bavail, bsize } = statfsSync("/dev/shm");
    const mount = /^\S+ \/dev\/shm tmpfs (\S+)/m.exec(readFileSync("/proc/mounts", "utf8"))?.[1] ?? "noexec";
    return bavail * bsize > 4 * 2 ** 30 && !mount.split(",").includes("noexec") ? { TMPDIR: "/dev/shm" } : {};
  } catch {
    return {};
  }
}

// Programs that tests start find here what Node has compiled before.
const env = {
  NODE_COMPILE_CACHE: path.join(import.meta.dirname, "node_modules/.cache/compile"),
  ...temporaryFolder(),
};

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    env,
    maxWorkers: 2, // vitest leaves a core idle by itself; many tests wait for processes, not for the core
    reporters: ["default", ["json", { outputFile }]],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: [`${folders}/test/**/*.test.{ts,tsx}`],
          exclude: ["**/*.int.test.ts", "**/node_modules/**"],
          pool: "forks",
          isolate: false, // shared workers: seconds instead of minutes; no vi.mock of shared state in here
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          environment: "node",
          include: [`${folders}/test/**/*.int.test.ts`, "scripts/test/**/*.int.test.ts"],
          pool: "forks",
          isolate: false, // a third of the CPU time was starting workers and loading the same modules again
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
