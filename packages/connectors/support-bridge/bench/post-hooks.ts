/**
 * So many hooks a second, each at its own moment whether or not those before it were answered: what waits is counted from the
 * moment at which it was to be sent.
 */
import { Agent, request } from "node:http";

export interface Posting {
  readonly port: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly hookAt: (index: number) => { readonly body: string; readonly headers: Record<string, string> };
}

export interface Posted {
  /** Milliseconds, ascending. */
  readonly latencies: readonly number[];
  readonly refused: number;
}

const TICK_MS = 2;

export async function postHooks({ port, perSecond, seconds, hookAt }: Posting): Promise<Posted> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const total = perSecond * seconds;
  const latencies: number[] = [];
  let refused = 0;
  const under: Promise<void>[] = [];
  const start = performance.now() + 20;
  const send = (index: number): Promise<void> => {
    const due = start + (index * 1_000) / perSecond;
    const { body, headers } = hookAt(index);
    return new Promise((resolve) => {
      const end = (isTaken: boolean) => {
        if (isTaken) latencies.push(performance.now() - due);
        else refused += 1;
        resolve();
      };
      const sent = request(
        {
          ...{ agent, port, host: "127.0.0.1", method: "POST", path: "/support/hooks/crisp" },
          headers: { ...headers, "content-length": Buffer.byteLength(body) },
        },
        (response) => {
          response.resume();
          response.once("end", () => end(response.statusCode === 200));
        },
      );
      sent.once("error", () => end(false));
      sent.end(body);
    });
  };
  for (let index = 0; index < total; ) {
    const due = Math.floor(((performance.now() - start) * perSecond) / 1_000);
    for (; index < total && index <= due; index += 1) under.push(send(index));
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  await Promise.all(under);
  agent.destroy();
  return { latencies: latencies.sort((one, other) => one - other), refused };
}

export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}
