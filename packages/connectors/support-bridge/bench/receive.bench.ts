/**
 * Receipt of a signed hook at 500 a second, over HTTP, on SQLite that waits for its disk: verified, sealed, stored with its job, then
 * answered. Sender and receiver are processes of their own. The peer is a bare Express route that inserts the same bytes, each in a
 * transaction of its own, in the same run, in turns. Then the same with the worker at work in the receiver's own process, as in a
 * small hub: what waits there to be dealt with is not counted.
 */
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import { figureOf, freePort, freshDatabase } from "@preau/testing";
import { percentile, postHooks } from "./post-hooks.ts";

interface BenchOptions {
  readonly runs: number;
}

const PER_SECOND = 500;
const SECONDS = 6;
const GOAL_MS = 20;
/** As the house of the tests has them. */
const SECRET = "e0c1b7d94f6a4c0f8e21d5a7b3906c55";
const WEBSITE = "5f0c2b9e-7a41-4d36-9f18-2c6e8d03b7a5";
const SERVER = path.join(import.meta.dirname, "receive-server-run.ts");
const HUB = path.join(import.meta.dirname, "../test/programs/serve.ts");
type Which = "ours" | "bare" | "working";

export async function bench({ runs }: BenchOptions) {
  const measured = { ours: [] as number[][], bare: [] as number[][], working: [] as number[][] };
  for (let round = -1; round < Math.max(3, runs); round += 1)
    for (const which of ["ours", "bare", "working"] as const) {
      const latencies = await run(which, round === -1 ? 1 : SECONDS);
      if (round >= 0) measured[which].push(latencies); // the first warms up
    }
  const of = (which: Which, share: number) =>
    figureOf(
      measured[which].map((each) => percentile(each, share)),
      "ms",
    );
  const cases = [];
  for (const [which, what] of [
    ["ours", "receipt"],
    ["working", "receipt, its worker in the same process"],
  ] as const)
    for (const share of [0.5, 0.95, 0.99]) {
      const ours = of(which, share);
      cases.push({
        case: `sqlite: ${what}, ${PER_SECOND}/s, p${share * 100}`,
        ours,
        peer: { name: "bare Express route, one insert", median: of("bare", share).median, unit: "ms" },
        ...(which === "ours" && share === 0.99
          ? { goal: `<= ${GOAL_MS} ms`, met: ours.median <= GOAL_MS }
          : {}),
      });
    }
  return { cases };
}

async function run(which: Which, seconds: number): Promise<number[]> {
  const [data, keys] = [await freshDatabase("sqlite"), await freshDatabase("sqlite")];
  const free = await freePort();
  const program =
    which === "working"
      ? [HUB, "both", data.url, keys.url, String(free)]
      : [SERVER, which, data.url, keys.url, SECRET, WEBSITE];
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const port = which === "working" ? free : Number(line.toString());
    const { latencies, refused } = await postHooks({ port, perSecond: PER_SECOND, seconds, hookAt });
    if (refused > 0) throw new Error(`${which}: ${refused} hooks were not taken`);
    return latencies.slice();
  } finally {
    child.kill("SIGKILL");
    await Promise.all([data.remove(), keys.remove()]);
  }
}

/** A visitor's message of 400 characters, in one of a hundred conversations. */
function hookAt(index: number) {
  const now = Date.now();
  const body = JSON.stringify({
    website_id: WEBSITE,
    event: "message:send",
    data: {
      ...{ website_id: WEBSITE, type: "text", from: "user", origin: "chat", stamped: true },
      session_id: `session_${String(index % 100).padStart(8, "0")}-1111-4222-8333-944444444444`,
      content: "Bonjour, je ne retrouve plus le cahier de ma classe dans Plume. ".repeat(6),
      ...{ timestamp: now, fingerprint: now * 1_000 + (index % 1_000), user: { nickname: "visitor" } },
    },
    timestamp: now,
  });
  const signature = createHmac("sha256", SECRET).update(`[${now};${body}]`).digest("hex");
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-crisp-request-timestamp": String(now),
      "x-crisp-signature": signature,
    },
  };
}
