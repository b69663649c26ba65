/** Where a value stands in a YAML text, by its path: for errors that name line and column. */
import { type Document, isCollection, isNode, type LineCounter, type Node } from "yaml";

/** Line and column, both from 1, of the deepest node of the path that exists: an absent key is shown where it should stand. */
export function positionIn(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): { readonly line: number; readonly col: number } {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (node?.range) return lines.linePos(node.range[0]);
  }
  return { line: 1, col: 1 };
}

function nodeAt(document: Document, path: readonly PropertyKey[]): Node | undefined {
  if (path.length === 0) return document.contents ?? undefined;
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isCollection(parent)) return undefined;
  const found = parent.get(path.at(-1), true);
  return isNode(found) ? found : undefined;
}
