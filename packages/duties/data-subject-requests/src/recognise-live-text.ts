/** What a person wrote this time: earlier mail that they quote, and what stands under every mail, is blanked out in its place. */

/** A forwarded message is not quoted: it is what is passed on. */
const PASSED_ON =
  /\b(?:TR|FWD?|Fwd?)\s?:|ci-dessous|ci-joint|transf[ée]r[ée]|transmets|transf[èe]re|fais suivre|forward|see below|passing (?:this )?on/u;
const QUOTED_LINE = /^[ \t]*>/;
const QUOTED_FROM_HERE =
  /^[ \t]*(?:-{2,} ?(?:Original Message|Message d['’]origine|Message transf)|_{8,}$|(?:Le|On) .{4,120}(?:écrit|ecrit|wrote) ?:[ \t]*$|(?:De|From) ?: .*$)/iu;
const SIGNATURE = /^-- ?$/;
const FOOTER =
  /^[ \t]*(?:Ce (?:message|courriel|mail)\b.{0,80}(?:confidentiel|destin)|This (?:message|e-?mail)\b.{0,80}(?:confidential|intended)|If you (?:are not|have received)|Si vous (?:n['’]êtes pas le destinataire|avez reçu)|Pour exercer vos droits|To exercise your rights|Avant d['’]imprimer|Please consider the environment|(?:Envoyé|Sent) (?:de|depuis|from) )/iu;

/** Of the same length: every place stays where it was. */
export function liveText(text: string): string {
  const lines = text.split("\n");
  const isPassedOn = PASSED_ON.test(text.slice(0, 2_000));
  const own = isPassedOn ? lines.map(unmarked) : withoutQuotes(lines);
  return own.map((line) => (FOOTER.test(line) ? blank(line) : line)).join("\n");
}

function withoutQuotes(lines: readonly string[]): readonly string[] {
  let isOver = false;
  let hasOwn = false;
  return lines.map((line) => {
    const begins = QUOTED_FROM_HERE.test(line);
    isOver ||= SIGNATURE.test(line) || (begins && hasOwn);
    if (isOver || begins || QUOTED_LINE.test(line)) return blank(line);
    hasOwn ||= line.trim() !== "";
    return line;
  });
}

/** The marks of a quotation are no words. */
function unmarked(line: string): string {
  return line.replace(/^[ \t>]+/, blank);
}

function blank(line: string): string {
  return " ".repeat(line.length);
}
