import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { annexes } from "../src/annexes.ts";
import { cleanText } from "../src/clean-text.ts";
import { folded, heading, paragraph } from "../src/compose.ts";
import { documentPolicy } from "../src/document-style.ts";
import { renderHtml } from "../src/render-html.ts";
import { documentOf, everywhere, hostileTexts, longTable } from "./hostile-document.ts";
import { source } from "./reference-source.ts";

const OURS =
  /^\/?(?:html|head|meta|title|style|body|main|h[1-4]|p|div|ul|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|span|strong|bdi|nav|a|details|summary)(?: (?:lang|charset|http-equiv|content|name|class|role|aria-label|tabindex|scope|id|data-title)="[^"<>]*"| href="#s\d+")*$/u;

describe("a document as a page", () => {
  it("loads nothing, runs nothing, and allows its own style by its hash alone", () => {
    const html = renderHtml(annexes(source()));
    const style = /<style>([^<]*)<\/style>/u.exec(html)?.[1] ?? "";
    expect(documentPolicy).toContain(`'sha256-${createHash("sha256").update(style).digest("base64")}'`);
    expect(documentPolicy).toMatch(/^default-src 'none'/u);
    expect(html).not.toMatch(/\bstyle=|<script|<link|<img|url\(|@import|https?:/u);
  });

  it("names its language, and heads columns and rows", () => {
    const html = renderHtml(annexes(source("en")));
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/u);
    expect(html).toContain('<th scope="col">Data subjects</th>');
    expect(html).toMatch(/<th scope="row"><span class="line"><strong>Pupil<\/strong><\/span>/u);
    const levels = [...html.matchAll(/<h([1-4])[ >]/gu)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.slice(1).forEach((level, at) => {
      expect(level - (levels[at] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  it.each(Object.entries(hostileTexts))("keeps %s as text, wherever it stands", (_name, text) => {
    const html = renderHtml(everywhere(text));
    for (const [, tag = ""] of html.matchAll(/<(?!!doctype)([^>]*)>/gu)) expect(tag).toMatch(OURS);
    const said = html
      .replaceAll(/<[^>]*>/gu, "\n")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&")
      .replaceAll(/[\u00a0\u202f]/gu, " ");
    const wanted = cleanText(text).replaceAll(/[\u00a0\u202f]/gu, " ");
    expect(said.split(wanted).length - 1).toBeGreaterThanOrEqual(8);
    expect(said).not.toMatch(/[\u202a-\u202e]/u);
  });

  it("leads to its headings where it is long, and folds what few readers need", () => {
    const blocks = [
      heading(2, "Un"),
      folded("Rare", [heading(2, "Caché"), paragraph("Texte")]),
      heading(2, "Deux"),
    ];
    const html = renderHtml(documentOf(blocks, { contents: true }));
    expect(html).toContain('<li><a href="#s1">Un</a></li>\n<li><a href="#s2">Deux</a></li>');
    expect(html).toMatch(/<h2 id="s2">Deux/u);
    expect(html).toContain("<details><summary>Rare</summary>");
    expect(renderHtml(documentOf(blocks))).not.toMatch(/<nav|id="s/u);
  });

  it("has every row of a long table", () => {
    const html = renderHtml(longTable(300));
    expect(html.match(/<tr>/gu)).toHaveLength(301);
    expect(html).toContain('<td class="end">1\u202f234</td>');
  });
});
