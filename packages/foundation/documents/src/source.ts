/** What documents are drawn from: an agreement and, for those of one controller, its file of the register. */
import { type Agreement, agreementHash } from "@preau/agreement";
import { dayIn, type LocalDate, mainland, type Place } from "@preau/calendar";
import type {
  Attestation,
  Contract,
  ContractState,
  Controller,
  Officer,
  OwnPeriod,
  PurposeBasis,
} from "@preau/contracts";
import type { Instant, Language } from "@preau/kernel";
import { clauseTitles } from "./clause-titles.ts";
import { cell, entry, fullDay, soft } from "./compose.ts";
import type { Block, Entry, Gap } from "./document.ts";
import { documentTexts } from "./texts.ts";

/** What the register holds about one controller. */
export interface ControllerFile {
  readonly controller: Controller;
  readonly officers: readonly Officer[];
  /** With what each is on the day of the document, in the controller's zone. */
  readonly contracts: readonly FiledContract[];
  readonly periods: readonly OwnPeriod[];
  readonly bases: readonly PurposeBasis[];
  readonly attestations: readonly Attestation[];
}
export type FiledContract = Contract & { readonly state: ContractState };

export interface Source {
  readonly agreement: Agreement;
  readonly language: Language;
  /** The moment of which the document speaks. */
  readonly at: Instant;
  readonly file?: ControllerFile | undefined;
  /** The contracts that it is about; those that have not ended when absent. */
  readonly concerns?: readonly FiledContract[];
}
/** A source of one controller. */
export interface ControllerSource extends Source {
  readonly file: ControllerFile;
}

/** Part of a document, with what it could not say. */
export interface Section {
  readonly blocks: readonly Block[];
  readonly gaps: readonly Gap[];
}

export function placeOf({ file }: Source): Place {
  return file?.controller.place ?? mainland;
}

export function todayOf(source: Source): LocalDate {
  return dayIn(placeOf(source).zone, source.at);
}

/** The agreement that a document rests on, and its day. */
export function factsOf(source: Source): readonly Entry[] {
  const { agreement, language, file } = source;
  const texts = documentTexts[language];
  return [
    entry(texts.agreement, cell(agreement[language], " ", soft(`(${agreement.id})`))),
    entry(texts.fingerprint, soft(agreementHash(agreement))),
    entry(texts.madeOn, fullDay(todayOf(source))),
    entry(texts.source, file === undefined ? texts.sourceSays : texts.sourceRegister),
  ];
}

/** A clause by our own id, where the text of the agreement has it; another's clause of the same matter where it has not. */
export function clauseOr({ agreement }: Source, id: string, otherwise: string): string {
  return clauseTitles(agreement, "fr").has(id) ? id : otherwise;
}

/** The contracts that a document is about. */
export function concernedContracts({ file, concerns }: Source): readonly FiledContract[] {
  return concerns ?? file?.contracts.filter(({ state }) => state !== "ended") ?? [];
}

/** The products that a document is about: all of them, or those that the controller's contracts name. */
export function productsOf(source: Source): Agreement["products"] {
  if (source.file === undefined) return source.agreement.products;
  const named = new Set(concernedContracts(source).flatMap(({ products }) => products));
  return source.agreement.products.filter(({ id }) => named.has(id));
}

/** The words of an agreement by id; an id that it does not declare stands for itself. */
export function wordOf(
  terms: readonly { readonly id: string; readonly fr: string; readonly en: string }[],
  id: string,
  language: Language,
): string {
  return terms.find((each) => each.id === id)?.[language] ?? id;
}

export function joinSections(...sections: readonly Section[]): Section {
  return {
    blocks: sections.flatMap(({ blocks }) => blocks),
    gaps: sections.flatMap(({ gaps }) => gaps),
  };
}

/** Between whom. */
export function subtitleOf({ agreement, file }: Source): string {
  const parties = [agreement.annexA.processor.name, ...(file === undefined ? [] : [file.controller.name])];
  return parties.join(" – ");
}
