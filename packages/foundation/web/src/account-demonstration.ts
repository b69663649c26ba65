import type { AccountRole } from "./account.ts";

/** One account of the demonstration, as the sign-in page tells it. */
export interface DemonstrationAccount {
  readonly role: AccountRole;
  readonly email: string;
  readonly password: string;
  /** The code of the second factor that works now. */
  readonly code?: string;
}
