import { z } from "zod";

/** One mailbox, in what every server takes: ASCII before the @, room for the id of a message after a `+`. */
const mailbox = z.string().regex(/^[A-Za-z0-9._-]{1,32}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/);

/** After how many reports an address is not written to any more, and for how many days after the last of them. */
const suppressionRule = (after: number, days: number) =>
  z
    .strictObject({
      after: z.int().min(1).max(100).default(after),
      days: z.int().min(1).max(3_650).default(days),
    })
    .prefault({});

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function isSafeUrl(text: string): boolean {
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const isOpen = protocol === "https:" || (protocol === "http:" && LOOPBACK.test(hostname));
  return isOpen && `${username}${password}${search}${hash}` === "";
}

export const mailerOptions = z.strictObject({
  /** `smtp` where a host is named, `brevo` where a key of its API is, else `catcher` in a demonstration, else `none`: messages wait, nothing is lost. */
  transport: z.enum(["smtp", "brevo", "catcher", "none"]).optional(),
  /** The SMTP server that takes our messages. */
  host: z
    .string()
    .regex(/^[A-Za-z0-9.:-]{1,253}$/)
    .optional(),
  /** 465 where `secure`, else 587. */
  port: z.int().min(1).max(65_535).optional(),
  /** TLS from the first byte; STARTTLS is demanded otherwise, except from a server on this machine. */
  secure: z.boolean().default(false),
  user: z.string().min(1).max(200).optional(),
  /** File whose first line is the password; mode 0600. `PREAU_SMTP_PASSWORD[_FILE]` goes before it. */
  passwordFile: z.string().min(1).optional(),
  /** The password itself, as the hub reads it from the environment. Never in `preau.yaml`. */
  password: z.string().min(1).optional(),
  /** Signs what leaves by SMTP, where the server does not: the domain, the selector, and the file of the private key (PEM, mode 0600). */
  dkim: z
    .strictObject({
      domain: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/),
      selector: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/),
      keyFile: z.string().min(1),
    })
    .optional(),
  /** File whose first line is the key of Brevo's API; mode 0600. `PREAU_BREVO_API_KEY[_FILE]` goes before it. */
  apiKeyFile: z.string().min(1).optional(),
  /** The key itself, as the hub reads it from the environment. Never in `preau.yaml`. */
  apiKey: z.string().min(1).optional(),
  /** Where Brevo's API is: HTTPS, or HTTP on this machine. */
  apiUrl: z
    .url()
    .refine(isSafeUrl, "https, or http on this machine; no sign-in, no query")
    .default("https://api.brevo.com/v3"),
  /** Seconds until Brevo is taken to give no answer. */
  apiSeconds: z.int().min(1).max(120).default(30),
  /** Brevo takes messages and drops them: for a trial of everything else. */
  sandbox: z.boolean().default(false),
  /** Messages an hour to one address at most, of one controller; 0 is no cap. Those of a deadline of the law go through. */
  capPerRecipient: z.int().min(0).max(10_000).default(20),
  /** The mailbox that messages come from; returns reach it as `mailbox+<id of the message>@domain`. */
  from: mailbox.default("preau@localhost"),
  /** Where returns go instead, in the same form. */
  returnTo: mailbox.optional(),
  /** Where answers go, where somebody reads them. */
  replyTo: mailbox.optional(),
  /** The recipient of annex C, or of the agreement, that carries our mail: the gate is asked for it. */
  recipient: z.string().min(1).max(64).default("mailer"),
  /** Hours for which address and text of a message stand after it has left or ended; then its line alone. */
  keepHours: z.int().min(0).max(720).default(72),
  /** Messages that leave side by side. */
  connections: z.int().min(1).max(50).default(5),
  /**
   * File of the secret that the provider's web hooks bear, one line; a second line is the one before it, taken too while it
   * is replaced. Mode 0600, at least 24 characters each. `PREAU_MAIL_HOOK_SECRET[_FILE]` goes before it. Read anew at every hook.
   */
  hookSecretFile: z.string().min(1).optional(),
  /** The secret itself, as the hub reads it from the environment. Never in `preau.yaml`. */
  hookSecret: z.string().min(1).optional(),
  /** When an address is on the list of those not written to, and until when. */
  suppress: z
    .strictObject({
      hardBounce: suppressionRule(1, 90),
      complaint: suppressionRule(1, 365),
      unsubscribed: suppressionRule(1, 365),
      blocked: suppressionRule(1, 90),
      softBounces: suppressionRule(2, 7),
      manual: suppressionRule(1, 365),
    })
    .prefault({}),
  /** What the provider's interface shows and its API does not: who read it there, and when. It counts for half a year. */
  attested: z
    .strictObject({
      on: z.iso.date(),
      by: z.string().min(1).max(80),
      /** Months for which the provider keeps its log of messages. */
      logMonths: z.int().min(1).max(24),
      /** Whether the provider keeps what was written, to show it. */
      previews: z.enum(["off", "on"]),
    })
    .optional(),
  /** Where people reach the hub, for the links: the hub gives its own. */
  publicUrl: z.string().default(""),
  /** Invented persons alone: what would leave is shown to them. The hub says so. */
  demonstration: z.boolean().default(false),
});

export type MailerOptions = z.infer<typeof mailerOptions>;
