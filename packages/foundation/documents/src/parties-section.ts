/** Who the parties are, who signs for them and who their data protection officers are. */
import type { Officer, OfficerRole } from "@preau/contracts";
import { cell, definitions, entry, note, siret, strong, unknown } from "./compose.ts";
import type { Cell, Entry, Gap, Line } from "./document.ts";
import { clauseOr, type Section, type Source } from "./source.ts";
import { documentTexts } from "./texts.ts";

export function processorSection({ agreement, language }: Source): Section {
  const texts = documentTexts[language];
  const { processor } = agreement.annexA;
  const { representative, officer } = processor;
  return {
    gaps: [],
    blocks: [
      definitions([
        entry(texts.name, strong(processor.name)),
        entry(texts.legalForm, processor.legalForm),
        entry(texts.seat, processor.seat),
        entry(texts.register, processor.register),
        entry(
          texts.representative,
          cell(strong(representative.name), `, ${representative.capacity[language]}`),
        ),
        entry(texts.officer, [[strong(officer.name)], [officer.address], [officer.email]]),
        entry(texts.unionRepresentative, unknown(texts.noUnionRepresentative)),
      ]),
    ],
  };
}

/** The controller as the register knows it; what it does not hold is said. Without a contract nobody is named. */
export function controllerSection(source: Source): Section {
  const { language, file, agreement } = source;
  const texts = documentTexts[language];
  const { clause } = agreement.annexA;
  const contacts = clauseOr(source, "D4.3", clause);
  if (file === undefined) return { blocks: [note(texts.controllerOpen, contacts)], gaps: [] };
  const { name, kind, legalForm, seat, siret: digits, uai } = file.controller;
  const missing = unknown(texts.notRecorded);
  const gaps: Gap[] = [];
  const named = (role: OfficerRole, from: string, gap: string): Entry => {
    const those = file.officers.filter((officer) => officer.role === role);
    if (those.length === 0) gaps.push({ says: gap, clause: from });
    return entry(texts[words[role]], those.length === 0 ? unknown(texts.notAppointed) : namesOf(those));
  };
  if (seat === undefined) gaps.push({ says: texts.gapSeat, clause });
  const others = file.officers.filter(({ role }) => role === "contact");
  const entries = [
    entry(texts.name, strong(name)),
    entry(texts.kind, texts.kinds[kind]),
    entry(texts.legalForm, legalForm ?? missing),
    entry(texts.seat, seat ?? missing),
    entry(texts.siret, digits === undefined ? missing : siret(digits)),
    ...(uai === undefined ? [] : [entry(texts.uai, uai)]),
    named("representative", clause, texts.gapRepresentative),
    named("dpo", contacts, texts.gapOfficer),
    ...(others.length === 0 ? [] : [entry(texts.contact, namesOf(others))]),
    entry(texts.unionRepresentative, unknown(texts.noUnionRepresentative)),
  ];
  return { blocks: [definitions(entries)], gaps };
}

const words = {
  representative: "representative",
  dpo: "officer",
  contact: "contact",
} as const satisfies Record<OfficerRole, string>;

function namesOf(officers: readonly Officer[]): Cell {
  return officers.flatMap(({ name, capacity, email, telephone, address }): Line[] => [
    [strong(name), ...(capacity === undefined ? [] : [`, ${capacity}`])],
    ...[address, email, telephone].filter((each) => each !== undefined).map((each): Line => [each]),
  ]);
}
