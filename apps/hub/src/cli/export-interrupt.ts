/** Ctrl-C, SIGTERM and a terminal that is closed, as an AbortSignal: what is under way stops and takes away what it began. */

const ENDINGS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const ending of ENDINGS) process.once(ending, stop);
  try {
    return await work(stopping.signal);
  } finally {
    for (const ending of ENDINGS) process.off(ending, stop);
  }
}
