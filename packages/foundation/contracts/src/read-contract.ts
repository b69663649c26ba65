/** A contract as somebody wrote it: `reference`, `products`, `startsOn`, `endsOn`, `atEnd`. */
import type { Agreement } from "@preau/agreement";
import { type ContractValues, type EndChoice } from "./contract.ts";
import { issuesOfTerms } from "./contract-terms.ts";
import { type Read, settled } from "./read-controller.ts";
import { makeReader, type Reader, spellingsOf, type Written } from "./read-text.ts";

const choiceSpellings = spellingsOf<EndChoice>({
  return: ["restitution", "restituer", "rendre"],
  delete: ["suppression", "supprimer", "effacer", "erase"],
  returnThenDelete: ["restitution puis suppression", "rendre puis effacer", "return then delete"],
});

export function readContract(reader: Reader, agreement: Agreement): ContractValues | undefined {
  const reference = reader.required("reference", 80);
  const written = reader.required("products", 2_000);
  const startsOn = reader.day("startsOn");
  if (startsOn === undefined && !reader.hasIssue("startsOn")) {
    reader.refuse({ code: "CONTRACT_VALUE_MISSING", field: "startsOn" });
  }
  const endsOn = reader.day("endsOn");
  const atEnd = readEndChoice(reader);
  if (reference === undefined || written === undefined || startsOn === undefined) return undefined;
  const products = [...new Set(written.split(/[\s,;|+]+/u).filter((word) => word !== ""))];
  const values: ContractValues = {
    reference,
    products,
    startsOn,
    ...(endsOn === undefined ? {} : { endsOn }),
    ...(atEnd === undefined ? {} : { atEnd }),
  };
  for (const issue of issuesOfTerms(values, agreement)) reader.refuse(issue);
  return values;
}

function readEndChoice(reader: Reader): EndChoice | undefined {
  return reader.word("atEnd", choiceSpellings, {
    en: "Say return, delete or returnThenDelete, or leave it empty.",
    fr: "Écrivez restitution, suppression ou restitution puis suppression, ou laissez vide.",
  });
}

/** Fields of a form. */
export function readContractValues(written: Written, agreement: Agreement): Read<ContractValues> {
  const reader = makeReader(written);
  return settled(reader, readContract(reader, agreement));
}
