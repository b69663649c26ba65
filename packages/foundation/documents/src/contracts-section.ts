/** The contracts of a controller with their products and days. */
import { agreementHash, type RetentionRule, retentionRules } from "@preau/agreement";
import { deadlineOf, type LocalDate, startOfDay } from "@preau/calendar";
import { isFault } from "@preau/kernel";
import { cell, clause, day, heading, note, paragraph, soft, strong, table, unknown } from "./compose.ts";
import type { Cell, Gap, Line } from "./document.ts";
import { type ControllerSource, type FiledContract, placeOf, type Section, todayOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function contractsSection(source: ControllerSource): Section {
  const { file, language, agreement } = source;
  const { frame, term } = agreement;
  const texts = documentTexts[language];
  const rows = file.contracts.map((each) => [
    cell(strong(each.reference)),
    productsOfContract(source, each),
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
  const gaps = others.map(
    ({ reference }): Gap => ({ says: texts.otherAgreement(reference), clause: frame.contract }),
  );
  return {
    blocks: [
      table(texts.contractsOf, titles, rows, texts.noContracts),
      ...(file.contracts.some(({ state }) => state === "running")
        ? []
        : [note(texts.noRunning, term?.clause ?? frame.contract)]),
    ],
    gaps,
  };
}

/** Contracts that have ended, and by when their data is to be gone. That it is gone stands in no register. @figure D12.4 */
export function endedContractsSection(source: ControllerSource): Section {
  const { file, language } = source;
  const texts = documentTexts[language];
  const ended = file.contracts.filter(({ state }) => state === "ended");
  if (ended.length === 0) return { blocks: [], gaps: [] };
  const today = todayOf(source);
  const gaps: Gap[] = [];
  const from = ruleAfterEnd(source)?.clause ?? source.agreement.frame.contract;
  const rows = ended.map((contract) => {
    const last = lastDayOfData(source, contract);
    if (last !== undefined && last < today)
      gaps.push({ says: texts.gapErased(contract.reference), clause: from });
    return [
      cell(strong(contract.reference)),
      productsOfContract(source, contract),
      cell(contract.endsOn === undefined ? unknown(texts.notRecorded) : day(contract.endsOn)),
      cell(last === undefined ? unknown(texts.notComputable) : day(last)),
      cell(clause(from)),
    ];
  });
  const titles = [texts.reference, texts.products, texts.lastDay, texts.goneBy, texts.clause] as const;
  return {
    blocks: [heading(3, texts.ended), paragraph(texts.endedLead, from), table(texts.ended, titles, rows, "")],
    gaps,
  };
}

/** Those for which something is processed today: what runs, and what has ended and may still be held. */
export function contractsWithData(source: ControllerSource): readonly FiledContract[] {
  const today = todayOf(source);
  return source.file.contracts.filter((contract) => {
    if (contract.state !== "ended") return contract.state === "running";
    const last = lastDayOfData(source, contract);
    return last === undefined || last >= today;
  });
}

/** Counted from the contract's last day, with the controller's own period where it has set one; undefined when unknown. */
function lastDayOfData(source: ControllerSource, { id, endsOn }: FiledContract): LocalDate | undefined {
  const rule = ruleAfterEnd(source);
  if (rule === undefined || endsOn === undefined) return undefined;
  const own = source.file.periods.find((each) => each.contract === id && each.rule === rule.id);
  const place = placeOf(source);
  try {
    const start = startOfDay(place.zone, endsOn);
    return deadlineOf(start, own?.duration ?? rule.after, { rounding: "binds", place }).lastDay;
  } catch (error) {
    if (!isFault(error)) throw error;
    return undefined;
  }
}

function ruleAfterEnd({ agreement }: ControllerSource): RetentionRule | undefined {
  return retentionRules(agreement).find(
    ({ store, anchor }) => store === "live" && anchor === "contractEnded",
  );
}

/** A product that the agreement does not name is said to be one. */
function productsOfContract({ agreement, language }: ControllerSource, { products }: FiledContract): Cell {
  const { unknownProduct } = documentTexts[language];
  return products.map((id): Line => {
    const known = agreement.products.find((each) => each.id === id);
    return known === undefined ? [id, " ", unknown(`(${unknownProduct})`)] : [known[language]];
  });
}
