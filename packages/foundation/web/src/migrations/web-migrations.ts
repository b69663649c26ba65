import type { DatabaseMigration } from "@preau/database";
import { web001Session } from "./001-session.ts";
import { web002SessionKey } from "./002-session-key.ts";
import { web003SessionActor } from "./003-session-actor.ts";
import { web004Account } from "./004-account.ts";
import { web005AccountToken } from "./005-account-token.ts";
import { web006Attempt } from "./006-attempt.ts";
import { web007Identity } from "./007-identity.ts";
import { web008AccessReview } from "./008-access-review.ts";
import { web009Link } from "./009-link.ts";
import { web010ApiToken } from "./010-api-token.ts";

/** The tables of this package, prefix `web_`. */
export const webMigrations: readonly DatabaseMigration[] = [
  web001Session,
  web002SessionKey,
  web003SessionActor,
  web004Account,
  web005AccountToken,
  web006Attempt,
  web007Identity,
  web008AccessReview,
  web009Link,
  web010ApiToken,
];
