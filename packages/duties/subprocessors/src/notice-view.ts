/** Notices as pages and commands show them: with their change, and how they stand now. */
import type { ControllerId, Unit } from "@preau/kernel";
import type { LinkState } from "@preau/web";
import type { Change, ChangeId } from "./change.ts";
import { OBJECTION, RECEIPT } from "./link-purposes.ts";
import type { ChangeObjection, Notice, NoticeId } from "./notice.ts";
import { standingFor } from "./object.ts";
import type { SubprocessorPorts } from "./ports.ts";
import type { Standing } from "./standing.ts";
import { readChange } from "./store/changes.ts";
import { listNotices, type NoticeQuery } from "./store/notice-lists.ts";
import { noticeById, readNotice } from "./store/notices.ts";
import { objectionsTo } from "./store/objections.ts";

type ViewPorts = Pick<SubprocessorPorts, "agreements" | "clock" | "contracts">;

export interface NoticeView {
  readonly notice: Notice;
  readonly change: Change;
  readonly standing: Standing;
}

export interface NoticeDetails extends NoticeView {
  /** In the order of their recording, withdrawn ones too. */
  readonly objections: readonly ChangeObjection[];
}

/** Undefined for a controller that was told nothing of it: another one's does not exist. */
export async function viewNotice(
  unit: Unit,
  ports: ViewPorts,
  controller: ControllerId,
  change: ChangeId,
): Promise<NoticeDetails | undefined> {
  const notice = await readNotice(unit, controller, change);
  return notice && detailsOf(unit, ports, notice);
}

/** A page of notices, in the order of controllers, each as it stands now. */
export async function viewNotices(
  unit: Unit,
  ports: ViewPorts,
  query: NoticeQuery,
): Promise<readonly NoticeView[]> {
  const changes = new Map<ChangeId, Change | undefined>();
  const found: NoticeView[] = [];
  for (const notice of await listNotices(unit, query)) {
    if (!changes.has(notice.change)) changes.set(notice.change, await readChange(unit, notice.change));
    const change = changes.get(notice.change);
    if (change === undefined) continue;
    found.push({ notice, change, standing: await standingFor(unit, ports, notice, change) });
  }
  return found;
}

export type LinkView =
  | { readonly state: Exclude<LinkState["state"], "unknown">; readonly view: NoticeDetails }
  | { readonly state: "unknown" };

/** What stands behind the link of a notice, or of an objection. Looking changes nothing, however often. @clause D8.3 */
export async function lookBehindLink(
  unit: Unit,
  ports: ViewPorts & Pick<SubprocessorPorts, "links">,
  purpose: typeof RECEIPT | typeof OBJECTION,
  token: string,
): Promise<LinkView> {
  const found = await ports.links.look(unit, purpose, token);
  if (found.state === "unknown") return { state: "unknown" };
  const { controller, thing } = found.link;
  const notice = await noticeById(unit, controller, thing as NoticeId);
  const view = notice && (await detailsOf(unit, ports, notice));
  return view === undefined ? { state: "unknown" } : { state: found.state, view };
}

async function detailsOf(unit: Unit, ports: ViewPorts, notice: Notice): Promise<NoticeDetails | undefined> {
  const change = await readChange(unit, notice.change);
  if (change === undefined) return undefined;
  const standing = await standingFor(unit, ports, notice, change);
  return { notice, change, standing, objections: await objectionsTo(unit, notice.controller, change.id) };
}
