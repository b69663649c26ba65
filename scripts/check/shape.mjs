// Every package has one inner shape, so that a reader finds the second one by knowing the first.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { extraFolders, longFiles } from "./allowed.mjs";
import { lineOf, parse, ts } from "./source.mjs";
import { filesUnder, inside, packagesOf, sources } from "./workspace.mjs";

const PACKAGE_FILES = ["README.md", "package.json", "tsconfig.json", "tsup.config.ts"];
const PACKAGE_FOLDERS = ["src", "test", "bench", "locales", "maps", "reference", "plugin"];
const SOURCE_FOLDERS = ["store", "migrations", "http", "pages", "cli", "jobs", "locales"];
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/;
const EMPTY_NAME = /^(common|shared|types?)$|(^|-)(utils?|helpers?|misc)(-|$)/;
const MOST_LINES = 400;
const MOST_ROOT_ENTRIES = 25;

/** @returns {import("./findings.mjs").Finding[]} */
export function checkShape(root) {
  return [...packagesOf(root).flatMap((pkg) => packageFindings(root, pkg)), ...rootFindings(root)];
}

function packageFindings(root, pkg) {
  const findings = [];
  const missing = (name, what) =>
    findings.push({ file: `${pkg.folder}/${name}`, message: `${what} is missing` });
  if (!pkg.files.includes(`${pkg.folder}/README.md`)) missing("README.md", "the README");
  if (!pkg.files.includes(`${pkg.folder}/src/index.ts`)) missing("src/index.ts", "the face");
  if (!pkg.files.some((file) => inside(pkg, file).startsWith("test/") && /\.test\.tsx?$/.test(file)))
    missing("test", "a test file");
  for (const file of pkg.files) findings.push(...placeFindings(pkg, file));
  for (const file of sources(pkg, "src", "test", "bench")) {
    findings.push(...lengthFindings(root, file), ...defaultExportFindings(root, file));
  }
  for (const file of sources(pkg, "src"))
    if (inside(pkg, file) === "src/index.ts") findings.push(...faceFindings(root, file));
  return findings;
}

function placeFindings(pkg, file) {
  const parts = inside(pkg, file).split("/");
  const stem = parts.at(-1).replace(/\..*$/, "");
  if (parts.length === 1)
    return PACKAGE_FILES.includes(parts[0])
      ? []
      : [{ file, message: "has no place at the top of a package" }];
  if (!PACKAGE_FOLDERS.includes(parts[0]))
    return [
      {
        file,
        message: `no package has a folder ${parts[0]}/`,
        remedy: `the folders are ${PACKAGE_FOLDERS.join(", ")}`,
      },
    ];
  const findings = [];
  if (["src", "test", "bench"].includes(parts[0]) && EMPTY_NAME.test(stem))
    findings.push({
      file,
      message: `"${stem}" says nothing`,
      remedy: "name it after what it does, or put it beside its one caller",
    });
  if (parts[0] === "src") findings.push(...sourceFindings(pkg, file, parts.slice(1)));
  return findings;
}

function sourceFindings(pkg, file, parts) {
  const folders = [...SOURCE_FOLDERS, ...Object.keys(extraFolders.get(pkg.name) ?? {})];
  const findings = [];
  if (parts.length > 1 && !folders.includes(parts[0]))
    findings.push({
      file,
      message: `src/ has no folder ${parts[0]}/ in our shape`,
      remedy: `use ${SOURCE_FOLDERS.join(", ")}, a noun as file name, or an entry in scripts/check/allowed.mjs`,
    });
  if (parts.length > 2)
    findings.push({ file, message: "is nested too deep", remedy: "one level of folders under src/" });
  if (!KEBAB.test(parts.at(-1))) findings.push({ file, message: "is not kebab-case .ts or .tsx" });
  return findings;
}

function lengthFindings(root, file) {
  if (longFiles.has(file)) return [];
  const lines = readFileSync(path.join(root, file), "utf8").trimEnd().split("\n").length;
  if (lines <= MOST_LINES) return [];
  return [
    {
      file,
      line: MOST_LINES + 1,
      message: `has ${lines} lines`,
      remedy: `split it: ${MOST_LINES} is the most`,
    },
  ];
}

function defaultExportFindings(root, file) {
  if (file.endsWith(".config.ts")) return [];
  return parse(root, file)
    .statements.filter(
      (node) =>
        (ts.isExportAssignment(node) && !node.isExportEquals) ||
        (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Default) !== 0 ||
        (ts.isExportDeclaration(node) &&
          node.exportClause !== undefined &&
          ts.isNamedExports(node.exportClause) &&
          node.exportClause.elements.some((element) => element.name.text === "default")),
    )
    .map((node) => ({ file, line: lineOf(node), message: "has a default export", remedy: "name it" }));
}

/** A face is a table of contents: named re-exports, no star, no logic. */
function faceFindings(root, file) {
  return parse(root, file)
    .statements.filter((node) => !isNamedReexport(node))
    .map((node) => ({
      file,
      line: lineOf(node),
      message: "the face holds more than named re-exports",
      remedy: 'write export { name } from "./file.ts"',
    }));
}

function isNamedReexport(node) {
  if (!ts.isExportDeclaration(node) || node.exportClause === undefined) return false;
  if (!ts.isNamedExports(node.exportClause)) return false;
  return node.moduleSpecifier !== undefined || node.exportClause.elements.length === 0;
}

function rootFindings(root) {
  const findings = filesUnder(root, "scripts")
    .filter((file) => /\.(mjs|ts)$/.test(file) && !file.includes("/fixtures/"))
    .flatMap((file) => lengthFindings(root, file));
  const entries = topLevel(root);
  if (entries.length > MOST_ROOT_ENTRIES)
    findings.push({
      file: ".",
      message: `has ${entries.length} entries: ${entries.join(" ")}`,
      remedy: `${MOST_ROOT_ENTRIES} is the most`,
    });
  return findings;
}

/** Top-level names that git keeps or would keep; without git, all but what tools generate. */
function topLevel(root) {
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  const names =
    listed.status === 0
      ? listed.stdout
          .split("\n")
          .filter(Boolean)
          .map((file) => file.split("/")[0])
      : readdirSync(root).filter(
          (name) => ![".git", "node_modules", ".turbo", ".preau", ".preau-replay"].includes(name),
        );
  return [...new Set(names)].sort();
}
