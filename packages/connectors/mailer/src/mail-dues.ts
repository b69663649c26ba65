/** What waits because nothing leaves, for the publisher's own people: no client can mend it. */
import type { Due, DueScope, Plugin, Ports } from "@preau/kernel";
import type { MailerOptions } from "./options.ts";
import { countMessages } from "./store/messages.ts";
import { textsOf } from "./texts.ts";

export function mailDues(
  { post, unitOfWork }: Pick<Ports, "post" | "unitOfWork">,
  _options: MailerOptions,
): ReturnType<Plugin<MailerOptions>["dues"]> {
  return async ({ controller: scope, before }: DueScope): Promise<readonly Due[]> => {
    if (scope !== "all" || post.transport !== undefined) return [];
    const counts = await unitOfWork.transaction((unit) => countMessages(unit, "all"));
    return counts
      .filter(({ state, oldest }) => state === "queued" && oldest < before)
      .map(({ controller, messages, oldest }) => ({
        id: `mailer.noTransport ${controller}`,
        controller,
        clause: "DC",
        title: { fr: textsOf("fr").dueNone(messages), en: textsOf("en").dueNone(messages) },
        dueAt: oldest,
        href: "/mail?state=queued",
      }));
  };
}
