/** An answer as it will be kept and sent: what is masked in it, before anybody sends it. @clause DC, DB.n */
import type { ControllerId, Unit } from "@preau/kernel";
import { LONGEST_WORDS } from "./ask-support.ts";
import { fault } from "./errors.ts";
import { readCase } from "./store/cases.ts";
import type { SupportPorts } from "./support-ports.ts";

export interface AnswerPreview {
  /** Masked. */
  readonly text: string;
  /** How many of each kind were masked. */
  readonly counts: Readonly<Record<string, number>>;
}

/** @throws SUPPORT_NO_CASE, SUPPORT_BAD_WORDS */
export async function previewAnswer(
  unit: Unit,
  { support }: Pick<SupportPorts, "support">,
  {
    scope,
    text,
    ...asked
  }: { readonly scope: ControllerId | "all"; readonly case: string; readonly text: string },
): Promise<AnswerPreview> {
  if (text.trim() === "" || text.length > LONGEST_WORDS) throw fault("SUPPORT_BAD_WORDS");
  const found = await readCase(unit, scope, asked.case);
  if (found === undefined) throw fault("SUPPORT_NO_CASE");
  const { controller, language, side } = found.line;
  const masked = await support.wall.mask(unit, text, {
    scope: side === "desk" ? "all" : controller,
    language,
    isOurs: true,
  });
  return { text: masked.text, counts: masked.counts };
}
