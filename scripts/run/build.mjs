import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LauncherError, runToStderr } from "./child.mjs";
import { pinnedPnpm, workspaceFolders } from "./install.mjs";
import { withLock } from "./lock.mjs";
import { installerEnvironment } from "./node.mjs";

/** What a package's compiled output depends on; the same list as the inputs in turbo.json. */
const INPUTS = ["src", "maps", "reference", "package.json", "tsup.config.ts"];
const ROOT_INPUTS = ["tsconfig.base.json", "tsup.base.ts", "turbo.json", "pnpm-lock.yaml"];

/**
 * Compiles every package and app whose sources changed since the last build. Asking costs a `stat` a file.
 *
 * @param {string} root
 * @param {{force?: boolean}} [options]
 */
export async function build(root, { force = false } = {}) {
  if (!force && isBuilt(root)) return;
  const cache = path.join(root, "node_modules", ".cache", "preau");
  await withLock(path.join(cache, "build-lock"), "build", async () => {
    if (!force && isBuilt(root)) return; // another launcher did it while this one waited
    const want = sourcesHash(root); // before the build: what is saved meanwhile is built the next time
    const { code } = await runToStderr(
      "npx",
      ["--yes", pinnedPnpm(root), "exec", "turbo", "run", "build", "--output-logs=errors-only"],
      { cwd: root, env: installerEnvironment(root) },
    );
    if (code !== 0) throw new LauncherError(`the build failed (exit ${code}); see the lines above`);
    mkdirSync(cache, { recursive: true });
    writeFileSync(stampFile(root), want);
  });
}

function isBuilt(root) {
  return (
    existsSync(stampFile(root)) &&
    workspaceFolders(root).every((folder) => existsSync(path.join(root, folder, "dist"))) &&
    readFileSync(stampFile(root), "utf8") === sourcesHash(root)
  );
}

function sourcesHash(root) {
  const hash = createHash("sha256");
  for (const file of ROOT_INPUTS) addFile(hash, root, file);
  for (const folder of workspaceFolders(root))
    for (const input of INPUTS) addTree(hash, root, `${folder}/${input}`);
  return hash.digest("hex");
}

function addTree(hash, root, relative) {
  const stat = statSync(path.join(root, relative), { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory()) return void addFile(hash, root, relative, stat);
  for (const name of readdirSync(path.join(root, relative)).sort())
    addTree(hash, root, `${relative}/${name}`);
}

function addFile(
  hash,
  root,
  relative,
  stat = statSync(path.join(root, relative), { throwIfNoEntry: false }),
) {
  hash.update(`${relative}:${stat?.size}:${stat?.mtimeMs}\n`);
}

function stampFile(root) {
  return path.join(root, "node_modules", ".cache", "preau", "build-stamp");
}
