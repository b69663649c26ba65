/**
 * What was decided and done about one person of one controller, in order: from the journal, purges and holds, under an
 * opaque id. After an erasure the person's key is gone, and with it all that the journal could tell. Towards D10.1a.
 */
import { dayIn, type LocalDate } from "@preau/calendar";
import type { ControllerId, Instant, SubjectId } from "@preau/kernel";
import type { Decision } from "./effective-rule.ts";
import type { TimelineEvent } from "./pages/subject-page.tsx";
import { targetsOf } from "./plan-stores.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { readStanding } from "./retention-standing.ts";
import { purgesOfSubject } from "./store/purges.ts";
import { surveyedStores } from "./survey.ts";

export interface SubjectTimeline {
  readonly today: readonly { readonly store: string; readonly decision: Decision }[];
  readonly events: readonly TimelineEvent[];
  readonly dayOf: (when: Instant) => LocalDate;
}

const ENTRIES = 500;

export async function readTimeline(
  ports: RetentionPorts,
  controller: ControllerId,
  subject: SubjectId,
): Promise<SubjectTimeline> {
  const read = await ports.unitOfWork.transaction(async (unit) => {
    const entries = await ports.journal.entries(unit, { controller, subject, limit: ENTRIES });
    const [target] = await targetsOf(ports, unit, controller, [subject]);
    const purges = await purgesOfSubject(unit, controller, subject);
    const place = await ports.contracts.placeOf(unit, controller);
    return { entries, purges, place, identifiers: target?.identifiers ?? [] };
  });
  const events: TimelineEvent[] = [
    ...read.entries.map(({ recordedAt, type, clause, actorRole, payload }): TimelineEvent => {
      const [purge, erasure] = [payload?.["purge"], payload?.["erasure"]];
      return {
        at: recordedAt,
        type,
        ...(clause === undefined ? {} : { clause }),
        by: actorRole,
        ...(typeof erasure === "string"
          ? { href: `/erasures/${erasure}` }
          : typeof purge === "string"
            ? { href: `/retention/purges/${purge}` }
            : {}),
      };
    }),
    ...read.purges.map(
      ({ purge }): TimelineEvent => ({
        at: purge.proposedAt,
        type: "retention.purgeProposed",
        clause: purge.clause,
        by: "system",
        href: `/retention/purges/${purge.id}`,
      }),
    ),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return {
    today: await decisionsNow(ports, controller, subject, read.identifiers),
    events,
    dayOf: (when) => dayIn(read.place.zone, when),
  };
}

async function decisionsNow(
  ports: RetentionPorts,
  controller: ControllerId,
  subject: SubjectId,
  identifiers: Parameters<NonNullable<RetentionLifecycle>["factsOf"]>[1],
): Promise<SubjectTimeline["today"]> {
  const today: { store: string; decision: Decision }[] = [];
  for (const { source: store } of surveyedStores(ports, controller)) {
    const registered = ports.sources.get(store);
    try {
      const facts = (await registered?.lifecycle?.factsOf(controller, identifiers)) ?? [];
      if (facts.length === 0) continue;
      const standing = await ports.unitOfWork.transaction((unit) =>
        readStanding(unit, ports, { controller, source: registered?.source }),
      );
      for (const each of facts)
        today.push({ store, decision: standing.decide(each, standing.holdsOf(subject)) });
    } catch {
      ports.log.warn("retention.storeSilent", { source: store });
    }
  }
  return today;
}

type RetentionLifecycle = NonNullable<ReturnType<RetentionPorts["sources"]["get"]>>["lifecycle"];
