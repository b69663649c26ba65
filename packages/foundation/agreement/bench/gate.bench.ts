/**
 * What the gate's static answer costs against one `Map.get` on the same key as text, and what a permit costs with
 * four moving checks that do nothing. Runs of both sides alternate, so that a busy moment falls on both.
 */
import { readFileSync } from "node:fs";
import { controllerId, type Flow, type GateCheck, instant, makeGate, type Unit } from "@preau/kernel";
import { figureOf } from "@preau/testing";
import { compileGateTable, readAgreementFolder, referenceFolder } from "../src/index.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}
const DECISIONS = 500_000;
const PERMITS = 50_000;
const NOW = instant("2026-11-23T08:00:00.000Z");

/** Cases `static decision`, `static decision, whole table` (nanoseconds each) and `permit, four checks` (microseconds). */
export async function bench({ runs, seed }: BenchOptions) {
  const files = ["agreement.yaml", "text.fr.md", "text.en.md"].map(
    (name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")] as const,
  );
  const agreement = readAgreementFolder(new Map(files));
  const table = compileGateTable(agreement);
  const tables = new Map([[controllerId("school-1"), table]]);
  const checks: readonly GateCheck[] = ["a", "b", "c", "d"].map((id) => ({
    id,
    clause: "D8.3",
    concerns: () => true,
    check: async () => ({ allowed: true }) as const,
  }));
  const clock = { now: () => NOW, monotonic: () => 0 };
  const gate = makeGate({ tableFor: (controller) => tables.get(controller), checks, clock });

  const flows = flowsOf(agreement, seed);
  const keys = flows.map(keyOf);
  const answers = new Map(flows.map((flow, index) => [keys[index] ?? "", gate.decide(flow)]));
  const allowed = flows.filter((flow) => gate.decide(flow).allowed);

  const rounds = Math.max(5, runs);
  const decide = () => costOf(DECISIONS, (i) => Number(gate.decide(flows[i % flows.length] as Flow).allowed));
  const lookUp = () =>
    costOf(DECISIONS, (i) => Number(answers.get(keyOf(flows[i % flows.length] as Flow))?.allowed));
  const ready = () => costOf(DECISIONS, (i) => Number(answers.get(keys[i % keys.length] ?? "")?.allowed));
  const measured = {
    decide: [] as number[],
    lookUp: [] as number[],
    ready: [] as number[],
    permit: [] as number[],
  };
  for (let round = -1; round < rounds; round += 1) {
    const times = {
      decide: decide(),
      lookUp: lookUp(),
      ready: ready(),
      permit: await permitCost(gate, allowed),
    };
    if (round === -1) continue; // the first warms up
    for (const name of ["decide", "lookUp", "ready", "permit"] as const) measured[name].push(times[name]);
  }
  const ours = figureOf(
    measured.decide.map((ms) => (ms / DECISIONS) * 1e6),
    "ns",
  );
  const permit = figureOf(
    measured.permit.map((ms) => (ms / PERMITS) * 1e3),
    "µs",
  );
  return {
    cases: [
      {
        case: "static decision, key made of the flow",
        ours,
        peer: peerOf("Map.get on the same key", measured.lookUp),
        goal: ">= 1,000,000 decisions/s a core",
        met: ours.median <= 1_000,
      },
      {
        case: "static decision, the peer's key ready made",
        ours,
        peer: peerOf("Map.get on a key ready made", measured.ready),
        goal: ">= 1,000,000 decisions/s a core",
        met: ours.median <= 1_000,
      },
      {
        case: "permit with four checks that do nothing",
        ours: permit,
        goal: "<= 50 µs of CPU",
        met: permit.median <= 50,
      },
    ],
  };
}

/** Flows of every product, origin, role, purpose and recipient, with one to three categories, in a seeded order. */
function flowsOf(agreement: ReturnType<typeof readAgreementFolder>, seed: number): readonly Flow[] {
  const next = mulberry32(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T;
  const recipients = [
    ...agreement.recipients.map(({ id }) => id),
    ...agreement.annexC.map(({ recipient }) => recipient),
  ];
  const rows = agreement.annexB.filter(({ categories }) => categories.length > 0);
  return Array.from({ length: 4_096 }, (): Flow => {
    const row = pick(rows);
    return {
      controller: controllerId("school-1"),
      product: row.product,
      operation: pick(["store", "show", "send", "export", "erase"]),
      origin: row.origin,
      role: row.role,
      categories: Array.from({ length: 1 + Math.floor(next() * 3) }, () => pick(row.categories).id),
      purpose: pick(agreement.purposes).id,
      recipient: pick(recipients),
    };
  });
}

function keyOf(flow: Flow): string {
  return `${flow.product} ${flow.recipient} ${flow.origin} ${flow.role} ${flow.purpose} ${flow.operation} ${flow.categories.join(" ")}`;
}

/** Milliseconds of processor time for that many calls; the sum keeps the compiler from leaving them out. */
function costOf(calls: number, call: (index: number) => number): number {
  const before = process.cpuUsage();
  let sum = 0;
  for (let i = 0; i < calls; i += 1) sum += call(i);
  return sum < 0 ? 0 : millisSince(before);
}

async function permitCost(gate: ReturnType<typeof makeGate>, allowed: readonly Flow[]): Promise<number> {
  const unit = {} as Unit;
  const before = process.cpuUsage();
  for (let i = 0; i < PERMITS; i += 1) await gate.permit(allowed[i % allowed.length] as Flow, unit);
  return millisSince(before);
}

function millisSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function peerOf(name: string, milliseconds: readonly number[]) {
  const { median, unit } = figureOf(
    milliseconds.map((ms) => (ms / DECISIONS) * 1e6),
    "ns",
  );
  return { name, median, unit };
}

/** A small generator of numbers from 0 to 1 that a seed repeats (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
