/** Transfers to third countries: today's, and those authorised in advance. */
import type { Agreement } from "@preau/agreement";
import { cell, definitions, entry, lines, period, unknown } from "./compose.ts";
import type { Cell, Entry, Gap } from "./document.ts";
import { sayCountry } from "./say-country.ts";
import { clauseOr, type Section, type Source } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function transfersSection(source: Source): Section {
  const { agreement, language } = source;
  const texts = documentTexts[language];
  const { transfers } = agreement;
  const gaps: Gap[] = [];
  const entries: Entry[] = [];
  if (transfers === undefined) {
    gaps.push({ says: texts.gapTransfers, clause: clauseOr(source, "D9.1", agreement.frame.subprocessors) });
    entries.push(entry(texts.today, unknown(texts.transfersUnsaid)));
  } else {
    entries.push(entry(texts.today, texts.transfersToday[transfers.today], transfers.clause));
  }
  for (const each of agreement.annexC) {
    if (each.transfers === "none") continue;
    const { country, mechanism } = each.transfers;
    const said: Cell = [
      [texts.mechanisms[mechanism]],
      ...(mechanism === "other" ? cell(unknown(texts.otherMechanism)) : []),
    ];
    if (mechanism === "other") gaps.push({ says: texts.gapMechanism(each.name), clause: each.clause });
    entries.push(entry(texts.transferTo(each.name, sayCountry(country, language)), said, each.clause));
  }
  const inAdvance = transfers?.authorisedInAdvance;
  if (inAdvance !== undefined) {
    const said = lines(inAdvance.mechanisms.map((each) => texts.mechanisms[each]));
    entries.push(entry(texts.authorised, said, inAdvance.clause));
  }
  return { blocks: [definitions(entries)], gaps };
}

/** How a new subprocessor comes in, and how long the controller has to object. @figure D8.2, D8.3 */
export function changeEntries({ agreement, language }: Source): readonly Entry[] {
  const texts = documentTexts[language];
  const change = agreement.subprocessorChange;
  if (change === undefined) return [];
  return [
    periodEntry(agreement, texts.announced, change.notice, texts.notRecorded),
    periodEntry(agreement, texts.objection, change.window, texts.notRecorded),
    entry(texts.starts, texts.startsWords[change.starts], change.clause),
  ];
}

function periodEntry(agreement: Agreement, term: string, id: string | undefined, missing: string): Entry {
  const found = agreement.periods.find((each) => each.id === id);
  if (found === undefined) return entry(term, unknown(missing));
  return entry(term, period(found.duration), found.clause);
}
