/** An SMTP server in a process of its own that takes everything and keeps nothing. Its port is its first line. */
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  logger: false,
  onData: (stream, _session, done) => {
    stream.on("end", () => done());
    stream.resume();
  },
});
server.on("error", () => undefined);
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.server.address() as AddressInfo).port}\n`);
});
