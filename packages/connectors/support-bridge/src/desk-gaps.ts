/** What of a person at the desk a copy and an erasure do not reach, as both say it. @clause D10.1a, D12.2 */
import type { NotCovered } from "@preau/kernel";

/**
 * Stands in each row of a copy: the desk is asked who somebody is, not for what was written and hung on there. It is erased with the
 * row all the same, so that no receipt names it.
 */
export const NOT_GIVEN = {
  conversation: ["messages", "files", "notes"],
  person: ["data", "segments", "events"],
} as const;

/** Conversations that are away, and led to a profile that nobody has named to us. */
export function unknownProfiles(conversations: number): readonly NotCovered[] {
  if (conversations === 0) return [];
  return [
    {
      what: `desk.person: the profile of ${conversations} conversation(s)`,
      why: "the desk did not say whose profile belongs to them: they are away, or it does not answer",
      remedy: "look for the person at the desk by hand, and delete the profile there",
    },
  ];
}
