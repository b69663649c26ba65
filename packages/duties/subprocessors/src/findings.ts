/** What a subprocessor's file lacks: a contract, a review, the mechanism of a transfer. Pure. @clause D8.5, D9.1, D9.2 */
import type { Agreement, Subprocessor } from "@preau/agreement";
import type { LocalDate } from "@preau/calendar";
import { isSiret } from "@preau/identifiers";
import { findingWords } from "./finding-words.ts";
import { isThirdCountry } from "./places.ts";
import { sameDoor } from "./scope.ts";
import type { Facts, Finding, FindingCode } from "./subprocessor.ts";

export interface FileToJudge {
  readonly entry: Subprocessor;
  readonly facts: Facts | undefined;
  readonly agreement: Agreement;
  readonly today: LocalDate;
}

/** Everything that is missing or over, in the order of the table. */
export function findingsOf(file: FileToJudge): readonly Finding[] {
  return [
    ...ofIdentity(file),
    ...ofContract(file),
    ...ofReview(file),
    ...ofPlaces(file),
    ...ofTransfer(file),
    ...(file.entry.deletionDelay === "unknown" ? [finding("DELETION_DELAY_UNKNOWN", "D12.4")] : []),
  ];
}

/** The first of those for which the gate refuses. @clause D9.1, D9.2 */
export function shutBy(file: FileToJudge): Finding | undefined {
  return [...ofTransfer(file), ...ofPlaces(file)].find(({ shuts }) => shuts);
}

function ofIdentity({ entry }: FileToJudge): readonly Finding[] {
  return entry.siret !== undefined && !isSiret(entry.siret) ? [finding("SIRET_WRONG", "D8.5")] : [];
}

/** @clause D8.5 */
function ofContract({ facts, today }: FileToJudge): readonly Finding[] {
  const contract = facts?.contract;
  if (contract === undefined) return [finding("NO_CONTRACT_ON_FILE", "D8.5")];
  if (today < contract.validFrom) return [finding("CONTRACT_NOT_STARTED", "D8.5")];
  return isOver(contract.validUntil, today) ? [finding("CONTRACT_EXPIRED", "D8.5")] : [];
}

/** @clause D8.5 */
function ofReview({ facts, today }: FileToJudge): readonly Finding[] {
  const review = facts?.review;
  if (review === undefined) return [finding("NO_REVIEW", "D8.5")];
  return isOver(review.nextReviewBy, today) ? [finding("REVIEW_OVERDUE", "D8.5")] : [];
}

/** A place outside the European Economic Area is a transfer, whatever annex C says. @clause D9.1 */
function ofPlaces({ entry, facts }: FileToJudge): readonly Finding[] {
  const places = facts?.places;
  if (places === undefined) return [finding("NO_PLACES", "D8.2")];
  const third = [...places.storage, ...places.processing].filter(isThirdCountry);
  const { transfers } = entry;
  const named = (country: string) => transfers !== "none" && transfers.country === country;
  return third.every(named) ? [] : [finding("PLACE_WITHOUT_TRANSFER", "D9.1", true)];
}

/** A mechanism that the agreement authorises in advance, and its document on file and in force. @clause D9.2 */
function ofTransfer({ entry, facts, agreement, today }: FileToJudge): readonly Finding[] {
  const { transfers } = entry;
  if (transfers === "none") return [];
  const { authorisedInAdvance } = agreement.transfers ?? {};
  const clause = authorisedInAdvance?.clause ?? "D9.2";
  // Where nothing is authorised in advance, what annex C itself names was accepted with it.
  const accepted =
    authorisedInAdvance?.mechanisms.includes(transfers.mechanism) ??
    agreement.annexC.some((each) => sameDoor(each, entry));
  if (!accepted) return [finding("TRANSFER_NOT_AUTHORISED", clause, true)];
  const document = facts?.transfer;
  if (document?.country !== transfers.country || document.mechanism !== transfers.mechanism)
    return [finding("TRANSFER_UNDOCUMENTED", clause, true)];
  return isOver(document.validUntil, today) ? [finding("TRANSFER_EXPIRED", clause, true)] : [];
}

/** A last day is still a day of it. */
function isOver(lastDay: LocalDate | undefined, today: LocalDate): boolean {
  return lastDay !== undefined && today > lastDay;
}

function finding(code: FindingCode, clause: string, shuts = false): Finding {
  return { code, clause, shuts, ...findingWords[code] };
}
