/** Which clauses are worded otherwise, in which language; and which come or go. */
import type { Bilingual, Language } from "@preau/kernel";
import type { Agreement } from "./agreement.ts";
import type { Change } from "./change.ts";
import { clauseSections } from "./clause-sections.ts";

const LANGUAGES: readonly Language[] = ["fr", "en"];

export function diffTexts(from: Agreement, to: Agreement): readonly Change[] {
  const sections = new Map(
    LANGUAGES.map((language) => [
      language,
      { before: cut(from.texts[language]), after: cut(to.texts[language]) },
    ]),
  );
  const clauses = [
    ...new Set([...sections.values()].flatMap(({ before, after }) => [...after.keys(), ...before.keys()])),
  ];
  return clauses.flatMap((clause): Change[] => {
    const found = LANGUAGES.flatMap((language) => {
      const texts = sections.get(language);
      const change = changeOf(texts?.before.get(clause), texts?.after.get(clause));
      return change === undefined ? [] : [{ language, change }];
    });
    return ORDER.flatMap((change) => {
      const languages = found.filter((each) => each.change === change).map(({ language }) => language);
      if (languages.length === 0) return [];
      const list = languages.join(", ");
      const says = { en: `${SAYS[change].en} (${list})`, fr: `${SAYS[change].fr} (${list})` };
      const kind = change === "added" || change === "removed" ? change : "changed";
      return [
        { kind: "text", change: kind, id: "text", ...(clause === "" ? {} : { clause }), says, for: [] },
      ];
    });
  });
}

type TextChange = "added" | "removed" | "worded" | "laidOut";
const ORDER: readonly TextChange[] = ["added", "removed", "worded", "laidOut"];
const SAYS: Readonly<Record<TextChange, Bilingual>> = {
  added: { en: "a new clause", fr: "une nouvelle clause" },
  removed: { en: "the clause is gone", fr: "la clause a disparu" },
  worded: { en: "worded otherwise", fr: "rédigée autrement" },
  laidOut: { en: "only laid out otherwise", fr: "mise en page autrement, sans plus" },
};

/** The words of each clause, heading included; the preamble is under the empty id. */
function cut(text: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (text === undefined) return found;
  for (const { clause = "", heading, body } of clauseSections(text)) {
    const words = [heading, ...body.map((line) => line.text)].join("\n");
    found.set(clause, `${found.get(clause) ?? ""}${words}\n`);
  }
  return found;
}

function changeOf(before: string | undefined, after: string | undefined): TextChange | undefined {
  if (before === after) return undefined;
  if (before === undefined) return "added";
  if (after === undefined) return "removed";
  const plain = (text: string) => text.replace(/\s+/g, " ").trim();
  return plain(before) === plain(after) ? "laidOut" : "worded";
}
