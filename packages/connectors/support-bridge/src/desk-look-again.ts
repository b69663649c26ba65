/**
 * The second look at the desk: it asks for each conversation who stands in it, and for each profile whether it is there, by the desk's
 * own references. @clause D12.2
 */
import type { LookAgain, Traces } from "@preau/kernel";
import type { DeskClient } from "./sources/source.ts";

/** Questions asked of each person: conversations, and profiles. */
const QUESTIONS = 2;

export function lookAgainAtDesk(
  client: Pick<DeskClient, "isConversationThere" | "isPersonThere" | "visitor">,
): LookAgain {
  return {
    lookAgain: async (controller, traces, signal) => {
      let [conversations, profiles] = [0, 0];
      for (const person of traces.subjects) {
        if (!valuesOf(person, "desk.controller").includes(controller)) continue;
        for (const value of valuesOf(person, "desk.conversation")) {
          signal?.throwIfAborted();
          // A desk that answers no questions stops here: then nobody knows, and the receipt says so.
          const isThere =
            (await client.visitor(value, signal)) !== undefined &&
            (await client.isConversationThere(value, signal));
          if (isThere) conversations += 1;
        }
        for (const value of valuesOf(person, "desk.person")) {
          signal?.throwIfAborted();
          if (await client.isPersonThere(value, signal)) profiles += 1;
        }
      }
      const where = [
        { place: "desk.conversation", hits: conversations },
        { place: "desk.person", hits: profiles },
      ].filter(({ hits }) => hits > 0);
      return {
        ...{ referenceColumns: QUESTIONS, textColumns: 0, files: 0, where, notCovered: [] },
        hits: conversations + profiles,
      };
    },
  };
}

function valuesOf({ references }: Traces["subjects"][number], kind: string): readonly string[] {
  return references.filter((each) => each.kind === kind).map(({ value }) => value);
}
