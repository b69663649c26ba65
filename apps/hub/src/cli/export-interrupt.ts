/** Ctrl-C, SIGTERM and a terminal that is closed, as an AbortSignal: what is under way stops and takes away what it began. */
import { fault } from "../errors.ts";

const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** @throws HUB_EXPORT_STOPPED when it was interrupted, wherever the work was then */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const ending of ENDINGS) process.once(ending, stop);
  try {
    return await work(stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) throw fault("HUB_EXPORT_STOPPED", { cause: error });
    throw error;
  } finally {
    for (const ending of ENDINGS) process.off(ending, stop);
  }
}
