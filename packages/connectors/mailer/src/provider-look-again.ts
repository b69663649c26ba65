/**
 * The second look at the provider's account: it asks by each address and each name of a message whether anything is there. What it
 * was told to erase less than its documented hours ago is on its way out, and no surprise; after them it is one. @clause D12.2
 */
import type { ControllerId, LookAgain, Traces } from "@preau/kernel";
import type { BrevoAccount, LoggedMail } from "./brevo-account.ts";
import { isUnder, pendingOrder } from "./provider-orders.ts";
import type { SourcePorts } from "./source-ports.ts";

/** Questions that are asked of each person: log by address, log by message, contact, blocked address. */
const QUESTIONS = 4;

export function lookAgainAtProvider(
  ports: SourcePorts,
  account: BrevoAccount,
  { hours }: { readonly hours: number | "unknown" },
): LookAgain {
  const isGoing = async (controller: ControllerId, thing: string, { date }: LoggedMail) => {
    const ordered = await pendingOrder(ports, { controller, thing, hours: hours === "unknown" ? 0 : hours });
    return isUnder(ordered, date);
  };

  return {
    lookAgain: async (controller, traces, signal) => {
      const places = new Map<string, number>();
      const count = (place: string) => places.set(place, (places.get(place) ?? 0) + 1);
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
          if (blocked.has(address)) count("brevo.blockedContact.email");
          if ((await account.contact(address, signal)) !== undefined) count("brevo.contact.email");
          for (const line of await account.logTo(address, { from, until }, signal)) {
            seen.add(line.messageId);
            if (!(await isGoing(controller, address, line))) count("brevo.log.email");
          }
        }
        for (const name of valuesOf(person, "brevo.messageId"))
          if (!seen.has(name))
            for (const line of await account.logOf(name, signal))
              if (!(await isGoing(controller, name, line))) count("brevo.log.messageId");
      }
      const where = [...places].map(([place, hits]) => ({ place, hits }));
      const hits = where.reduce((sum, each) => sum + each.hits, 0);
      return { referenceColumns: QUESTIONS, textColumns: 0, files: 0, hits, where, notCovered: [] };
    },
  };
}

function valuesOf({ references }: Traces["subjects"][number], kind: string): readonly string[] {
  return references.filter((each) => each.kind === kind).map(({ value }) => value);
}
