/**
 * Messages a second through the outbox, from the unit that queues them to the end that is written down, against nodemailer's own
 * pool with the same connections, the same messages made beforehand, and the same server in a process of its own. In turns in one
 * run, so that a busy moment falls on both.
 */
import { once } from "node:events";
import path from "node:path";
import { type Message, systemClock } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, spawnSource } from "@preau/testing";
import { createTransport } from "nodemailer";
import { renderMessage } from "../src/render-message.ts";
import { messageIdOf, returnPath } from "../src/return-path.ts";
import { makeMailHouse, message, openHouseDatabases, relay } from "../test/mail-house.ts";
import { measure, rssMiB, secondsOf } from "./measure.ts";

const MESSAGES = 2_000;
const CONNECTIONS = 5;
const FROM = "preau@marelle.example";

export async function outboxSpeed(kind: DatabaseKind, runs: number) {
  const sink = spawnSource(path.join(import.meta.dirname, "smtp-sink-run.ts"));
  await once(sink.child.stdout ?? sink.child, "data");
  const port = Number(sink.output());
  const [fresh, keys] = [await freshDatabase(kind), await freshDatabase("sqlite")];
  const both = await openHouseDatabases(fresh.url, keys.url);
  try {
    const options = { host: "127.0.0.1", port, connections: CONNECTIONS, from: FROM };
    const house = await makeMailHouse(both, systemClock, { options });
    const perSecond = { whole: [] as number[], leaving: [] as number[], bare: [] as number[] };
    for (let round = -1; round < runs; round += 1) {
      const bare = await secondsOf(() => sendBare(port));
      const queueing = await secondsOf(() =>
        house.unitOfWork.transaction((unit) => house.mailer.sendMany(unit, messagesOf(round))),
      );
      const leaving = await secondsOf(() => house.worker.drain());
      const left = house.settled.splice(0).filter(({ outcome }) => outcome === "accepted").length;
      if (left !== MESSAGES) throw new Error(`${left} of ${MESSAGES} messages left`);
      if (round === -1) continue; // the first warms up
      perSecond.bare.push(MESSAGES / bare);
      perSecond.leaving.push(MESSAGES / leaving);
      perSecond.whole.push(MESSAGES / (queueing + leaving));
    }
    house.post.close();
    const bare = measure(perSecond.bare, "messages/s");
    const peer = { name: "nodemailer's pool alone", median: bare.median, unit: "messages/s" };
    const one = (title: string, values: readonly number[]) => {
      const ours = measure(values, "messages/s");
      const ratio = Number((bare.median / ours.median).toPrecision(3));
      const goal = { goal: "<= 1.25", met: ratio <= 1.25 };
      return { case: `${kind}: ${title}`, ours, peer, ratio, ...goal, rssMiB: rssMiB() };
    };
    return [
      one(`${MESSAGES} messages by SMTP: gate, leave, settle; ${CONNECTIONS} connections`, perSecond.leaving),
      one("the same with queueing them in one unit", perSecond.whole),
    ];
  } finally {
    sink.child.kill("SIGKILL");
    await both.database.close();
    await both.keysDatabase.close();
    await fresh.remove();
    await keys.remove();
  }
}

async function sendBare(port: number): Promise<void> {
  const pool = createTransport({
    ...{ pool: true, host: "127.0.0.1", port, maxConnections: CONNECTIONS, ignoreTLS: true },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const { variables, to } = message();
  const rendered = renderMessage({
    ...{ template: relay, variables, language: "fr", publisher: "Éditions Marelle" },
    publicUrl: "https://preau.example",
  });
  await Promise.all(
    Array.from({ length: MESSAGES }, (_, n) => {
      const id = `msg_${String(n).padStart(26, "0")}` as const;
      return pool.sendMail({
        from: { name: "Éditions Marelle", address: FROM },
        to: [{ name: to.name ?? "", address: to.address }],
        envelope: { from: returnPath(FROM, id), to: [to.address] },
        messageId: messageIdOf(FROM, id),
        ...rendered,
        textEncoding: "quoted-printable",
        headers: {
          "Auto-Submitted": "auto-generated",
          "X-Auto-Response-Suppress": "All",
          "Content-Language": "fr",
        },
      });
    }),
  );
  pool.close();
}

function messagesOf(round: number): readonly Message[] {
  const one = message();
  return Array.from({ length: MESSAGES }, (_, n) => ({
    ...one,
    key: `notice/${round}/${n}`,
    to: { name: "Solveig Amaury-Kern", address: `dpo-${round + 1}-${n}@acacias.example` },
  }));
}
