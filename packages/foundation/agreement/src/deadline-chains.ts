/**
 * Deadline chains. A figure that binds the processor to erase holds only if everybody who has a copy can keep it: the
 * worst case from the event to the last copy is the orders' batch, plus the delay that the subprocessor documents; for
 * backups, what their generations are kept, plus what a differential one makes its base wait. All of it stands in the
 * file. The processor itself is taken to start at the event; what is not documented is UNKNOWN, and never fine.
 */
import type { Duration } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Agreement, Subprocessor } from "./agreement.ts";
import { backupLinks } from "./backup-links.ts";
import type { Path } from "./lint.ts";
import { endsWithin, longestHours } from "./worst-case.ts";

export type Verdict = "PASS" | "REFUTED" | "UNKNOWN";

/** `none`: nothing to wait for. `never`: no order to erase reaches the copy. */
type Delay = Duration | "none" | "unknown" | "never";

export interface ChainStep {
  /** Why the copy waits: orders gathered, the holder's delay, a backup kept, a base kept for its differentials, live data kept first. */
  readonly because: "batch" | "documentedDelay" | "kept" | "neededByDifferential" | "liveErasure";
  readonly delay: Delay;
}

/** One holder of a copy, and how long it takes there at worst. */
export interface ChainLink {
  /** Recipient of annex C, or generation of the backups. */
  readonly holder: string;
  /** What a reader calls it. */
  readonly name: Bilingual;
  /** Where `agreement.yaml` says so. */
  readonly at: Path;
  readonly steps: readonly ChainStep[];
  /** The figure that holds here: the clause's own, or the exception that it grants to this holder. */
  readonly limit: ChainLimit;
  readonly verdict: Verdict;
}

interface ChainLimit {
  /** Id of the period. */
  readonly period: string;
  readonly clause: string;
  readonly duration: Duration;
}

/** A clause's figure, held against every copy. */
export interface Chain {
  /** Id of the retention rule, or of the period when no rule uses it. */
  readonly rule: string;
  readonly clause: string;
  readonly copies: "live" | "backups";
  readonly limit: ChainLimit;
  readonly links: readonly ChainLink[];
  readonly verdict: Verdict;
  /** The link that decides: the slowest of those with the worst verdict. */
  readonly binding: ChainLink;
}

/** A link before it is compared with a figure. */
export type OpenLink = Pick<ChainLink, "holder" | "name" | "at" | "steps">;

/** The chains of an agreement, in the order of its rules. A figure that no copy bears on has none. @figure D12.2, D12.3, D12.4 */
export function solveChains(agreement: Agreement): readonly Chain[] {
  return duties(agreement).flatMap(({ rule, clause, copies, anchor, period }) => {
    const found = agreement.periods.find(({ id }) => id === period);
    if (found === undefined) return [];
    const limit = { period: found.id, clause: found.clause, duration: found.duration };
    const open = copies === "live" ? subprocessorLinks(agreement) : backupLinks(agreement, anchor);
    const links = open.map((link) => close(link, limitFor(agreement, found, link.holder) ?? limit));
    const [first, ...others] = links;
    if (first === undefined) return [];
    const binding = others.reduce((worst, link) => (isWorse(link, worst) ? link : worst), first);
    return [{ rule, clause, copies, limit, links, verdict: binding.verdict, binding }];
  });
}

interface Duty {
  readonly rule: string;
  readonly clause: string;
  readonly copies: Chain["copies"];
  readonly anchor: string | undefined;
  readonly period: string;
}

const LIVE_EVENTS: ReadonlySet<string | undefined> = new Set([
  "accountDeleted",
  "lastActivity",
  "contractEnded",
  "schoolYearEnded",
]);

/** The rules that make copies disappear, and the processor's periods that no rule uses although they run from such an event. */
function duties({ retention, periods }: Agreement): readonly Duty[] {
  const used = new Set(retention.map(({ period }) => period));
  return [
    ...retention.flatMap(({ id, clause, store, generation, anchor, period, then }): Duty[] => {
      // Without an event the rule never fires, and promises nothing.
      if (then !== "erase" || anchor === undefined || anchor === "backupMade") return [];
      if (generation !== undefined) return [];
      if (store !== "live" && store !== "backups") return [];
      return [{ rule: id, clause, copies: store, anchor, period }];
    }),
    ...periods.flatMap(({ id, clause, binds, from }): Duty[] => {
      if (binds !== "processor" || used.has(id)) return [];
      const duty = { rule: id, clause, anchor: from, period: id };
      if (from === "liveDataDeleted") return [{ ...duty, copies: "backups" }];
      return LIVE_EVENTS.has(from) ? [{ ...duty, copies: "live" }] : [];
    }),
  ];
}

/** One link a subprocessor that data reaches. */
function subprocessorLinks({ annexC }: Agreement): readonly OpenLink[] {
  return annexC.flatMap((entry, index) => {
    if (entry.operations.every((operation) => operation === "erase")) return [];
    const { recipient: holder, name } = entry;
    const at = ["annexC", index, "deletionDelay"];
    return [{ holder, name: { en: name, fr: name }, at, steps: stepsThrough(entry) }];
  });
}

/** What an order to erase waits for at a subprocessor. */
export function stepsThrough({
  operations,
  deletionDelay,
  deletionBatch,
}: Subprocessor): readonly ChainStep[] {
  const reaches = operations.includes("erase") || deletionDelay === "none";
  return [
    ...(deletionBatch === undefined ? [] : [{ because: "batch", delay: deletionBatch } as const]),
    { because: "documentedDelay", delay: reaches ? deletionDelay : "never" },
  ];
}

function limitFor(
  { periods }: Agreement,
  { exceptions }: Agreement["periods"][number],
  holder: string,
): ChainLimit | undefined {
  const exception = exceptions?.find(({ recipient }) => recipient === holder);
  const period = periods.find(({ id }) => id === exception?.period);
  return period && { period: period.id, clause: period.clause, duration: period.duration };
}

function close(link: OpenLink, limit: ChainLimit): ChainLink {
  return { ...link, limit, verdict: verdictOf(link.steps, limit.duration) };
}

/** What is known already refutes a figure, whatever the rest may be; what is not known never proves it. */
function verdictOf(steps: readonly ChainStep[], limit: Duration): Verdict {
  const delays = steps.map(({ delay }) => delay);
  if (delays.includes("never") || !endsWithin(known(steps), limit)) return "REFUTED";
  return delays.includes("unknown") ? "UNKNOWN" : "PASS";
}

function known(steps: readonly ChainStep[]): readonly Duration[] {
  return steps.flatMap(({ delay }) => (typeof delay === "string" ? [] : [delay]));
}

const RANK: Readonly<Record<Verdict, number>> = { PASS: 0, UNKNOWN: 1, REFUTED: 2 };

function isWorse(link: ChainLink, than: ChainLink): boolean {
  if (link.verdict !== than.verdict) return RANK[link.verdict] > RANK[than.verdict];
  return longestHours(known(link.steps)) > longestHours(known(than.steps));
}
