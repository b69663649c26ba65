/**
 * Makes the package of an order, or goes on with it: entries that an earlier run had finished are taken from its parts.
 * Whoever cancels, or takes the order over, is noticed within a second; whatever ends an order leaves nothing of it.
 * @clause D10.1a, DD.2, S8
 */
import { createHash } from "node:crypto";
import { isFault, type JobRun, type Unit } from "@preau/kernel";
import type { ContentMaker, ContentRequest } from "./content-of.ts";
import { enqueueDestruction, removeExport } from "./destroy-exports.ts";
import { fault } from "./errors.ts";
import type { ExportOrder } from "./export-order.ts";
import { recordActivity } from "./export-order-events.ts";
import { makeParts, packageFile, removeFiles, removeParts } from "./export-order-folder.ts";
import { fileKey, openPassphrase } from "./export-order-keys.ts";
import { requireSubject } from "./export-order-place.ts";
import { endsFrom } from "./export-periods.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import { requireUnrestricted } from "./export-restricted.ts";
import type { ExportOptions } from "./options.ts";
import { openSpool } from "./spool.ts";
import { sealing } from "./spool-sealed-file.ts";
import { lockOrder, readOrder, type TakenOrder, updateOrder } from "./store/orders.ts";
import { type Protection, packageBytes } from "./write-package-bytes.ts";

export type Whose = Pick<ExportOrder, "controller" | "id">;

export interface ExportRun extends Pick<JobRun, "signal"> {
  /** No other try follows. */
  readonly isLast: boolean;
  readonly makeContent: ContentMaker;
}

/** Context of the sealed file that is fetched. */
export const PACKAGE = "package";

/**
 * @throws what may go better at another try; what cannot ends the order as failed
 * @clause D10.1a, DD.2, S8
 */
export async function runExport(
  ports: ExportPorts,
  options: ExportOptions,
  whose: Whose,
  run: ExportRun,
): Promise<"made" | "failed" | "over"> {
  const order = await take(ports, whose);
  if (order === undefined) return "over";
  const watch = watchOrder(ports, options, order, run.signal);
  try {
    await make(ports, options, order, { ...run, signal: watch.signal }, watch);
    return "made";
  } catch (error) {
    watch.end();
    if (await isOver(ports, order)) {
      await removeFiles(options, order.id);
      return "over";
    }
    if (run.signal.aborted || (!isFinal(error) && !run.isLast)) throw error;
    await fail(ports, options, order, codeOf(error));
    return "failed";
  } finally {
    watch.end();
  }
}

function take(ports: ExportPorts, { controller, id }: Whose): Promise<TakenOrder | undefined> {
  return ports.unitOfWork.transaction(async (unit) => {
    const order = await lockOrder(unit, controller, id);
    if (order === undefined || (order.state !== "ordered" && order.state !== "running")) return undefined;
    await updateOrder(unit, order, { state: "running", run: order.run + 1 });
    return { ...order, state: "running", run: order.run + 1 };
  });
}

interface Watch {
  readonly signal: AbortSignal;
  /** Of the content so far, told to whoever waits. */
  files: number;
  contentBytes: number;
  end(): void;
}

/** Tells how far it is, and hears when somebody else has the order. A database that does not answer is asked again. */
function watchOrder(
  ports: ExportPorts,
  { lookMs }: ExportOptions,
  order: TakenOrder,
  outer: AbortSignal,
): Watch {
  const stop = new AbortController();
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(() => undefined)
      .finally(() => {
        looking = false;
      });
  }, lookMs);
  timer.unref();
  const watch: Watch = {
    signal: AbortSignal.any([outer, stop.signal]),
    files: 0,
    contentBytes: 0,
    end: () => clearInterval(timer),
  };
  const look = async () => {
    const { files, contentBytes } = watch;
    const ours = await ports.unitOfWork.transaction(async (unit) => {
      if (!(await isOurs(unit, order))) return false;
      await updateOrder(unit, order, { files, contentBytes });
      return true;
    });
    if (!ours) stop.abort(fault("EXPORT_OVERTAKEN"));
  };
  return watch;
}

async function isOurs(unit: Unit, { controller, id, run }: TakenOrder): Promise<boolean> {
  const now = await lockOrder(unit, controller, id);
  return now?.state === "running" && now.run === run;
}

async function make(
  ports: ExportPorts,
  options: ExportOptions,
  order: TakenOrder,
  { signal, makeContent }: ExportRun,
  watch: Watch,
): Promise<void> {
  await requireUnrestricted(ports, order.controller, order.what);
  const parts = await makeParts(options, order.id);
  const key = await fileKey(ports, order);
  const at = ports.clock.now();
  const content = makeContent(ports, await requestOf(ports, order));
  const bytes = await packageBytes(content, {
    ...{ protection: await protectionOf(ports, order), at, signal },
    spool: openSpool(parts, key),
    onProgress: ({ entries, bytes: content }) => {
      watch.files = entries;
      watch.contentBytes = content;
    },
  });
  const hash = createHash("sha256");
  let size = 0;
  const sealed = { file: packageFile(options, order.id), key, context: PACKAGE };
  for await (const chunk of sealing(sealed, bytes, { durable: true })) {
    signal.throwIfAborted();
    hash.update(chunk);
    size += chunk.length;
  }
  watch.end();
  const { files, contentBytes } = watch;
  await ports.unitOfWork.transaction(async (unit) => {
    if (!(await isOurs(unit, order))) throw fault("EXPORT_OVERTAKEN");
    const madeAt = ports.clock.now();
    const { destroyBy } = await endsFrom(unit, ports, order.controller, madeAt);
    await updateOrder(unit, order, {
      ...{ state: "ready", madeAt, destroyBy, files, contentBytes },
      ...{ bytes: size, sha256: hash.digest("hex"), passphrase: null },
    });
    await enqueueDestruction(unit, ports, { ...order, destroyBy });
    await recordActivity(unit, ports, order, { type: "data-export.made", payload: { files, bytes: size } });
    await tellProgress(unit, ports, order, "made");
  });
  await removeParts(options, order.id);
}

async function requestOf(ports: ExportPorts, order: TakenOrder): Promise<ContentRequest> {
  const { controller, language, what, orderedBy: requestedBy } = order;
  const request = { controller, language, requestedBy };
  if ("store" in what) return { ...request, what };
  const subject = await ports.unitOfWork.transaction((unit) =>
    requireSubject(unit, ports, controller, what.subject),
  );
  return { ...request, what: { kind: what.kind, subject } };
}

/** @throws EXPORT_OVERTAKEN when the key is gone: somebody has ended the order */
async function protectionOf(ports: ExportPorts, order: TakenOrder): Promise<Protection> {
  const { protection, passphrase: sealed } = order;
  if ("recipients" in protection) return { kind: "age", recipients: protection.recipients };
  const passphrase = sealed && (await openPassphrase(ports, order, sealed));
  if (passphrase === undefined) throw fault("EXPORT_OVERTAKEN");
  return { kind: protection.kind, passphrase };
}

async function isOver(ports: ExportPorts, { controller, id, run }: TakenOrder): Promise<boolean> {
  const now = await ports.unitOfWork.transaction((unit) => readOrder(unit, controller, id));
  return now === undefined || (now.state !== "ordered" && now.state !== "running" && run > 0);
}

async function fail(
  ports: ExportPorts,
  options: ExportOptions,
  order: TakenOrder,
  failure: string,
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    if (!(await isOurs(unit, order))) return;
    await updateOrder(unit, order, { state: "failed", failure, passphrase: null });
    await enqueueDestruction(unit, ports, order);
    await recordActivity(unit, ports, order, { type: "data-export.failed", payload: { code: failure } });
    await tellProgress(unit, ports, order, "failed");
  });
  await removeExport(ports, options, order);
}

/** What no other try makes better: a refusal, and a full disk, which other exports need too. */
function isFinal(error: unknown): boolean {
  return (
    isFault(error) &&
    error.code !== "EXPORT_OVERTAKEN" &&
    (error.exit === 2 || error.code === "EXPORT_DISK_FULL")
  );
}

/** The error's code or class: its text may hold personal data and is not kept. */
function codeOf(error: unknown): string {
  if (isFault(error)) return error.code;
  return error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : "UNKNOWN";
}
