/** `npm run soak -- mail-kill`: hub, worker and database killed in every order, on SQLite and MariaDB. */
import { mariaDbSkipReason } from "@preau/testing";
import { type Killed, killMail } from "../test/kill-mail.ts";

interface SoakOptions {
  readonly seed: number;
  readonly scale: number;
}

const EVERY_ORDER: readonly (readonly Killed[])[] = [
  ["hub", "worker", "database"],
  ["hub", "database", "worker"],
  ["worker", "hub", "database"],
  ["worker", "database", "hub"],
  ["database", "hub", "worker"],
  ["database", "worker", "hub"],
];
const TIMES = 5;
const MESSAGES = 3_000;

export async function soak({ seed, scale }: SoakOptions) {
  const orders = Array.from({ length: Math.max(1, Math.round(TIMES * scale)) }, () => EVERY_ORDER).flat();
  const messages = Math.max(200, Math.round(MESSAGES * scale));
  const sqlite = await killMail({ kind: "sqlite", orders, messages, seed });
  if (mariaDbSkipReason() !== undefined) return { sqlite };
  return { sqlite, mariadb: await killMail({ kind: "mariadb", orders, messages, seed }) };
}
