/** The contracts of a controller with their products and days. @clause D1, D3 */
import { agreementHash, type RetentionRule, retentionRules } from "@preau/agreement";
import { deadlineOf, startOfDay } from "@preau/calendar";
import { isFault } from "@preau/kernel";
import { cell, clause, day, lines, note, paragraph, soft, strong, table, unknown } from "./compose.ts";
import type { Block, Cell, Gap } from "./document.ts";
import { type ControllerSource, type FiledContract, placeOf, type Section, wordOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function contractsSection(source: ControllerSource): Section {
  const { file, language, agreement } = source;
  const texts = documentTexts[language];
  const rows = file.contracts.map((each) => [
    cell(strong(each.reference)),
    lines(each.products.map((id) => wordOf(agreement.products, id, language))),
    cell(day(each.startsOn)),
    cell(each.endsOn === undefined ? soft(texts.noEnd) : day(each.endsOn)),
    cell(texts.states[each.state]),
    cell(each.atEnd === undefined ? unknown(texts.notChosen) : texts.atEnds[each.atEnd]),
  ]);
  const titles = [
    texts.reference,
    texts.products,
    texts.firstDay,
    texts.lastDay,
    texts.state,
    texts.atEnd,
  ] as const;
  const hash = agreementHash(agreement);
  const others = file.contracts.filter((each) => each.state !== "ended" && each.agreement !== hash);
  const gaps = others.map(({ reference }): Gap => ({ says: texts.otherAgreement(reference), clause: "D1" }));
  return {
    blocks: [
      table(texts.contractsOf, titles, rows, texts.noContracts),
      ...(file.contracts.some(({ state }) => state === "running") ? [] : [note(texts.noRunning, "D3")]),
    ],
    gaps,
  };
}

/** Contracts that have ended, and until when their data may still be held. @figure D12.4 */
export function endedContractsSection(source: ControllerSource): readonly Block[] {
  const { file, language } = source;
  const texts = documentTexts[language];
  const ended = file.contracts.filter(({ state }) => state === "ended");
  if (ended.length === 0) return [];
  const rule = retentionRules(source.agreement).find(
    ({ store, anchor }) => store === "live" && anchor === "contractEnded",
  );
  const rows = ended.map((contract) => [
    cell(strong(contract.reference)),
    lines(contract.products.map((id) => wordOf(source.agreement.products, id, language))),
    cell(contract.endsOn === undefined ? unknown(texts.notRecorded) : day(contract.endsOn)),
    goneBy(source, contract, rule),
    cell(clause(rule?.clause ?? "D3")),
  ]);
  const titles = [texts.reference, texts.products, texts.lastDay, texts.goneBy, texts.clause] as const;
  return [paragraph(texts.endedLead), table(texts.ended, titles, rows, "")];
}

/** Counted from the end of the contract's last day, with the controller's own period where it has set one. */
function goneBy(source: ControllerSource, contract: FiledContract, rule: RetentionRule | undefined): Cell {
  const texts = documentTexts[source.language];
  const { endsOn } = contract;
  if (rule === undefined || endsOn === undefined) return cell(unknown(texts.notComputable));
  const own = source.file.periods.find((each) => each.contract === contract.id && each.rule === rule.id);
  const place = placeOf(source);
  try {
    const start = startOfDay(place.zone, endsOn);
    const { lastDay } = deadlineOf(start, own?.duration ?? rule.after, { rounding: "binds", place });
    return cell(day(lastDay));
  } catch (error) {
    if (!isFault(error)) throw error;
    return cell(unknown(texts.notComputable));
  }
}
