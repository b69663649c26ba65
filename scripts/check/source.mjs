// Reads TypeScript with the compiler's own parser: comments and strings cannot fool it.
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const parsed = new Map();

/**
 * The syntax tree of a file; parsed once, however many checks ask.
 *
 * @param {string} root
 * @param {string} file  relative to the root
 * @returns {import("typescript").SourceFile}
 */
export function parse(root, file) {
  const full = path.join(root, file);
  const { mtimeMs, size } = statSync(full);
  const known = parsed.get(full);
  if (known?.mtimeMs === mtimeMs && known.size === size) return known.tree;
  const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const tree = ts.createSourceFile(full, readFileSync(full, "utf8"), ts.ScriptTarget.Latest, true, kind);
  parsed.set(full, { mtimeMs, size, tree });
  return tree;
}

/** Line of a node, from 1. */
export function lineOf(node) {
  const file = node.getSourceFile();
  return file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
}

/** Calls `visit` on every node, parents first. */
export function walk(node, visit) {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/**
 * Everything a file imports: import, export … from, import("…"), import("…").Type, require("…").
 *
 * @returns {{specifier: string, line: number, node: import("typescript").Node}[]}
 */
export function importsOf(tree) {
  const found = [];
  const add = (literal, node) => {
    if (literal !== undefined && ts.isStringLiteralLike(literal))
      found.push({ specifier: literal.text, line: lineOf(literal), node });
  };
  walk(tree, (node) => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) add(node.moduleSpecifier, node);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, node);
    else if (ts.isCallExpression(node) && isImportCall(node)) add(node.arguments[0], node);
  });
  return found;
}

function isImportCall(node) {
  return (
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === "require")
  );
}

/** True for a declaration that bears the `export` keyword. */
export function isExported(node) {
  return (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Export) !== 0;
}

/** The value of a literal made of strings, numbers, objects and arrays; undefined for anything else. */
export function literalValue(node) {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node))
    return literalValue(node.expression);
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return `${literalValue(node.left)}${literalValue(node.right)}`;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalValue);
  if (ts.isObjectLiteralExpression(node))
    return Object.fromEntries(
      node.properties
        .filter((property) => ts.isPropertyAssignment(property))
        .map((property) => [property.name.text, literalValue(property.initializer)]),
    );
  return undefined;
}

export { ts };
