/** What subprocessors make due: windows that end, notices that nobody confirms or that came back, files that lack something. */
import { dayIn, mainland, startOfDay } from "@preau/calendar";
import { PUBLISHER } from "@preau/contracts";
import { type Bilingual, type Due, type DueScope, type Instant, type Unit } from "@preau/kernel";
import { type Change, clauseOf } from "./change.ts";
import type { Notice } from "./notice.ts";
import { standingFor } from "./object.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { readRegistry } from "./registry.ts";
import { listChanges } from "./store/changes.ts";
import { countNotices, listNotices } from "./store/notice-lists.ts";
import type { RegisteredSubprocessor } from "./subprocessor.ts";

type DuePorts = Pick<SubprocessorPorts, "agreements" | "clock" | "contracts" | "unitOfWork">;

/** Windows that are shown one by one; beyond that a number a change says it. */
const MOST = 200;

const WINDOW: Bilingual = {
  en: "The time to object to a change among the subprocessors ends",
  fr: "Le délai d’opposition à un changement parmi les sous-traitants s’achève",
};
const CONFIRM: Bilingual = {
  en: "A change among the subprocessors was announced: confirm receipt",
  fr: "Un changement parmi les sous-traitants est annoncé\u202f: en confirmer la réception",
};
const UNREAD: Bilingual = {
  en: "Controllers have not confirmed an announcement: nothing opens for them",
  fr: "Des responsables n’ont pas confirmé une annonce\u202f: rien ne s’ouvre pour eux",
};
const NOBODY_REACHED: Bilingual = {
  en: "An announcement reached nobody at some controllers: hand a link over by hand",
  fr: "Une annonce n’est parvenue à personne chez des responsables\u202f: remettre un lien de la main à la main",
};
const CONTRACT: Bilingual = {
  en: "A subprocessor’s contract is missing or ends",
  fr: "Le contrat d’un sous-traitant manque ou s’achève",
};
const REVIEW: Bilingual = {
  en: "A subprocessor’s guarantees are to be reviewed",
  fr: "Les garanties d’un sous-traitant sont à examiner",
};
const TRANSFER: Bilingual = {
  en: "The mechanism of a subprocessor’s transfer is missing or ends",
  fr: "Le mécanisme du transfert d’un sous-traitant manque ou s’achève",
};

/** @clause D8.5 */
export function subprocessorDues(ports: DuePorts) {
  return (scope: DueScope): Promise<readonly Due[]> =>
    ports.unitOfWork.transaction(async (unit) => {
      const changes = await listChanges(unit, ["announced"]);
      const found = [
        ...(await noticeDues(unit, ports, scope, changes)),
        ...(scope.controller === "all" ? await publisherDues(unit, ports, changes) : []),
      ];
      return found.filter(({ dueAt }) => dueAt < scope.before);
    });
}

/** A controller's own: to confirm what it was told, and the end of its window. */
async function noticeDues(
  unit: Unit,
  ports: DuePorts,
  { controller }: DueScope,
  changes: readonly Change[],
): Promise<readonly Due[]> {
  const found: Due[] = [];
  for (const change of changes) {
    const query = { scope: controller, change: change.id, objected: false, limit: MOST };
    for (const notice of await listNotices(unit, { ...query, received: true }))
      found.push(...(await windowDue(unit, ports, notice, change)));
    if (controller === "all") continue;
    for (const notice of await listNotices(unit, { ...query, received: false }))
      found.push(
        dueOf(notice.id, notice.controller, {
          ...{ clause: clauseOf(change), title: CONFIRM, dueAt: notice.announcedAt },
          href: `/subprocessors/changes/${change.id}`,
        }),
      );
  }
  return found;
}

async function windowDue(
  unit: Unit,
  ports: DuePorts,
  notice: Notice,
  change: Change,
): Promise<readonly Due[]> {
  const standing = await standingFor(unit, ports, notice, change);
  if (standing.is !== "WINDOW_OPEN") return [];
  const { clause, dueAt } = standing.window.window;
  const href = `/subprocessors/changes/${change.id}`;
  return [dueOf(notice.id, notice.controller, { clause, title: WINDOW, dueAt, href })];
}

async function publisherDues(
  unit: Unit,
  ports: DuePorts,
  changes: readonly Change[],
): Promise<readonly Due[]> {
  const found: Due[] = [];
  for (const change of changes) {
    const { id, announcedAt: dueAt = ports.clock.now() } = change;
    const own = { scope: "all", change: id, received: false, objected: false } as const;
    const href = `/subprocessors/changes/${id}`;
    const base = { clause: clauseOf(change), dueAt, href };
    if ((await countNotices(unit, { ...own, deliveries: ["queued", "sent"] })) > 0)
      found.push(dueOf(`${id}.unread`, PUBLISHER, { ...base, title: UNREAD }));
    if ((await countNotices(unit, { ...own, deliveries: ["undelivered", "noAddress"] })) > 0)
      found.push(dueOf(`${id}.nobody`, PUBLISHER, { ...base, title: NOBODY_REACHED }));
  }
  const registry = await readRegistry(unit, ports);
  return [...found, ...registry.flatMap((each) => fileDues(each, ports.clock.now()))];
}

/** A last day is due when it begins; what is missing, now. @clause D8.5, D9.2 */
function fileDues(
  { recipient, facts, findings, from, entry }: RegisteredSubprocessor,
  now: Instant,
): readonly Due[] {
  if (from === "draft") return [];
  const href = `/subprocessors/${recipient}`;
  const today = startOfDay(mainland.zone, dayIn(mainland.zone, now));
  const named = ({ en, fr }: Bilingual) => ({ en: `${entry.name}: ${en}`, fr: `${entry.name}\u00a0: ${fr}` });
  const has = (part: string) => findings.some(({ code }) => code.includes(part));
  const lastDay = (day: Parameters<typeof startOfDay>[1] | undefined) =>
    day === undefined ? undefined : startOfDay(mainland.zone, day);
  const due = (
    kind: string,
    what: Pick<Due, "clause" | "title">,
    dueAt: Instant | undefined,
  ): readonly Due[] =>
    dueAt === undefined ? [] : [dueOf(`${recipient}.${kind}`, PUBLISHER, { ...what, dueAt, href })];
  return [
    ...due(
      "contract",
      { clause: "D8.5", title: named(CONTRACT) },
      has("CONTRACT") ? today : lastDay(facts.contract?.validUntil),
    ),
    ...due(
      "review",
      { clause: "D8.5", title: named(REVIEW) },
      has("REVIEW") ? today : lastDay(facts.review?.nextReviewBy),
    ),
    ...(entry.transfers === "none"
      ? []
      : due(
          "transfer",
          { clause: "D9.2", title: named(TRANSFER) },
          has("TRANSFER_") ? today : lastDay(facts.transfer?.validUntil),
        )),
  ];
}

function dueOf(id: string, controller: Due["controller"], rest: Omit<Due, "id" | "controller">): Due {
  return { id, controller, ...rest };
}
