// One table of errors a package, no code twice in the product, none unused, and one page that lists them all.
import { cell, compareGenerated } from "./generated.mjs";
import { lineOf, literalValue, parse, ts, walk } from "./source.mjs";
import { inside, packagesOf, sources } from "./workspace.mjs";

const PAGE = "docs/errors.md";
const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;

/**
 * @param {string} root
 * @param {{fix?: boolean}} [options]
 * @returns {import("./findings.mjs").Finding[]}
 */
export function checkErrors(root, { fix = false } = {}) {
  const packages = packagesOf(root);
  const entries = packages.flatMap((pkg) => tableOf(root, pkg));
  const owner = new Map(entries.map((entry) => [entry.code, entry]));
  return [
    ...entries.flatMap((entry) => entryFindings(entry, owner)),
    ...packages.flatMap((pkg) => useFindings(root, pkg, entries, owner)),
    ...compareGenerated(root, PAGE, page(entries), fix),
  ];
}

/** The entries of a package's table. */
function tableOf(root, pkg) {
  const file = `${pkg.folder}/src/errors.ts`;
  if (!pkg.files.includes(file)) return [];
  return definitionsIn(parse(root, file)).map((property) => ({
    code: property.name.text,
    value: literalValue(property.initializer) ?? {},
    pkg,
    file,
    line: lineOf(property),
  }));
}

function codesOf(tree) {
  return new Set(
    tree.text.includes("defineErrors") ? definitionsIn(tree).map((property) => property.name.text) : [],
  );
}

/** The properties of every `defineErrors({ … })` of a file. */
function definitionsIn(tree) {
  const properties = [];
  walk(tree, (node) => {
    if (!ts.isCallExpression(node) || !isCallTo(node, "defineErrors")) return;
    const [table] = node.arguments;
    if (table !== undefined && ts.isObjectLiteralExpression(table))
      properties.push(...table.properties.filter((property) => ts.isPropertyAssignment(property)));
  });
  return properties;
}

function entryFindings({ code, value, file, line }, owner) {
  const findings = [];
  const add = (message, remedy) => findings.push({ file, line, message: `${code} ${message}`, remedy });
  if (!CODE.test(code)) add("is not SCREAMING_SNAKE_CASE with its subject first", "write SUBJECT_WHAT");
  const first = owner.get(code); // the last table that has it
  if (first.file !== file || first.line !== line)
    add(`is also in ${first.file}:${first.line}`, "a code has one owner: rename one");
  if (!Number.isInteger(value.status)) add("has no HTTP status that can be read without running it");
  if (!Number.isInteger(value.exit)) add("has no exit code that can be read without running it");
  if (!value.says?.en || !value.says?.fr) add("does not say itself in en and fr");
  if (value.remedy !== undefined && !(value.remedy?.en && value.remedy?.fr))
    add("has a remedy without en and fr");
  return findings;
}

function useFindings(root, pkg, entries, owner) {
  const used = new Set();
  const findings = [];
  for (const file of sources(pkg, "src", "test", "bench")) {
    const tree = parse(root, file);
    const own = codesOf(tree); // a test may try a table of its own
    walk(tree, (node) => {
      if (ts.isStringLiteralLike(node) && inside(pkg, file).startsWith("src/")) used.add(node.text);
      const code = codeArgument(node);
      if (code !== undefined && CODE.test(code.text) && !owner.has(code.text) && !own.has(code.text))
        findings.push({
          file,
          line: lineOf(code),
          message: `${code.text} is in no table of errors`,
          remedy: "add it to src/errors.ts",
        });
    });
  }
  for (const { code, file, line } of entries.filter((entry) => entry.pkg === pkg))
    if (!used.has(code))
      findings.push({ file, line, message: `${code} is used nowhere in the package`, remedy: "remove it" });
  return findings;
}

/** The code in fault("CODE"), fail("CODE") and isFault(error, "CODE"). */
function codeArgument(node) {
  if (!ts.isCallExpression(node)) return undefined;
  const argument = isCallTo(node, "isFault")
    ? node.arguments[1]
    : /^(\w*[fF]ault|fail)$/.test(calleeName(node))
      ? node.arguments[0]
      : undefined;
  return argument !== undefined && ts.isStringLiteralLike(argument) ? argument : undefined;
}

function isCallTo(node, name) {
  return calleeName(node) === name;
}

function calleeName(node) {
  return ts.isIdentifier(node.expression) ? node.expression.text : "";
}

function page(entries) {
  const sorted = [...entries].sort((a, b) => (a.code < b.code ? -1 : 1));
  const rows = sorted.map(({ code, value, pkg }) =>
    [
      code,
      pkg.short,
      value.status,
      value.exit,
      value.says?.en,
      value.says?.fr,
      value.remedy?.en,
      value.remedy?.fr,
    ]
      .map((text) => cell(String(text ?? "–")))
      .join(" | "),
  );
  return [
    "# Errors",
    "",
    "Generated from every package's `src/errors.ts` by `npm run check -- --fix`. A code is stable and never reused.",
    "Exit codes: 1 the answer is no, 2 refused and nothing written, 3 not wholly verified, 4 environment.",
    "",
    "| code | package | HTTP | exit | says | dit | remedy | remède |",
    "|---|---|---|---|---|---|---|---|",
    ...rows.map((row) => `| ${row} |`),
    "",
  ].join("\n");
}
