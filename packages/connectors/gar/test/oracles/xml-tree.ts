/** XML as a tree that can be taken apart and put together wrongly. It reads what our own provider writes, and no more. */

export interface TreeElement {
  /** With its prefix. */
  name: string;
  /** As written: ` Name="value"` with the space before. */
  attributes: string[];
  children: (TreeElement | string)[];
}

const TOKEN = /<\/?[^>]*>|[^<]+/g;

export function readTree(xml: string): TreeElement {
  const root: TreeElement = { name: "", attributes: [], children: [] };
  const open = [root];
  for (const [token] of xml.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? root;
    if (token.startsWith("</")) open.pop();
    else if (token.startsWith("<")) {
      const [, name = "", attributes = "", empty] = /^<([^\s/>]+)([\s\S]*?)(\/?)>$/.exec(token) ?? [];
      const element: TreeElement = {
        name,
        attributes: attributes.match(/\s+[^\s=]+="[^"]*"/g) ?? [],
        children: [],
      };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    } else parent.children.push(token);
  }
  const [first] = root.children;
  if (typeof first !== "object") throw new Error("no element");
  return first;
}

export function writeTree(node: TreeElement | string): string {
  if (typeof node === "string") return node;
  const { name, attributes, children } = node;
  return `<${name}${attributes.join("")}>${children.map(writeTree).join("")}</${name}>`;
}

/** The element and all elements below it. */
export function elementsIn(element: TreeElement): TreeElement[] {
  return [
    element,
    ...element.children.flatMap((child) => (typeof child === "string" ? [] : elementsIn(child))),
  ];
}
