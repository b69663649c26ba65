import { Fragment, type VNode } from "preact";
import { describe, expect, it } from "vitest";
import { Markdown } from "../src/pages/agreement-markdown.tsx";

/** The elements that are drawn, as tags and text: what preact would write, without its escaping. */
function drawn(node: unknown): string {
  if (Array.isArray(node)) return node.map(drawn).join("");
  if (node === null || node === undefined || typeof node === "boolean") return "";
  if (typeof node === "string" || typeof node === "number") return `${node}`;
  const { type, props } = node as VNode<Record<string, unknown>>;
  if (type === Fragment) return drawn(props["children"]);
  if (typeof type === "function") return drawn((type as (props: unknown) => unknown)(props));
  const href = typeof props["href"] === "string" ? ` ${props["href"]}` : "";
  return `<${type}${href}>${drawn(props["children"])}</${type}>`;
}
const draw = (text: string) => drawn(Markdown({ text }));

describe("an agreement's Markdown", () => {
  it.each([
    ["paragraphs, over lines", "One\ntwo\n\nthree", "<p>One\ntwo</p><p>three</p>"],
    [
      "bold, italic, code",
      "**a** *b* _c_ `d`",
      "<p><strong>a</strong> <em>b</em> <em>c</em> <code>d</code></p>",
    ],
    ["a list, with items over lines", "- a\n  more\n- b", "<ul><li>a\nmore</li><li>b</li></ul>"],
    ["a numbered list", "3. a\n4. b", "<ol><li>a</li><li>b</li></ol>"],
    ["a list in a list", "- a\n  - b\n- c", "<ul><li><p>a</p><ul><li>b</li></ul></li><li>c</li></ul>"],
    ["a list after a sentence", "So:\n- a", "<p>So:</p><ul><li>a</li></ul>"],
    ["a quotation", "> a\n> b", "<blockquote><p>a\nb</p></blockquote>"],
    ["fenced code", "```\n# a\n```", "<pre><code># a</code></pre>"],
    ["a fence that never ends", "```\na", "<pre><code>a</code></pre>"],
    [
      "links to the web and to mail",
      "[a](https://b.example) [c](mailto:d@e.example)",
      "<p><a https://b.example>a</a> <a mailto:d@e.example>c</a></p>",
    ],
  ])("draws %s", (_what, text, wanted) => {
    expect(draw(text)).toBe(wanted);
  });

  it("draws a table, with cells that a row lacks and a bar in a cell", () => {
    expect(draw("| a | b |\n|---|---|\n| 1 |\n| x \\| y | **z** |")).toContain(
      "<tbody><tr><td>1</td><td></td></tr><tr><td>x | y</td><td><strong>z</strong></td></tr></tbody>",
    );
  });

  it.each([
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "![a](https://b.example/pixel.png)",
    "<!-- hidden -->",
  ])("shows %s as the letters it is, or without its way out", (text) => {
    const tags = [...draw(text).matchAll(/<(\w+)[ >]/g)].map(([, tag]) => tag);
    const own = tags.filter((tag) => tag !== "script" && tag !== "img");
    expect(own.every((tag) => tag === "p" || tag === "a")).toBe(true);
    expect(draw(text)).not.toMatch(/<a (javascript|data):/);
    expect(draw(text).startsWith("<p>")).toBe(true);
  });

  it.each(["[", "*", "**", "`", "_", "|", "> ", "- ", "  - ", "[a](", "1. "])(
    "comes to an end on a text of nothing but %j",
    (piece) => {
      expect(draw(piece.repeat(3_000)).length).toBeGreaterThan(0);
      expect(draw(`${piece}\n`.repeat(2_000)).length).toBeGreaterThan(0);
    },
  );
});
