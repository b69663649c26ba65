/**
 * Who asks. Somebody who is signed in is known; of everybody else only what they wrote is kept, and the controller finds out.
 * The processor asks nobody for a document. @clause D10.1a, D10.1c
 */
import type { ReceivedRequest } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { Identity } from "./request.ts";

/** At the receipt. */
export function identityOf(requester: ReceivedRequest["requester"]): Identity {
  return requester?.controller !== undefined && requester.subject !== undefined ? "signedIn" : "unverified";
}

const NEXT: Readonly<Record<Identity, readonly Identity[]>> = {
  signedIn: [],
  unverified: ["asked", "verified", "failed"],
  asked: ["verified", "failed"],
  verified: [],
  failed: ["asked", "verified"],
};

/** As the controller says it now. @throws REQUEST_FIELD_BAD for a step back */
export function nextIdentity(from: Identity, to: Identity): Identity {
  if (from !== to && !NEXT[from].includes(to)) throw fault("REQUEST_FIELD_BAD", { place: "identity" });
  return to;
}
