/** The label that a person sees for the field that a refusal names: `entry.deletionDelay` is nobody's word. */
import type { PageTexts } from "../locales/page-fr.ts";

const labels: Readonly<Record<string, keyof PageTexts>> = {
  kind: "kind",
  replaces: "replaces",
  startsOn: "start",
  "entry.recipient": "recipient",
  "entry.name": "name",
  "entry.siret": "siret",
  "entry.register": "register",
  "entry.fr": "activityFr",
  "entry.en": "activityEn",
  "entry.origins": "origins",
  "entry.operations": "operations",
  "entry.purposes": "purposes",
  "entry.categories": "categories",
  "entry.transfers": "transferCountry",
  "entry.transfers.country": "transferCountry",
  "entry.transfers.mechanism": "mechanism",
  "entry.deletionDelay": "deletionDelay",
  "content.purpose.fr": "purposeFr",
  "content.purpose.en": "purposeEn",
  "content.places.storage": "storageField",
  "content.places.processing": "processingField",
  "content.retention.fr": "retentionFr",
  "content.retention.en": "retentionEn",
  "content.guarantees.fr": "guaranteesFr",
  "content.guarantees.en": "guaranteesEn",
  "places.storage": "storageField",
  "places.processing": "processingField",
  "contract.reference": "contractReference",
  "contract.sha256": "contractSha256",
  "contract.signedOn": "signedOn",
  "contract.validFrom": "validFrom",
  "contract.validUntil": "validUntil",
  "review.measures": "measures",
  "review.reference": "reviewReference",
  "review.reviewedOn": "reviewedOnField",
  "review.nextReviewBy": "nextReviewField",
  "transfer.reference": "transferReference",
  "transfer.sha256": "transferSha256",
  "transfer.validUntil": "validUntil",
  contact: "contact",
  receivedAt: "receivedAt",
  datedAt: "datedAt",
  correctedAt: "correctedAt",
  means: "means",
  writer: "writer",
  capacity: "capacity",
  reason: "reason",
  reference: "reference",
  sha256: "evidence",
  endsOn: "lastDay",
};

/** Undefined where no field of a form stands behind it. */
export function labelOfPlace(place: string, words: PageTexts): string | undefined {
  const key = place.startsWith("subprocessors") ? "treeField" : labels[place.replace(/^writing\./, "")];
  const label = key === undefined ? undefined : words[key];
  return typeof label === "string" ? label : undefined;
}
