import { z } from "zod";

export const supportBridgeOptions = z.strictObject({
  /** The desk's supplier; `none`: everybody has the form of the hub. */
  desk: z.enum(["crisp", "standard", "none"]).default("none"),
  /** The recipient of annex C that the desk is. */
  recipient: z.string().min(1).max(64).default("supportDesk"),
  /** The agreement's purpose of support, and its category of what is written. */
  purpose: z.string().min(1).max(64).default("support"),
  category: z.string().min(1).max(64).default("supportRequests"),
  /** Recipient for whom a case is shown in the hub: our own team, on a written instruction. */
  team: z.string().min(1).max(64).default("supportTeam"),
  /** Recipient that keeps what is written in the hub. */
  home: z.string().min(1).max(64).default("product"),
  /** Crisp's website id, or the name of the installation at another desk. */
  website: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/)
    .optional(),
  /** Where the desk's API answers; for `standard`, where our own hooks go. */
  api: z.url({ protocol: /^https?$/ }).optional(),
  /** Crisp's plugin identifier; its key is in `keyFile` (first line, mode 0600) or `PREAU_SUPPORT_KEY[_FILE]`. */
  identifier: z.string().min(1).max(200).optional(),
  keyFile: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
  /** Whether hooks are signed (a plugin's) or known by a secret in their address (a website's). */
  hooks: z.enum(["signed", "address"]).default("signed"),
  /** Secrets of hooks, one a line: the one in force, and during a rotation the one before; or `PREAU_SUPPORT_HOOK_SECRET[_FILE]`. */
  hookSecretFile: z.string().min(1).optional(),
  hookSecret: z.string().min(1).optional(),
  /** Seconds that a hook's own time may differ from ours. */
  freshSeconds: z.int().min(10).max(3600).default(300),
  /** Page of the desk's own chat, for people of the hub whom the desk is for. */
  chat: z.url({ protocol: /^https?$/ }).optional(),
  /** Hours after its last words at which a conversation leaves the desk while nobody knows who the visitor is. */
  unknownHours: z.int().min(1).max(720).default(72),
  /** Days for which the words of a closed case stand; then the line alone. */
  keepDays: z.int().min(0).max(365).default(30),
});

export type SupportBridgeOptions = z.infer<typeof supportBridgeOptions>;
