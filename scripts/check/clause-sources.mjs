// Finds, without running anything, the functions and the tests that bear clause ids.
import { idsAfterTag } from "./clause-ids.mjs";
import { isExported, lineOf, parse, ts } from "./source.mjs";
import { packagesOf, sources } from "./workspace.mjs";

const TITLED = /^(describe|suite|it|test)/;

/** Contract suites and in-memory references: they serve tests, and no clause is kept by them. */
const KEEPS_NOTHING = /^packages\/foundation\/testing\/|\/in-memory-[^/]+$/;

/**
 * Every exported function, constant, class or method whose docstring has `@clause`, wherever in its lines.
 *
 * @returns {{file: string, name: string, ids: string[], page: string | undefined}[]}
 */
export function clauseFunctions(root) {
  return sourcesWithClauses(root).flatMap(({ file, tree }) => {
    if (KEEPS_NOTHING.test(file)) return [];
    const found = [];
    const visit = (node, owner) => {
      const name = declaredName(node);
      if (name === undefined) return;
      const own = owner === undefined ? name : `${owner}.${name}`;
      const doc = docstring(node);
      const ids = clauseTags(doc).flatMap((tag) => tag.ids);
      if (ids.length > 0) found.push({ file, name: own, ids, page: /@page\s+(\S+)/.exec(doc)?.[1] });
      if (ts.isClassDeclaration(node)) for (const member of node.members) visit(member, own);
    };
    for (const statement of tree.statements)
      if (isExported(statement))
        for (const node of ts.isVariableStatement(statement)
          ? statement.declarationList.declarations
          : [statement])
          visit(node);
    return found;
  });
}

/** Every id after a `@clause` of the sources, in whatever comment, with its line. */
export function clauseMentions(root) {
  return sourcesWithClauses(root).flatMap(({ file, tree }) =>
    clauseTags(tree.text).flatMap(({ ids, index }) =>
      ids.map((id) => ({ file, line: tree.getLineAndCharacterOfPosition(index).line + 1, id })),
    ),
  );
}

function sourcesWithClauses(root) {
  return packagesOf(root).flatMap((pkg) =>
    sources(pkg, "src")
      .map((file) => ({ file, tree: parse(root, file) }))
      .filter(({ tree }) => tree.text.includes("@clause")),
  );
}

/** Each `@clause` of a text with the ids that follow it, over the ends of lines and the stars of a comment. */
function clauseTags(text) {
  return [...text.matchAll(/@clause[ \t]+/g)].map((match) => ({
    index: match.index,
    ids: idsAfterTag(
      text.slice(match.index + match[0].length, match.index + 500).replaceAll(/\n\s*\*(?!\/)/g, " "),
    ),
  }));
}

function declaredName(node) {
  const named =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isMethodDeclaration(node);
  return named && node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined;
}

/** The text of a node's docstrings; for `const f = …`, those of its statement. */
function docstring(node) {
  const owner = ts.isVariableDeclaration(node) ? node.parent.parent : node;
  return (owner.jsDoc ?? []).map((doc) => doc.getText()).join("\n");
}

/**
 * Every test, with its titles from the outermost describe to the test itself. A title made at run time keeps its
 * fixed parts: `it.each(…)("keeps %s (D5)")` gives ["keeps ", " (D5)"].
 *
 * @returns {{file: string, line: number, title: string, fixed: boolean, parts: string[]}[]}
 */
export function titledTests(root) {
  const tests = [];
  for (const pkg of packagesOf(root))
    for (const file of sources(pkg, "test").filter((name) => /\.test\.tsx?$/.test(name))) {
      const visit = (node, chain) => {
        const call = titledCall(node);
        if (call === undefined) return void ts.forEachChild(node, (child) => visit(child, chain));
        const titles = [...chain, call.title];
        if (call.isTest)
          tests.push({
            file,
            line: lineOf(node),
            title: titles.map((title) => title.join("…")).join(" "),
            fixed: titles.every((title) => title.length === 1),
            parts: titles.flat().filter((part) => part.trim() !== ""),
          });
        for (const argument of node.arguments) visit(argument, titles);
      };
      visit(parse(root, file), []);
    }
  return tests;
}

/** describe("…", …), it.each(…)("…", …), describeOnEveryDatabase("…", …): a title, then a function. */
function titledCall(node) {
  if (!ts.isCallExpression(node) || node.arguments.length < 2) return undefined;
  const name = rootName(node.expression);
  const title = titleParts(node.arguments[0]);
  const runs = node.arguments.some(
    (argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument),
  );
  if (!TITLED.test(name) || title === undefined || !runs) return undefined;
  return { title, isTest: /^(it|test)($|[A-Z])/.test(name) };
}

function rootName(expression) {
  if (ts.isIdentifier(expression)) return expression.text;
  if (
    ts.isPropertyAccessExpression(expression) ||
    ts.isCallExpression(expression) ||
    ts.isTaggedTemplateExpression(expression)
  )
    return rootName(expression.expression ?? expression.tag);
  return "";
}

function titleParts(node) {
  if (ts.isStringLiteralLike(node)) return node.text.split(/%[sdifjoO#]|\$[\w.]+/);
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  return undefined;
}
