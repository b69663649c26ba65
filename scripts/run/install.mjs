import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { LauncherError, runToStderr } from "./child.mjs";
import { withLock } from "./lock.mjs";
import { installerEnvironment } from "./node.mjs";

const ROOT_INPUTS = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs", "package.json"];

/** `pnpm@X` as package.json pins it; npx fetches it, so that nothing global is needed. */
export function pinnedPnpm(root) {
  return `pnpm@${readJson(path.join(root, "package.json")).devEngines.packageManager.version}`;
}

/** Folders of the workspace, relative to the root, in a stable order: packages/<floor>/<name> and apps/<name>. */
export function workspaceFolders(root) {
  const inside = (folder) =>
    existsSync(path.join(root, folder))
      ? readdirSync(path.join(root, folder), { withFileTypes: true })
          .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
          .map((entry) => `${folder}/${entry.name}`)
          .sort()
      : [];
  return [...inside("packages").flatMap(inside), ...inside("apps")].filter((folder) =>
    existsSync(path.join(root, folder, "package.json")),
  );
}

/** Installs exactly the lock file, unless node_modules is already the result of these very inputs. */
export async function install(root) {
  if (isInstalled(root)) return;
  mkdirSync(path.join(root, "node_modules"), { recursive: true });
  await withLock(path.join(root, "node_modules", ".install-lock"), "installation", async () => {
    if (isInstalled(root)) return; // another launcher did it while this one waited
    await runInstall(root);
  });
}

async function runInstall(root) {
  const pnpm = pinnedPnpm(root);
  if (!existsSync(path.join(root, "pnpm-lock.yaml"))) {
    throw new LauncherError(`pnpm-lock.yaml is missing: restore it, or make one with "npx ${pnpm} install"`);
  }
  const want = inputsHash(root);
  process.stderr.write(`preau: installing with ${pnpm}\n`);
  const { code, output } = await runToStderr(
    "npx",
    [
      "--yes",
      pnpm,
      "install",
      "--frozen-lockfile",
      "--reporter=append-only",
      "--config.confirmModulesPurge=false",
    ],
    { cwd: root, env: installerEnvironment(root) },
  );
  if (code !== 0) throw new LauncherError(`the installation failed (exit ${code})${advice(output, pnpm)}`);
  writeFileSync(stampFile(root), want);
}

function advice(output, pnpm) {
  if (/OUTDATED_LOCKFILE|LOCKFILE_CONFIG_MISMATCH/.test(output))
    return `: pnpm-lock.yaml does not match the package.json files; run "npx ${pnpm} install" and commit the lock file`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|META_FETCH_FAIL/.test(output))
    return ": the package registry cannot be reached, and a first installation needs it";
  if (/ENOSPC/.test(output)) return ": no space left on the disk";
  if (/EACCES|EPERM|EROFS/.test(output)) return ": a folder cannot be written; see the lines above";
  return "; see the lines above";
}

function isInstalled(root) {
  if (!existsSync(path.join(root, "node_modules", ".modules.yaml"))) return false;
  if (!existsSync(stampFile(root)) || readFileSync(stampFile(root), "utf8") !== inputsHash(root))
    return false;
  return workspaceFolders(root).every(
    (folder) =>
      existsSync(path.join(root, folder, "node_modules")) ||
      !hasDependencies(path.join(root, folder, "package.json")),
  );
}

function hasDependencies(manifestFile) {
  const { dependencies = {}, devDependencies = {} } = readJson(manifestFile);
  return Object.keys(dependencies).length + Object.keys(devDependencies).length > 0;
}

function inputsHash(root) {
  const hash = createHash("sha256").update(`${process.platform}-${process.arch}\n`);
  const inputs = [...ROOT_INPUTS, ...workspaceFolders(root).map((folder) => `${folder}/package.json`)];
  for (const file of inputs) {
    const full = path.join(root, file);
    hash.update(`${file}\n`).update(existsSync(full) ? readFileSync(full) : "absent");
  }
  return hash.digest("hex");
}

function stampFile(root) {
  return path.join(root, "node_modules", ".install-stamp");
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
