import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { workspaceFolders } from "../run/install.mjs";

const GENERATED = new Set([
  "node_modules",
  "dist",
  "dist-types",
  ".turbo",
  ".preau",
  ".preau-replay",
  "coverage",
]);

/**
 * A package or an app of the workspace.
 *
 * @typedef {object} Package
 * @property {string} folder  "packages/duties/consent", relative to the root
 * @property {"foundation" | "duties" | "connectors" | "apps"} floor
 * @property {string} short  "consent"
 * @property {string} name  "@preau/consent"
 * @property {any} manifest  its package.json
 * @property {string[]} files  every file of ours in it, relative to the root, sorted
 */

/** @returns {Package[]} */
export function packagesOf(root) {
  return workspaceFolders(root).map((folder) => {
    const parts = folder.split("/");
    const manifest = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
    return {
      folder,
      floor: parts.length === 2 ? "apps" : parts[1],
      short: parts.at(-1),
      name: manifest.name,
      manifest,
      files: filesUnder(root, folder),
    };
  });
}

/** Files under a folder, relative to the root, without what tools generate. */
export function filesUnder(root, folder) {
  if (!existsSync(path.join(root, folder))) return [];
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !GENERATED.has(entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const file = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesUnder(root, file) : [file];
    });
}

/** TypeScript sources of some of a package's folders: `sources(pkg, "src", "test")`. Fixtures are data, not sources. */
export function sources(pkg, ...folders) {
  return pkg.files.filter(
    (file) =>
      /\.tsx?$/.test(file) &&
      !file.includes("/fixtures/") &&
      folders.some((folder) => file.startsWith(`${pkg.folder}/${folder}/`)),
  );
}

/** Path inside the package: "src/store/cases.ts". */
export function inside(pkg, file) {
  return file.slice(pkg.folder.length + 1);
}
