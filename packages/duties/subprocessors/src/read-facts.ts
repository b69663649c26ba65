/** Reads what the publisher's officer puts on file of a subprocessor. @throws SUBPROCESSORS_BAD naming the field */
import type { Agreement } from "@preau/agreement";
import {
  bad,
  readContact,
  readCountry,
  readDay,
  readDocument,
  readPlaces,
  readReference,
  readText,
} from "./read-words.ts";
import type { ContractOnFile, Facts, Review, SubSubprocessor, TransferDocument } from "./subprocessor.ts";

/** Deeper than that nobody looks. */
const LEVELS = 5;
const MOST = 200;

export function readFactsGiven(given: Facts, agreement: Agreement): Facts {
  const { places, contract, review, transfer, deletionDocument, contact } = given;
  return {
    ...(places === undefined ? {} : { places: readPlaces(places, "places") }),
    ...(contract === undefined ? {} : { contract: readContract(contract) }),
    ...(review === undefined ? {} : { review: readReview(review, agreement) }),
    ...(transfer === undefined ? {} : { transfer: readTransfer(transfer) }),
    ...(deletionDocument === undefined
      ? {}
      : { deletionDocument: readDocument(deletionDocument, "deletionDocument") }),
    ...(contact === undefined ? {} : { contact: readContact(contact, "contact") }),
    subprocessors: readTree(given.subprocessors, 1),
  };
}

function readContract(given: ContractOnFile): ContractOnFile {
  const signedOn = readDay(given.signedOn, "contract.signedOn");
  const validFrom = readDay(given.validFrom, "contract.validFrom");
  const validUntil =
    given.validUntil === undefined ? undefined : readDay(given.validUntil, "contract.validUntil");
  if (validUntil !== undefined && validUntil < validFrom) throw bad("contract.validUntil");
  return {
    ...readDocument(given, "contract"),
    ...{ signedOn, validFrom },
    ...(validUntil === undefined ? {} : { validUntil }),
  };
}

function readReview(given: Review, agreement: Agreement): Review {
  const known = new Set(agreement.measures.map(({ id }) => id));
  if (given.measures.length === 0 || !given.measures.every((id) => known.has(id)))
    throw bad("review.measures");
  const by: string = given.reviewedBy;
  if (by !== "publisherDpo" && by !== "operations") throw bad("review.reviewedBy");
  const reviewedOn = readDay(given.reviewedOn, "review.reviewedOn");
  const nextReviewBy = readDay(given.nextReviewBy, "review.nextReviewBy");
  if (nextReviewBy <= reviewedOn) throw bad("review.nextReviewBy");
  return {
    measures: [...new Set(given.measures)],
    ...{ reviewedOn, reviewedBy: given.reviewedBy, nextReviewBy },
    reference: readReference(given.reference, "review.reference"),
  };
}

function readTransfer(given: TransferDocument): TransferDocument {
  if (!/^[a-z][A-Za-z]{0,63}$/.test(given.mechanism)) throw bad("transfer.mechanism");
  return {
    ...readDocument(given, "transfer"),
    country: readCountry(given.country, "transfer.country"),
    mechanism: given.mechanism,
    ...(given.validUntil === undefined
      ? {}
      : { validUntil: readDay(given.validUntil, "transfer.validUntil") }),
  };
}

function readTree(given: readonly SubSubprocessor[], level: number): readonly SubSubprocessor[] {
  if (given.length === 0) return [];
  if (level > LEVELS || given.length > MOST) throw bad("subprocessors");
  return given.map(({ name, country, activity, subprocessors }) => ({
    name: readText(name, "subprocessors.name"),
    country: readCountry(country, "subprocessors.country"),
    ...(activity === undefined ? {} : { activity: readText(activity, "subprocessors.activity") }),
    subprocessors: readTree(subprocessors, level + 1),
  }));
}
