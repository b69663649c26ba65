/** Whom the processor engages, for what, and how fast each erases, as far as it says so. Towards DC. */
import type { Subprocessor } from "@preau/agreement";
import { type Duration, sayDuration } from "@preau/calendar";
import type { Language } from "@preau/kernel";
import {
  cell,
  clause,
  definitions,
  entry,
  heading,
  lines,
  siret,
  soft,
  strong,
  table,
  unknown,
} from "./compose.ts";
import type { Block, Cell, Gap, Line } from "./document.ts";
import { sayCountry } from "./say-country.ts";
import { clauseOr, type Section, type Source, wordOf } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function subprocessorsSection(source: Source): Section {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const onFile = clauseOr(source, "D8.5", agreement.frame.subprocessors);
  const rows = agreement.annexC.map((each) => [
    companyOf(each, language),
    cell(each[language]),
    cell(texts.scopes[each.origins]),
    cell(
      each.transfers === "none"
        ? texts.noTransfer
        : `${sayCountry(each.transfers.country, language)} – ${texts.mechanisms[each.transfers.mechanism]}`,
    ),
    delayOf(each, language),
    cell(clause(each.clause)),
  ]);
  const titles = [
    texts.company,
    texts.activity,
    texts.scope,
    texts.transfer,
    texts.documentedErasure,
    texts.clause,
  ] as const;
  const gaps = agreement.annexC
    .filter(({ deletionDelay }) => deletionDelay === "unknown")
    .map((each): Gap => ({ says: texts.gapDelay(each.name), clause: each.clause }));
  const none = agreement.annexC.length === 0;
  return {
    blocks: [
      table(texts.subprocessors, titles, rows, texts.noSubprocessors),
      ...(none
        ? []
        : [definitions([entry(texts.contractOnFile, unknown(texts.contractNotRecorded), onFile)])]),
    ],
    gaps: none ? [] : [...gaps, { says: texts.gapContract, clause: onFile }],
  };
}

/** What each is entrusted with. */
export function subprocessorScopes({ agreement, language }: Source, level: 2 | 3): readonly Block[] {
  if (agreement.annexC.length === 0) return [];
  const texts = documentTexts[language];
  const rows = agreement.annexC.map((each) => [
    cell(strong(each.name)),
    cell(each.operations.map((operation) => texts.operationWords[operation]).join(", ")),
    each.purposes === undefined
      ? cell(soft(texts.everyPurpose))
      : lines(each.purposes.map((id) => wordOf(agreement.purposes, id, language))),
    each.categories === undefined
      ? cell(soft(texts.everyCategory))
      : lines(each.categories.map((id) => wordOf(agreement.categories, id, language))),
  ]);
  const titles = [texts.company, texts.operations, texts.purposes, texts.data] as const;
  return [
    heading(level, texts.subprocessorScopes, [agreement.frame.subprocessors]),
    table(texts.subprocessorScopes, titles, rows, texts.noSubprocessors),
  ];
}

function companyOf({ name, siret: digits, register }: Subprocessor, language: Language): Cell {
  const number: Line =
    digits === undefined
      ? [soft(register ?? documentTexts[language].notRecorded)]
      : [soft("SIRET "), siret(digits)];
  return [[strong(name)], number];
}

/** `unknown` is said as such: it is never taken for fast enough. */
function delayOf({ deletionDelay, deletionBatch }: Subprocessor, language: Language): Cell {
  const texts = documentTexts[language];
  if (deletionDelay === "unknown") return cell(unknown(texts.unknownDelay));
  const said =
    deletionDelay === "none" ? texts.keepsNothing : texts.within(sayDuration(deletionDelay, language));
  return [[said], ...batchOf(deletionBatch, language)];
}

function batchOf(batch: Duration | "unknown" | "none" | undefined, language: Language): Cell {
  const texts = documentTexts[language];
  if (batch === undefined) return [];
  if (batch === "unknown") return cell(unknown(texts.unknownDelay));
  return cell(soft(batch === "none" ? texts.batchAtOnce : texts.batchOf(sayDuration(batch, language))));
}
