/** A real SMTP server on this machine that takes mail, or refuses it in the ways that servers do. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export type Mood =
  /** Takes it. */
  | "take"
  /** 550 after RCPT TO. */
  | "noSuchBox"
  /** 550 with the status of RFC 3463, after RCPT TO: no such mailbox. */
  | "noMailbox"
  /** The same form, about us: the sender's system. */
  | "badSenderSystem"
  /** 554 after the data. */
  | "spam"
  /** 451 after RCPT TO. */
  | "greylist"
  /** Hangs up in the middle of the data. */
  | "hangUp"
  /** Takes it and then hangs up instead of saying so. */
  | "takeAndHangUp"
  /** 553 after MAIL FROM: the fault is ours. */
  | "badSender";

export async function startSmtpPeer() {
  const received: ReceivedMail[] = [];
  let mood: Mood = "take";
  let onTaken: (() => void) | undefined;
  const refuse = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onMailFrom: (_address, _session, done) => done(mood === "badSender" ? refuse(553, "not you") : null),
    onRcptTo: (address, _session, done) => {
      if (mood === "noSuchBox") done(refuse(550, `no such user ${address.address}`));
      else if (mood === "noMailbox") done(refuse(550, `5.1.1 <${address.address}> unknown`));
      else if (mood === "badSenderSystem") done(refuse(550, "5.1.8 not from there"));
      else if (mood === "greylist") done(refuse(451, "greylisted, try again"));
      else done();
    },
    onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
      if (mood === "hangUp") {
        stream.resume();
        hangUp(server);
        return;
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (mood === "spam") {
          done(refuse(554, "looks like spam"));
          return;
        }
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        onTaken?.();
        if (mood === "takeAndHangUp") hangUp(server);
        else done();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    received,
    options: { host: "127.0.0.1", port },
    setMood: (next: Mood) => {
      mood = next;
    },
    onTaken: (call: () => void) => {
      onTaken = call;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** The server's own list, which its types leave out. */
function hangUp(server: SMTPServer): void {
  const { connections } = server as unknown as {
    readonly connections: Set<{ readonly _socket: { destroy(): void } }>;
  };
  for (const { _socket } of connections) _socket.destroy();
}

/** The value of a header, unfolded. */
export function headerOf({ raw }: Pick<ReceivedMail, "raw">, name: string): string | undefined {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]+/g, " ");
  const line = head.split("\r\n").find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
}
