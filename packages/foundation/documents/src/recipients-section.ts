/** Whom data may reach inside the house and on the controller's side. Towards DB.n. */
import { cell, clause, lines, paragraph, soft, table } from "./compose.ts";
import { type Section, type Source, wordOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function recipientsSection({ agreement, language }: Source): Section {
  const texts = documentTexts[language];
  const rows = agreement.recipients.map((recipient) => [
    cell(recipient[language]),
    cell(recipient.operations.map((each) => texts.operationWords[each]).join(", ")),
    recipient.purposes === undefined
      ? cell(soft(texts.everyPurpose))
      : lines(recipient.purposes.map((id) => wordOf(agreement.purposes, id, language))),
    recipient.onInstruction === undefined
      ? cell(soft(texts.none))
      : cell(
          texts.instructionFor(
            recipient.onInstruction.operations.map((each) => texts.operationWords[each]).join(", "),
          ),
          " ",
          clause(recipient.onInstruction.clause),
        ),
    cell(clause(recipient.clause)),
  ]);
  const titles = [
    texts.recipient,
    texts.operations,
    texts.purposes,
    texts.instruction,
    texts.clause,
  ] as const;
  return {
    blocks: [
      table(texts.recipients, titles, rows, texts.noRecipients),
      ...(agreement.annexC.length === 0 ? [] : [paragraph(texts.annexCToo, agreement.frame.subprocessors)]),
    ],
    gaps: [],
  };
}
