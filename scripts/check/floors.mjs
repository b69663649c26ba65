// Who may import whom. The folder is the floor: a package imports from the floors below its own, never sideways,
// and inside foundation only from what stands before it in the list.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { importsOf, parse, ts } from "./source.mjs";
import { inside, packagesOf, sources } from "./workspace.mjs";

const FLOORS = ["foundation", "duties", "connectors", "apps"];
const FOUNDATION = [
  "kernel",
  "calendar",
  "identifiers",
  "agreement",
  "database",
  "keys",
  "journal",
  "contracts",
  "subjects",
  "data-map",
  "documents",
  "web",
  "testing",
];
const TESTING = "@preau/testing";
const DEVELOPMENT = /^(test|bench)\//; // folders of a package that never ship

/** @returns {import("./findings.mjs").Finding[]} */
export function checkFloors(root) {
  const packages = packagesOf(root);
  const byName = new Map(packages.map((pkg) => [pkg.name, pkg]));
  return [
    ...packages.flatMap((pkg) => placeFindings(pkg)),
    ...packages.flatMap((pkg) => importFindings(root, pkg, byName)),
    ...packages.flatMap((pkg) => referenceFindings(root, pkg, byName)),
    ...rootReferenceFindings(root, packages),
  ];
}

function placeFindings(pkg) {
  if (!FLOORS.includes(pkg.floor))
    return [
      at(pkg, `no floor is called ${pkg.floor}`, `move it under packages/{${FLOORS.slice(0, 3).join(",")}}`),
    ];
  if (pkg.floor === "foundation" && !FOUNDATION.includes(pkg.short))
    return [
      at(
        pkg,
        `${pkg.short} has no place in foundation's order`,
        "add it to FOUNDATION in scripts/check/floors.mjs",
      ),
    ];
  if (pkg.name !== `@preau/${pkg.short}`)
    return [at(pkg, `the name is ${pkg.name}`, `call it @preau/${pkg.short}`)];
  return [];
}

/** Why `from` may not import `to` in a shipped or a development file; undefined when it may. */
function refusal(from, to, development) {
  if (to.name === TESTING) {
    if (from.short === "kernel") return "testing stands on kernel: the kernel cannot use it";
    return development ? undefined : "testing is for test/ and bench/ only";
  }
  if (from.name === TESTING) return to.short === "kernel" ? undefined : "testing imports the kernel only";
  if (from.floor === "apps" && to.floor === "apps")
    return development ? undefined : "an app imports another app in test/ or bench/ only";
  const up = FLOORS.indexOf(to.floor) - FLOORS.indexOf(from.floor);
  if (up > 0) return `upward: ${from.floor} stands below ${to.floor}`;
  if (up < 0) return undefined;
  if (from.floor !== "foundation") return `sideways: ${from.floor} do not import one another`;
  if (FOUNDATION.indexOf(to.short) < FOUNDATION.indexOf(from.short)) return undefined;
  return `${to.short} does not stand before ${from.short} in foundation`;
}

function importFindings(root, pkg, byName) {
  const findings = [];
  const usedIn = { shipped: new Set(), development: new Set() };
  for (const file of sources(pkg, "src", "test", "bench")) {
    const development = DEVELOPMENT.test(inside(pkg, file));
    for (const { specifier, line } of importsOf(parse(root, file))) {
      if (specifier.startsWith(".")) {
        const target = path.posix.join(path.posix.dirname(file), specifier);
        if (!target.startsWith(`${pkg.folder}/`))
          findings.push({
            file,
            line,
            message: `reaches out of its package: ${specifier}`,
            remedy: "import the package by its name",
          });
        continue;
      }
      if (!specifier.startsWith("@preau/")) continue;
      const name = specifier.split("/").slice(0, 2).join("/");
      const target = byName.get(name);
      if (target === undefined) {
        findings.push({ file, line, message: `no package is called ${name}` });
        continue;
      }
      if (!hasFace(target, specifier.slice(name.length)))
        findings.push({
          file,
          line,
          message: `reaches into ${specifier}`,
          remedy: `import what ${name} exports, or ask it to export more`,
        });
      if (target === pkg) continue; // a bench may call its own package by name
      const why = refusal(pkg, target, development);
      if (why !== undefined)
        findings.push({
          file,
          line,
          message: `may not import ${name}: ${why}`,
          remedy: "meet in a port or an event of the kernel",
        });
      usedIn[development ? "development" : "shipped"].add(name);
    }
  }
  return [...findings, ...manifestFindings(pkg, byName, usedIn)];
}

function hasFace(target, subpath) {
  const faces = target.manifest.exports ?? {};
  return Object.hasOwn(faces, `.${subpath}`);
}

function manifestFindings(pkg, byName, usedIn) {
  const { dependencies = {}, devDependencies = {} } = pkg.manifest;
  const findings = [];
  for (const name of workspaceNames(dependencies)) {
    const target = byName.get(name);
    if (target === undefined) findings.push(at(pkg, `depends on ${name}, which does not exist`));
    else if (refusal(pkg, target, false) !== undefined)
      findings.push(at(pkg, `may not depend on ${name}: ${refusal(pkg, target, false)}`));
    else if (!usedIn.shipped.has(name))
      findings.push(
        at(
          pkg,
          usedIn.development.has(name)
            ? `${name} is used in test/ or bench/ only`
            : `${name} is declared, and nothing imports it`,
          usedIn.development.has(name)
            ? "move it to devDependencies"
            : "remove it from package.json and tsconfig.json",
        ),
      );
  }
  for (const name of workspaceNames(devDependencies)) {
    const target = byName.get(name);
    if (target === undefined) findings.push(at(pkg, `depends on ${name}, which does not exist`));
    else if (refusal(pkg, target, true) !== undefined)
      findings.push(at(pkg, `may not depend on ${name}: ${refusal(pkg, target, true)}`));
    else if (!usedIn.development.has(name) && !usedIn.shipped.has(name))
      findings.push(
        at(
          pkg,
          `${name} is declared, and nothing imports it`,
          "remove it from package.json and tsconfig.json",
        ),
      );
  }
  for (const name of usedIn.shipped)
    if (!(name in dependencies))
      findings.push(
        at(pkg, `src imports ${name}, which is not in dependencies`, `add "${name}": "workspace:*"`),
      );
  for (const name of usedIn.development)
    if (!(name in dependencies) && !(name in devDependencies))
      findings.push(
        at(
          pkg,
          `test or bench imports ${name}, which is not declared`,
          `add "${name}": "workspace:*" to devDependencies`,
        ),
      );
  return findings;
}

/** tsconfig.json repeats the workspace dependencies, since `tsc -b` asks for them: the two must agree. */
function referenceFindings(root, pkg, byName) {
  const declared = new Set(
    [...workspaceNames(pkg.manifest.dependencies), ...workspaceNames(pkg.manifest.devDependencies)]
      .map((name) => byName.get(name)?.folder)
      .filter(Boolean),
  );
  return compareReferences(root, pkg.folder, declared);
}

function rootReferenceFindings(root, packages) {
  return compareReferences(root, ".", new Set(packages.map((pkg) => pkg.folder)));
}

function compareReferences(root, folder, wanted) {
  const file = path.posix.join(folder, "tsconfig.json");
  if (!existsSync(path.join(root, file)))
    return [{ file, message: "is missing", remedy: "copy a sibling's" }];
  const { config } = ts.parseConfigFileTextToJson(file, readFileSync(path.join(root, file), "utf8"));
  const referenced = new Set((config?.references ?? []).map((entry) => path.posix.join(folder, entry.path)));
  return [
    ...[...wanted]
      .filter((target) => !referenced.has(target))
      .map((target) => ({ file, message: `does not reference ${target}` })),
    ...[...referenced]
      .filter((target) => !wanted.has(target))
      .map((target) => ({ file, message: `references ${target}, which package.json does not name` })),
  ];
}

function workspaceNames(dependencies = {}) {
  return Object.keys(dependencies).filter((name) => name.startsWith("@preau/"));
}

function at(pkg, message, remedy) {
  return { file: `${pkg.folder}/package.json`, message, remedy };
}
