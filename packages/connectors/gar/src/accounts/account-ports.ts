/** The ports that accounts need beyond a sign-in: a hub has them all. */
import type {} from "@preau/agreement";
import type {} from "@preau/contracts";
import type {} from "@preau/journal";
import type { Ports } from "@preau/kernel";
import type {} from "@preau/keys";
import type {} from "@preau/web";

export type AccountPorts = Pick<
  Ports,
  | "agreements"
  | "clock"
  | "contracts"
  | "ids"
  | "journal"
  | "log"
  | "receipts"
  | "sessions"
  | "sources"
  | "subjects"
  | "unitOfWork"
  | "vault"
>;
