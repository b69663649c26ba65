/** What a reader would see of HTML, in one pass: no tag is followed, no picture fetched, nothing of a script or style kept. */

const MOST_HTML = 1_000_000;
const NOT_SHOWN = new Set(["script", "style", "head", "title", "template", "noscript", "svg"]);
const BREAKS = new Set([
  "br",
  "p",
  "div",
  "li",
  "tr",
  "h1",
  "h2",
  "h3",
  "h4",
  "table",
  "blockquote",
  "hr",
  "ul",
  "ol",
]);
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", laquo: "«", raquo: "»" },
  ...{ eacute: "é", egrave: "è", ecirc: "ê", agrave: "à", acirc: "â", ccedil: "ç", ocirc: "ô" },
  ...{ icirc: "î", ugrave: "ù", ucirc: "û", iuml: "ï", euml: "ë", rsquo: "’", lsquo: "‘" },
  ...{ hellip: "…", ndash: "–", mdash: "—", oelig: "œ", Eacute: "É", Agrave: "À", Ccedil: "Ç" },
};

export function textOfHtml(given: string): string {
  const html = given.slice(0, MOST_HTML);
  let out = "";
  let hidden: string | undefined;
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    const end = open === -1 ? html.length : open;
    if (hidden === undefined) out += html.slice(at, end).replace(/\s+/gu, " ");
    if (open === -1) break;
    if (html.startsWith("<!--", open)) {
      const close = html.indexOf("-->", open + 4);
      at = close === -1 ? html.length : close + 3;
      continue;
    }
    const close = html.indexOf(">", open);
    if (close === -1) break;
    const [, slash = "", name = ""] = /^<(\/?)([A-Za-z][A-Za-z0-9]*)/.exec(html.slice(open, open + 40)) ?? [];
    const tag = name.toLowerCase();
    if (slash === "" && hidden === undefined && NOT_SHOWN.has(tag) && html[close - 1] !== "/") hidden = tag;
    else if (slash === "/" && hidden === tag) hidden = undefined;
    else if (hidden === undefined && BREAKS.has(tag)) out += "\n";
    at = close + 1;
  }
  return decode(out)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([A-Za-z]{2,10}));/gi,
    (whole, ten?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ENTITIES[name] ?? ENTITIES[name.toLowerCase()] ?? whole;
      const code = ten === undefined ? Number.parseInt(hex ?? "", 16) : Number(ten);
      const isCharacter = code > 0 && code <= 0x10_ffff && !(code >= 0xd800 && code <= 0xdfff);
      return isCharacter ? String.fromCodePoint(code) : "";
    },
  );
}
