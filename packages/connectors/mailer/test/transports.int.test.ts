/** The one suite on every transport, each over its own wire. */
import { systemClock } from "@preau/kernel";
import PostalMime from "postal-mime";
import { mailerOptions } from "../src/options.ts";
import { brevoTransport } from "../src/transports/brevo.ts";
import { catcherTransport } from "../src/transports/catcher.ts";
import { smtpTransport } from "../src/transports/smtp.ts";
import { startBrevoPeer } from "./brevo-peer.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";
import { type Arrived, transportContract } from "./transport-suite.ts";

const from = "preau@marelle.example";

transportContract("catcher", async (recipient) => {
  const transport = catcherTransport({ recipient });
  return { transport, close: () => transport.close() };
});

transportContract("SMTP", async (recipient) => {
  const peer = await startSmtpPeer();
  const transport = smtpTransport(mailerOptions.parse({ ...peer.options, from, recipient }));
  return {
    transport,
    arrived: () =>
      Promise.all(
        peer.received.map(async (mail): Promise<Arrived> => {
          const read = await PostalMime.parse(mail.raw);
          return {
            to: mail.to,
            subject: read.subject ?? "",
            text: read.text ?? "",
            html: read.html ?? "",
            head: mail.raw.slice(0, mail.raw.indexOf("\r\n\r\n")),
            key: headerOf(mail, "Message-ID") ?? "",
          };
        }),
      ),
    refuse: () => peer.setMood("noSuchBox"),
    fail: () => peer.setMood("greylist"),
    close: async () => {
      transport.close();
      await peer.close();
    },
  };
});

transportContract("Brevo", async (recipient) => {
  const peer = await startBrevoPeer();
  const transport = brevoTransport(mailerOptions.parse({ ...peer.options, from, recipient }), systemClock);
  return {
    transport,
    arrived: async () =>
      peer.received.map(({ body }): Arrived => {
        const { to, subject, textContent, htmlContent, ...head } = body;
        return {
          to: to.map(({ email }) => email),
          subject,
          text: textContent,
          html: htmlContent,
          head: JSON.stringify(head),
          key: body.headers["idempotencyKey"] ?? "",
        };
      }),
    refuse: () => peer.setMood([400, "invalid_parameter", "email is not valid in to"]),
    fail: () => peer.setMood([503, "bad_request", "dpo@acacias.example: later"]),
    close: async () => {
      transport.close();
      await peer.close();
    },
  };
});
