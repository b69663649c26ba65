/** What the mailer's own plugin needs beside the port: the transport, and the templates of every plugin. */
import { type Clock, type MessageTemplate, systemClock } from "@preau/kernel";
import { openTransport } from "./open-transport.ts";
import { type MailerOptions } from "./options.ts";
import type { MailTransport } from "./transports/transport.ts";

export interface Post {
  /** Undefined where nothing leaves: messages wait. */
  readonly transport: MailTransport | undefined;
  /** By name. */
  readonly templates: ReadonlyMap<string, MessageTemplate>;
  close(): void;
}

declare module "@preau/kernel" {
  interface Ports {
    readonly post: Post;
  }
}

/** @throws MAIL_BAD_OPTIONS */
export function makePost(
  options: MailerOptions,
  templates: readonly MessageTemplate[],
  clock: Clock = systemClock,
): Post {
  const transport = openTransport(options, clock);
  return {
    transport,
    templates: new Map(templates.map((each) => [each.name, each])),
    close: () => transport?.close(),
  };
}
