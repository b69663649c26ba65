/** Kills of hub, worker and database in all their orders, over and over, on both databases: no event is lost, none is doubled. */
import { mariaDbSkipReason } from "@preau/testing";
import "../test/programs/without-pages.ts";

const { killSupport, ordersOf } = await import("../test/kill-support.ts");

const ROUNDS = 20;

export async function soak({ seed, scale }: { readonly seed: number; readonly scale: number }) {
  const rounds = Math.max(1, Math.round(ROUNDS * scale));
  const found: Record<string, unknown> = {};
  for (let round = 0; round < rounds; round += 1) {
    const given = { hooksAnOrder: 40, seed: seed + round };
    found[`sqlite ${round}`] = await killSupport({
      ...{ kind: "sqlite", orders: ordersOf(["hub", "worker"] as const) },
      ...given,
    });
    if (mariaDbSkipReason() !== undefined) continue;
    found[`mariadb ${round}`] = await killSupport({
      ...{ kind: "mariadb", orders: ordersOf(["hub", "worker", "database"] as const) },
      ...given,
    });
  }
  return { rounds, mariadb: mariaDbSkipReason() ?? "installed", last: found };
}
