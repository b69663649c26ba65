/**
 * Rich text of an application as plain text that reads alike: paragraphs, lists and the addresses of links are kept; tags,
 * scripts, styles and comments are not. What comes out is text, and is escaped like any other where it is shown.
 */

const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^'">])*)>?|<[!?][^>]*>?|[^<]+|</giu;
/** What stands in them is no text. */
const SILENT: ReadonlySet<string> = new Set([
  "script",
  "style",
  "template",
  "title",
  "iframe",
  "object",
  "svg",
  "math",
]);
const BREAKS: ReadonlySet<string> = new Set(
  "address article aside blockquote br div dd dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul".split(
    " ",
  ),
);
const LATIN_1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
const NAMED: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(" ").map((name, at): [string, string] => [name, String.fromCodePoint(160 + at)]),
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["oelig", "œ"],
  ["OElig", "Œ"],
  ["hellip", "…"],
  ["ndash", "–"],
  ["mdash", "—"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
  ["bull", "•"],
  ["euro", "€"],
]);

/** Lines of text, without empty ones at either end. */
export function textOfHtml(html: string): string {
  let text = "";
  let silent: string | undefined;
  let link: { readonly href: string; readonly from: number } | undefined;
  for (const [token, slash = "", tag = "", attributes = ""] of html.matchAll(TOKEN)) {
    const name = tag.toLowerCase();
    if (silent !== undefined) {
      if (slash === "/" && name === silent) silent = undefined;
      continue;
    }
    if (name === "") {
      if (!token.startsWith("<") || token === "<") text += decodeEntities(token).replaceAll(/\s+/gu, " ");
      continue;
    }
    if (BREAKS.has(name)) text += name === "li" && slash === "" ? "\n– " : "\n";
    if (name === "td" || name === "th") text += " ";
    if (slash === "" && SILENT.has(name) && !token.endsWith("/>")) silent = name;
    if (slash === "" && name === "img") text += imageText(attributes);
    if (slash === "" && name === "a") link = { href: attributeOf(attributes, "href"), from: text.length };
    if (slash === "/" && name === "a" && link !== undefined) {
      text += addressBehind(link.href, text.slice(link.from));
      link = undefined;
    }
  }
  return text
    .replaceAll(/[^\S\n]*\n\s*/gu, "\n")
    .replaceAll(/[^\S\n\u00A0\u202F]+/gu, " ")
    .trim();
}

/** Only addresses that lead somewhere: what a page would run is left out. */
function addressBehind(href: string, said: string): string {
  if (!/^(?:https?:\/\/|mailto:)/iu.test(href)) return "";
  const plain = href.replace(/^mailto:/iu, "");
  return said.includes(plain) ? "" : ` (${plain})`;
}

function imageText(attributes: string): string {
  const alt = attributeOf(attributes, "alt");
  return alt === "" ? " [image] " : ` [image : ${alt}] `;
}

function attributeOf(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, "iu").exec(
    attributes,
  );
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? "").trim();
}

function decodeEntities(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|([a-z]\w{1,7}));?/giu,
    (whole, decimal, hexadecimal, name) => {
      if (typeof name === "string") return NAMED.get(name) ?? whole;
      const point = typeof decimal === "string" ? Number(decimal) : Number.parseInt(String(hexadecimal), 16);
      return point > 0x10_ff_ff ? "\uFFFD" : String.fromCodePoint(point);
    },
  );
}
