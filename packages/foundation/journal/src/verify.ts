/**
 * Checks a receipt file or a tlog-proof without network and without trust in who sent it. TRUE needs a verifier key that
 * came from elsewhere: with the key that the file names itself by, everything else may hold and the answer is UNKNOWN.
 * @clause D12.2, DD.7
 */
import { canonicalJson, type Json, type JsonObject } from "@preau/kernel";
import { readExtra } from "./extra.ts";
import { leafHash } from "./merkle-tree.ts";
import { overclaimOf, type Receipt } from "./receipt.ts";
import { readReceiptFile } from "./receipt-file.ts";
import { isSignedBy, readVkey } from "./signed-note.ts";
import { commitmentOf } from "./slot.ts";
import { readTlogProof, type TlogProof } from "./tlog-proof.ts";
import { verifyInclusion } from "./tree-proof.ts";

export type VerifyResult = "TRUE" | "FALSE" | "UNKNOWN";

export interface Verification {
  readonly result: VerifyResult;
  /** What was checked and how it came out; a check that another one's failure made impossible is left out. */
  readonly checks: {
    /** The file is written in its one way, byte for byte. */
    readonly form: boolean;
    /** The receipt is the payload that the entry commits to. Receipts only. */
    readonly content?: boolean;
    /** The receipt's verdict is what its parts allow, its own rules being kept. Receipts only. */
    readonly claims?: boolean;
    /** The entry stands in the tree that was signed. */
    readonly inclusion?: boolean;
    /** The key signed the checkpoint, and its name is the log's. */
    readonly signature?: boolean;
  };
  readonly origin?: string;
  /** Number of the entry in its log. */
  readonly index?: number;
  /** Entries in the log when it was signed. */
  readonly size?: number;
  /** The verifier key that the signature was checked with. */
  readonly key?: string;
  /** True when that key came from the caller. */
  readonly keyTrusted: boolean;
}

/** Characters of a file at most. */
const MOST = 16 << 20;

/**
 * Never throws, whatever the text is.
 * @param vkey the log's verifier key, got from elsewhere than the file
 */
export function verifyReceiptOrProof(text: string, options: { readonly vkey?: string } = {}): Verification {
  const keyTrusted = options.vkey !== undefined;
  const failed = { result: "FALSE", checks: { form: false }, keyTrusted } as const;
  if (text.length > MOST) return failed;
  const receipt = text.startsWith("{") ? readReceiptFile(text) : undefined;
  const proof = readTlogProof(receipt === undefined ? text : receipt.proof);
  const extra = proof?.extra === undefined ? undefined : readExtra(proof.extra);
  if (proof === undefined || extra === undefined) return failed;
  // A proof of an entry opens no slot; a receipt is the controller's slot of the entry that closed it.
  const form = receipt === undefined ? extra.slot === undefined : extra.slot === "controller";
  if (!form) return failed;

  const { checkpoint } = proof;
  const key = readVkey(options.vkey ?? extra.key);
  const checks = {
    form,
    ...(receipt === undefined
      ? {}
      : { content: commitsTo(extra, receipt.content), claims: claimsNoMore(receipt.content) }),
    inclusion: isIncluded(proof, extra.header),
    signature:
      key !== undefined &&
      key.name === checkpoint.origin &&
      isSignedBy(checkpoint.note, key) &&
      // what the file says of its own key must not lie either
      (options.vkey === undefined || options.vkey === extra.key),
  };
  const holds = Object.values(checks).every(Boolean);
  return {
    result: holds ? (keyTrusted ? "TRUE" : "UNKNOWN") : "FALSE",
    checks,
    origin: checkpoint.origin,
    index: proof.index,
    size: checkpoint.size,
    key: options.vkey ?? extra.key,
    keyTrusted,
  };
}

function isIncluded(proof: TlogProof, header: Buffer): boolean {
  const leaf = { hash: leafHash(header), index: proof.index };
  return verifyInclusion(leaf, proof.checkpoint, proof.path);
}

/** The entry is one that closes a receipt, and its commitment opens to these bytes. */
function commitsTo({ header, salt }: { header: Buffer; salt?: Buffer }, content: JsonObject): boolean {
  const fields = JSON.parse(header.toString("utf8")) as JsonObject;
  const commitments = fields["commitments"] as JsonObject | undefined;
  return (
    salt !== undefined &&
    fields["type"] === RECEIPT_CLOSED &&
    commitments?.["controller"] === commitmentOf(salt, Buffer.from(canonicalJson(content))).toString("base64")
  );
}

function claimsNoMore(content: JsonObject): boolean {
  try {
    const lists = [content["stores"], content["kept"], content["notCovered"]];
    if (!lists.every(isListOfFields) || !lists.flat().every(hasTexts)) return false;
    if (![content["openedAt"], content["closedAt"]].every((each) => typeof each === "string")) return false;
    return overclaimOf(content as unknown as Receipt) === undefined;
  } catch {
    return false; // fields of another shape
  }
}

function isListOfFields(value: Json | undefined): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.every((each) => typeof each === "object" && each !== null && !Array.isArray(each))
  );
}

/** Reasons and clauses are texts where they stand. */
function hasTexts({ why, reason, clause }: JsonObject): boolean {
  return [why, reason, clause].every((each) => each === undefined || typeof each === "string");
}

/** Type of the entry whose controller slot is a receipt. */
export const RECEIPT_CLOSED = "journal.receiptClosed";
