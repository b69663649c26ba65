// A small house of nine packages that passes every check: each test copies it, plants one fault and looks.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { CHECKS, runChecks } from "../check/all.mjs";
import { packagesOf } from "../check/workspace.mjs";

const repository = path.resolve(import.meta.dirname, "../..");
const fixture = path.join(import.meta.dirname, "fixtures", "house");

export interface House {
  readonly root: string;
  write(file: string, text: string): void;
  edit(file: string, from: string | RegExp, to: string): void;
  remove(file: string): void;
  /** Names of the checks that fail, with their findings as "file:line message". */
  failures(which: "fast" | "all"): Promise<Record<string, string[]>>;
  /** Writes the generated pages and lays the files out. */
  fix(): Promise<void>;
}

/** Copies the fixture into a folder of its own, with this repository's configuration and tools. */
export function buildHouse(): House {
  const outer = realpathSync(mkdtempSync(path.join(os.tmpdir(), "house-")));
  const root = path.join(outer, "house");
  cpSync(fixture, root, { recursive: true });
  for (const file of [
    "biome.json",
    "eslint.config.js",
    "tsconfig.base.json",
    "scripts/check/tsconfig.lint.json",
    ".gitignore",
  ])
    cpSync(path.join(repository, file), path.join(root, file));
  linkModules(root);
  spawnSync("git", ["init", "--quiet"], { cwd: root });
  const at = (file: string) => path.join(root, file);
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(at(file)), { recursive: true });
    writeFileSync(at(file), text);
  };
  const run = (chosen: typeof CHECKS, fix: boolean) => runChecks(root, chosen, { fix });
  const isFast = ({ slow }: (typeof CHECKS)[number]) => slow !== true;
  return {
    root,
    write,
    edit(file, from, to) {
      const text = readFileSync(at(file), "utf8");
      const changed = text.replace(from, to);
      if (changed === text) throw new Error(`nothing to edit in ${file}`);
      writeFileSync(at(file), changed);
    },
    remove: (file) => rmSync(at(file), { recursive: true }),
    async failures(which) {
      const results = await run(which === "all" ? CHECKS : CHECKS.filter(isFast), false);
      const failed = results.filter(({ findings }) => findings.length > 0);
      return Object.fromEntries(
        failed.map(({ name, findings }) => [
          name,
          findings.map(
            ({ file, line, message }) => `${file}${line === undefined ? "" : `:${line}`} ${message}`,
          ),
        ]),
      );
    },
    async fix() {
      await run(CHECKS.filter(isFast), true);
    },
  };
}

/** The tools of this repository, and the packages of the house linked as pnpm would. */
function linkModules(root: string) {
  const modules = path.join(repository, "node_modules");
  mkdirSync(path.join(root, "node_modules", "@types"), { recursive: true });
  for (const name of readdirSync(modules))
    if (name !== ".cache" && name !== "@types" && !name.startsWith(".install"))
      symlinkSync(path.join(modules, name), path.join(root, "node_modules", name));
  symlinkSync(path.join(modules, "@types", "node"), path.join(root, "node_modules", "@types", "node"));
  const packages = packagesOf(root);
  for (const { folder } of packages) {
    const scope = path.join(root, folder, "node_modules", "@preau");
    mkdirSync(scope, { recursive: true });
    for (const other of packages) symlinkSync(path.join(root, other.folder), path.join(scope, other.short));
  }
}
