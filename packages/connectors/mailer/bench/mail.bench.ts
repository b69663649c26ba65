/** The outbox of messages: how fast they are queued, and how fast they leave beside the transport alone. */
import { type DatabaseKind, mariaDbSkipReason } from "@preau/testing";
import { outboxSpeed } from "./outbox-speed.ts";
import { pagesMeanwhile } from "./pages-meanwhile.ts";
import { queueNotices } from "./queue-notices.ts";

interface BenchOptions {
  readonly runs: number;
}

export async function bench({ runs }: BenchOptions) {
  const kinds: DatabaseKind[] = mariaDbSkipReason() === undefined ? ["sqlite", "mariadb"] : ["sqlite"];
  const cases = [];
  for (const kind of kinds) cases.push(...(await outboxSpeed(kind, Math.max(5, runs))));
  for (const kind of kinds) cases.push(await queueNotices(kind, Math.max(3, runs)));
  cases.push(await pagesMeanwhile(Math.max(3, runs)));
  return { cases };
}
