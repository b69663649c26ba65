/**
 * The second look at the provider's account: it asks by each address and each name of a message whether anything is there. What it
 * was told to erase less than its documented hours ago is on its way out, and no surprise; after them it is one. @clause D12.2
 */
import type { ControllerId, LookAgain, Traces } from "@preau/kernel";
import type { BrevoAccount, LoggedMail } from "./brevo-account.ts";
import { sharedAddresses } from "./provider-gaps.ts";
import { isUnder, pendingOrders } from "./provider-orders.ts";
import type { SourcePorts } from "./source-ports.ts";
import { othersMessages } from "./store/subject-messages.ts";

/** Questions that are asked of each person: log by address, log by message, contact, blocked address. */
const QUESTIONS = 4;

export function lookAgainAtProvider(
  ports: SourcePorts,
  account: BrevoAccount,
  { hours }: { readonly hours: number | "unknown" },
): LookAgain {
  /** Those that are not on their way out. */
  const standing = async (controller: ControllerId, lines: readonly LoggedMail[]) => {
    const things = lines.map(({ messageId }) => bracketed(messageId));
    const ordered = await pendingOrders(ports, {
      ...{ controller, things, hours: hours === "unknown" ? 0 : hours },
    });
    return lines.filter(({ messageId, date }) => !isUnder(ordered.get(bracketed(messageId)), date));
  };

  return {
    lookAgain: async (controller, traces, signal) => {
      const places = new Map<string, number>();
      const count = (place: string, hits = 1) => {
        if (hits > 0) places.set(place, (places.get(place) ?? 0) + hits);
      };
      let shared = 0;
      const persons = traces.subjects.filter((each) =>
        valuesOf(each, "brevo.controller").includes(controller),
      );
      const blocked = persons.length === 0 ? new Map<string, string>() : await account.blocked(signal);
      for (const person of persons) {
        signal?.throwIfAborted();
        const until = ports.clock.now().slice(0, 10);
        const [from = until] = valuesOf(person, "brevo.since");
        const seen = new Set<string>();
        for (const { value: address } of person.texts) {
          const lines = await account.logTo(address, { from, until }, signal);
          for (const { messageId } of lines) seen.add(bracketed(messageId));
          const names = [...new Set(lines.map(({ messageId }) => bracketed(messageId)))];
          const others = await ports.unitOfWork.transaction((unit) =>
            othersMessages(unit, controller, names),
          );
          const own = lines.filter(({ messageId }) => !others.has(bracketed(messageId)));
          count("brevo.log.email", (await standing(controller, own)).length);
          const isContact = (await account.contact(address, signal)) !== undefined;
          if (others.size > 0) shared += isContact || blocked.has(address) ? 1 : 0;
          else {
            count("brevo.blockedContact.email", Number(blocked.has(address)));
            count("brevo.contact.email", Number(isContact));
          }
        }
        for (const value of valuesOf(person, "brevo.message")) {
          const [first = from, last = until, name = ""] = value.split(" ", 3);
          if (seen.has(name)) continue;
          const days = { from: first, until: last < until ? last : until };
          const lines = await account.logOf(name, days, signal);
          count("brevo.log.messageId", (await standing(controller, lines)).length);
        }
      }
      const where = [...places].map(([place, hits]) => ({ place, hits }));
      const hits = where.reduce((sum, each) => sum + each.hits, 0);
      return {
        referenceColumns: QUESTIONS,
        textColumns: 0,
        files: 0,
        hits,
        where,
        notCovered: sharedAddresses(shared),
      };
    },
  };
}

function bracketed(messageId: string): string {
  return `<${messageId.replaceAll(/[<>]/g, "")}>`;
}

function valuesOf({ references }: Traces["subjects"][number], kind: string): readonly string[] {
  return references.filter((each) => each.kind === kind).map(({ value }) => value);
}
