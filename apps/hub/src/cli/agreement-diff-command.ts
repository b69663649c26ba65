/** `preau agreement diff A B`: what another version of an agreement changes, and for whom. */
import path from "node:path";
import {
  type Agreement,
  AgreementInvalid,
  agreementHash,
  type Change,
  type Concerned,
  diffAgreements,
  type Effect,
  formatDiagnostics,
} from "@preau/agreement";
import type { Bilingual, Language } from "@preau/kernel";
import { readAgreement } from "../read-agreement.ts";
import { alignedTable } from "./aligned-table.ts";
import type { CommandContext } from "./command-context.ts";
import { reportError, terminalLanguage } from "./report-error.ts";

export interface DiffArguments {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/**
 * 0 no difference, 1 they differ, 2 one of them cannot be read as an agreement.
 * @throws HUB_FILE_UNREADABLE, AGREEMENT_TOO_LARGE_TO_COMPARE
 */
export function agreementDiffCommand(
  context: CommandContext,
  { from, to, json = false }: DiffArguments,
): number {
  const read = [from, to].map((folder) => readOrReport(context, folder));
  const [before, after] = read;
  if (before === undefined || after === undefined) return 2;
  const changes = diffAgreements(before, after);
  if (json) {
    const ends = { from: nameOf(before), to: nameOf(after) };
    context.out(`${JSON.stringify({ same: changes.length === 0, ...ends, changes })}\n`);
  } else {
    context.out(format([before, after], changes, terminalLanguage(context.environment)));
  }
  return changes.length === 0 ? 0 : 1;
}

function readOrReport(context: CommandContext, folder: string): Agreement | undefined {
  try {
    return readAgreement(path.resolve(context.cwd, folder));
  } catch (error) {
    if (!(error instanceof AgreementInvalid)) throw error;
    context.err(formatDiagnostics(error.diagnostics, terminalLanguage(context.environment)));
    reportError(error, context, context.environment);
    return undefined;
  }
}

function nameOf(agreement: Agreement) {
  return { id: agreement.id, agreement: agreementHash(agreement) };
}

const SIGNS: Readonly<Record<Change["change"], string>> = { added: "+", removed: "-", changed: "~" };
const KINDS: Readonly<Record<Change["kind"], Bilingual>> = {
  period: { en: "period", fr: "durée" },
  retention: { en: "retention", fr: "conservation" },
  figure: { en: "figure", fr: "chiffre" },
  subprocessor: { en: "subprocessor", fr: "sous-traitant" },
  transfer: { en: "transfer", fr: "transfert" },
  flow: { en: "data", fr: "données" },
  rule: { en: "rule", fr: "règle" },
  text: { en: "text", fr: "texte" },
  order: { en: "order", fr: "ordre" },
};
const EFFECTS: Readonly<Record<Effect, Bilingual>> = {
  better: { en: "better for", fr: "mieux pour" },
  worse: { en: "worse for", fr: "moins bien pour" },
  affected: { en: "touches", fr: "touche" },
};
const WHO: Readonly<Record<"controller" | "processor" | "dataSubject" | "subprocessor", Bilingual>> = {
  controller: { en: "the controller", fr: "le responsable" },
  processor: { en: "the processor", fr: "le sous-traitant" },
  dataSubject: { en: "the persons", fr: "les personnes" },
  subprocessor: { en: "the subprocessor", fr: "le sous-traitant ultérieur" },
};
const SAYS = {
  en: { same: "no difference", one: "1 change", several: "changes" },
  fr: { same: "aucune différence", one: "1 changement", several: "changements" },
} as const;

function format(
  [before, after]: readonly [Agreement, Agreement],
  changes: readonly Change[],
  language: Language,
) {
  const words = SAYS[language];
  const head = [before, after].map((each) => `${each.id}  ${agreementHash(each)}\n`).join("");
  if (changes.length === 0) return `${head}${words.same}\n`;
  const rows = changes.map((change) => [
    SIGNS[change.change],
    change.clause ?? "",
    KINDS[change.kind][language],
    sentenceOf(change, language),
  ]);
  const count = changes.length === 1 ? words.one : `${changes.length} ${words.several}`;
  return `${head}${count}\n\n${alignedTable(rows)}`;
}

/** The rule, what happens to it, for whom, and what it asks for. */
function sentenceOf({ kind, id, says, for: whom, asks }: Change, language: Language): string {
  const colon = language === "fr" ? "\u00a0: " : ": ";
  const name = kind === "flow" || kind === "text" || kind === "order" ? "" : `${id}${colon}`;
  const concerned = kind === "flow" ? [] : whom;
  const effects = concerned.map(({ who, effect }) => `${EFFECTS[effect][language]} ${sayWho(who, language)}`);
  return [
    `${name}${says[language]}`,
    ...(effects.length === 0 ? [] : [effects.join(", ")]),
    ...(asks === undefined ? [] : [`→ ${asks[language]}`]),
  ].join(" · ");
}

function sayWho(who: Concerned, language: Language): string {
  const [kind, id] = who.split(":") as [keyof typeof WHO, string | undefined];
  return id === undefined ? WHO[kind][language] : `${WHO[kind][language]} ${id}`;
}
