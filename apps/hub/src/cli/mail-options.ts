/** The mailer's options, as this hub has read them. */
import { type MailerOptions, mailerOptions, mailerPlugin } from "@preau/mailer";
import type { Hub } from "../hub.ts";

export function mailOptionsOf({ plugins }: Pick<Hub, "plugins">): MailerOptions {
  return mailerOptions.parse(plugins.find(({ plugin }) => plugin.id === mailerPlugin.id)?.options);
}
