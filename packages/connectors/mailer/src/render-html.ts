/**
 * The HTML of a message: tables and inline styles, which is what Outlook and Gmail show alike; one accent colour; no image, no
 * font, no script, nothing remote. Everything that comes from outside is escaped here.
 */
import type { MessagePart } from "@preau/kernel";
import type { Composed } from "./render-message.ts";

const INK = "#1d1b26";
const SOFT = "#5c5868";
const RULE = "#e4e0d8";
const ACCENT = "#4a3aa7";
const FONT = "font-family:'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

export function htmlOf({ language, subject, parts, footer }: Composed): string {
  const body = parts.map(blockOf).join("");
  const foot = footer.map((line) => `<p style="margin:0 0 4px">${escape(line)}</p>`).join("");
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"><title>${escape(subject)}</title></head>
<body style="margin:0;padding:0;background:#fbfaf7">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#fbfaf7"><tr><td align="center" style="padding:32px 16px">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" style="width:100%;max-width:600px;background:#ffffff;border:1px solid ${RULE};border-top:4px solid ${ACCENT}">
<tr><td style="padding:32px 32px 16px;${FONT};font-size:16px;line-height:1.6;color:${INK}"><h1 style="margin:0 0 20px;font-size:22px;line-height:1.3;font-weight:600;color:${INK}">${escape(subject)}</h1>${body}</td></tr>
<tr><td style="padding:16px 32px 24px;border-top:1px solid ${RULE};${FONT};font-size:13px;line-height:1.5;color:${SOFT}">${foot}</td></tr>
</table>
</td></tr></table>
</body></html>
`;
}

function blockOf(part: MessagePart): string {
  if (typeof part === "string")
    return `<p style="margin:0 0 16px">${escape(part).replaceAll("\n", "<br>")}</p>`;
  return "link" in part ? linkOf(part.link, part.label) : factsOf(part.facts);
}

/** A button, and its address in clear: whoever distrusts buttons reads where it leads. */
function linkOf(link: string, label: string): string {
  const href = escape(link);
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0"><tr><td bgcolor="${ACCENT}" style="background:${ACCENT};border-radius:6px"><a href="${href}" style="display:inline-block;padding:12px 20px;${FONT};font-size:16px;font-weight:600;color:#ffffff;text-decoration:none">${escape(label)}</a></td></tr></table><p style="margin:0 0 20px;font-size:13px;line-height:1.5;color:${SOFT};word-break:break-all">${href}</p>`;
}

function factsOf(facts: readonly (readonly [label: string, value: string])[]): string {
  const rows = facts
    .map(
      ([label, value]) =>
        `<tr><th scope="row" align="left" valign="top" style="padding:6px 16px 6px 0;border-bottom:1px solid ${RULE};font-weight:400;color:${SOFT}">${escape(label)}</th><td valign="top" style="padding:6px 0;border-bottom:1px solid ${RULE}">${escape(value)}</td></tr>`,
    )
    .join("");
  return `<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:collapse;${FONT};font-size:15px;line-height:1.5;color:${INK}">${rows}</table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
