// Inside a package: SQL in store/ alone, Express at the border, and no clock, chance or environment in the domain.
import { neverShips, readsClockOrChance, speaksHttp, speaksSql } from "./allowed.mjs";
import { importsOf, lineOf, parse, ts, walk } from "./source.mjs";
import { inside, packagesOf, sources } from "./workspace.mjs";

const STORE = /^src\/(store|migrations)\//;
const BORDER = /^src\/((http|pages|cli|jobs|store|migrations)\/|plugin\.tsx?$)/;
const SQL =
  /^\s*(SELECT\s.*\sFROM\s|INSERT\s+INTO\s|REPLACE\s+INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|UNIQUE)\s)/s;

/** @returns {import("./findings.mjs").Finding[]} */
export function checkLayers(root) {
  return packagesOf(root)
    .filter((pkg) => !neverShips.has(pkg.name))
    .flatMap((pkg) =>
      sources(pkg, "src").flatMap((file) => {
        const tree = parse(root, file);
        const place = inside(pkg, file);
        return [
          ...(speaksSql.has(pkg.name) || STORE.test(place) ? [] : sqlFindings(file, tree)),
          ...(pkg.floor === "apps" || BORDER.test(place) ? [] : domainFindings(file, tree, pkg)),
          ...(pkg.floor === "apps" || readsClockOrChance.has(file) ? [] : clockFindings(file, tree)),
        ];
      }),
    );
}

function sqlFindings(file, tree) {
  const remedy = "move the query to store/";
  const findings = importsOf(tree)
    .filter(({ specifier }) => specifier === "knex" || specifier.startsWith("knex/"))
    .map(({ line }) => ({ file, line, message: "imports knex outside store/", remedy }));
  walk(tree, (node) => {
    if (ts.isCallExpression(node) && isRawCall(node.expression))
      findings.push({ file, line: lineOf(node), message: "calls .raw( outside store/", remedy });
    else if ((ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) && SQL.test(node.text))
      findings.push({ file, line: lineOf(node), message: "holds SQL outside store/", remedy });
  });
  return findings;
}

function isRawCall(callee) {
  // express.raw() reads a request's bytes: no SQL in it.
  return (
    ts.isPropertyAccessExpression(callee) &&
    callee.name.text === "raw" &&
    !(ts.isIdentifier(callee.expression) && callee.expression.text === "express")
  );
}

function domainFindings(file, tree, pkg) {
  const findings = [];
  if (!speaksHttp.has(pkg.name))
    for (const { specifier, line } of importsOf(tree))
      if (specifier === "express")
        findings.push({
          file,
          line,
          message: "imports express in a domain file",
          remedy: "move it to http/ or pages/",
        });
  walk(tree, (node) => {
    if (isMember(node, "process", "env"))
      findings.push({
        file,
        line: lineOf(node),
        message: "reads process.env in a domain file",
        remedy: "take it as an option",
      });
  });
  return findings;
}

function clockFindings(file, tree) {
  const findings = [];
  const add = (node, what, remedy) =>
    findings.push({ file, line: lineOf(node), message: `calls ${what}`, remedy });
  walk(tree, (node) => {
    if (isMember(node, "Date", "now")) add(node, "Date.now()", "take the clock as an argument");
    else if (ts.isNewExpression(node) && isName(node.expression, "Date") && !node.arguments?.length)
      add(node, "new Date() without an instant", "take the clock as an argument");
    else if (isMember(node, "Math", "random")) add(node, "Math.random()", "take chance as an argument");
    else if (ts.isIdentifier(node) && node.text === "randomUUID" && !ts.isImportSpecifier(node.parent))
      add(node, "randomUUID()", "take the maker of ids as an argument");
  });
  return findings;
}

function isMember(node, object, member) {
  return ts.isPropertyAccessExpression(node) && node.name.text === member && isName(node.expression, object);
}

function isName(node, name) {
  return ts.isIdentifier(node) && node.text === name;
}
