/** Whether the mail server takes us: the port, TLS with a certificate that holds, the sign-in. Nothing is sent. */
import { createTransport } from "nodemailer";
import { asItStands, type MailFinding } from "./mail-finding.ts";
import type { MailerOptions } from "./options.ts";
import { readSecretLine } from "./read-secret.ts";

const PATIENCE_MS = 10_000;
const LOOPBACK = new Set(["localhost", "127.0.0.1", "::1"]);

const REMEDIES = {
  EAUTH: {
    en: "Correct plugins.mailer.user and its password.",
    fr: "Corrigez plugins.mailer.user et son mot de passe.",
  },
  ETLS: {
    en: "The server must offer STARTTLS with a certificate for its name.",
    fr: "Le serveur doit proposer STARTTLS avec un certificat à son nom.",
  },
  other: {
    en: "Check plugins.mailer.host and port, and the way there.",
    fr: "Vérifiez plugins.mailer.host et port, et le chemin jusque-là.",
  },
} as const;

export async function checkReach(options: MailerOptions): Promise<MailFinding> {
  const { host = "", secure } = options;
  const port = options.port ?? (secure ? 465 : 587);
  const isLocal = LOOPBACK.has(host);
  const check = "smtp.reach";
  try {
    const pass =
      options.password ??
      (options.passwordFile && (await readSecretLine(options.passwordFile, "passwordFile")));
    const post = createTransport({
      ...{ host, port, secure, requireTLS: !secure && !isLocal },
      ...{ connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
      ...(options.user === undefined ? {} : { auth: { user: options.user, pass: pass ?? "" } }),
    });
    try {
      await post.verify();
    } finally {
      post.close();
    }
    const way = secure ? "TLS" : isLocal ? "loopback" : "STARTTLS";
    return {
      check,
      result: "PASS",
      evidence: asItStands(`${host}:${port} ${way}${options.user === undefined ? "" : ", AUTH"}`),
    };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "UNKNOWN";
    const remedy = code === "EAUTH" || code === "ETLS" ? REMEDIES[code] : REMEDIES.other;
    return { check, result: "FAIL", evidence: asItStands(`${host}:${port} ${code}`), remedy };
  }
}
