// Finds, without running anything, the functions and the tests that bear clause ids.
import { idsAfterTag } from "./clause-ids.mjs";
import { isExported, lineOf, parse, ts } from "./source.mjs";
import { packagesOf, sources } from "./workspace.mjs";

const TITLED = /^(describe|suite|it|test)/;

/**
 * Every exported function, constant, class or method whose docstring has `@clause`.
 *
 * @returns {{file: string, line: number, name: string, exported: boolean, ids: string[], page: string | undefined}[]}
 */
export function clauseFunctions(root) {
  return packagesOf(root).flatMap((pkg) =>
    sources(pkg, "src").flatMap((file) => {
      const found = [];
      const tree = parse(root, file);
      if (!tree.text.includes("@clause")) return [];
      const visit = (node, owner) => {
        const name = declaredName(node);
        const own = owner === undefined ? name : `${owner.name}.${name}`;
        const exported = owner === undefined ? isExported(node) : owner.exported;
        if (name !== undefined) {
          const tags = ts.getJSDocTags(node).filter((tag) => tag.parent.parent === docOwner(node));
          const ids = tags
            .filter((tag) => tag.tagName.text === "clause")
            .flatMap((tag) => idsAfterTag(textOf(tag)));
          const page = tags.find((tag) => tag.tagName.text === "page");
          if (ids.length > 0)
            found.push({
              file,
              line: lineOf(node),
              name: own,
              exported,
              ids,
              page: page && textOf(page).trim().split(/\s/)[0],
            });
        }
        if (ts.isClassDeclaration(node))
          for (const member of node.members) visit(member, { name: own, exported });
        else if (ts.isSourceFile(node)) for (const statement of node.statements) visit(statement);
        else if (ts.isVariableStatement(node))
          for (const one of node.declarationList.declarations) visit(one);
      };
      visit(tree);
      return found;
    }),
  );
}

function declaredName(node) {
  if (
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isMethodDeclaration(node)
  )
    return node.name !== undefined && ts.isIdentifier(node.name) ? node.name.text : undefined;
  return undefined;
}

/** The node that a docstring is attached to: for `const f = …`, its statement. */
function docOwner(node) {
  return ts.isVariableDeclaration(node) ? node.parent.parent : node;
}

function textOf(tag) {
  return ts.getTextOfJSDocComment(tag.comment) ?? "";
}

/**
 * Every test, with its titles from the outermost describe to the test itself. A title made at run time keeps its
 * fixed parts: `it.each(…)("keeps %s (D5)")` gives ["keeps ", " (D5)"].
 *
 * @returns {{file: string, line: number, title: string, parts: string[]}[]}
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
