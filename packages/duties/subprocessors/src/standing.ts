/** How a controller stands towards a change at an instant. Computed each time, never stored. @clause D8.3, D9.3 */
import type { Deadline, Place } from "@preau/calendar";
import type { Instant } from "@preau/kernel";
import type { Change } from "./change.ts";
import type { Notice } from "./notice.ts";
import { type WindowTerms, windowOf } from "./window.ts";

export interface OpeningWindow {
  /** In which the controller may object. */
  readonly window: Deadline & { readonly clause: string };
  /** The notice that it is given (D8.2), where the agreement has a figure. */
  readonly notice?: Deadline & { readonly clause: string };
  /** The later of both and of the planned start. */
  readonly opensAt: Instant;
  /** The agreement lets it begin at once (`starts: atOnce`): it opens before the window is over, and an objection shuts it. */
  readonly atOnce: boolean;
}

export type Standing =
  /** A draft, or nothing was sent to this controller. */
  | { readonly is: "NOT_ANNOUNCED" }
  /** The clock has not started. */
  | { readonly is: "NOT_RECEIVED" }
  /** Shut until `window.opensAt`. */
  | { readonly is: "WINDOW_OPEN"; readonly window: OpeningWindow }
  | { readonly is: "OBJECTED"; readonly datedAt: Instant }
  | { readonly is: "WITHDRAWN" }
  /** The agreement says nothing of a window, so nothing can be over. */
  | { readonly is: "NO_WINDOW" }
  /** Since `window.opensAt`. */
  | { readonly is: "OPEN"; readonly window: OpeningWindow };

/** What of a notice decides. */
export interface NoticeTerms extends Pick<Notice, "objectedAt" | "honoured"> {
  readonly receivedAt?: Instant;
}

/**
 * Open only when receipt is proved, both periods are over, no objection counts and nobody took the change back. A clock that
 * ran ahead and came back shuts it again.
 * @clause D8.2, D8.3, D9.3
 */
export function standingAt(
  now: Instant,
  given: {
    /** Of the agreement in force, and of those that its contracts are annexed to. */
    readonly terms: WindowTerms | readonly WindowTerms[];
    readonly change: Pick<Change, "kind" | "entry" | "startsOn" | "state">;
    readonly notice: NoticeTerms | undefined;
    readonly place: Place;
  },
): Standing {
  const { terms, change, notice, place } = given;
  if (change.state === "withdrawn") return { is: "WITHDRAWN" };
  if (change.state === "draft" || notice === undefined) return { is: "NOT_ANNOUNCED" };
  const { receivedAt, objectedAt, honoured } = notice;
  const window = receivedAt === undefined ? undefined : windowOf(terms, change, receivedAt, place);
  if (objectedAt !== undefined && (honoured || countsInTime(objectedAt, window)))
    return { is: "OBJECTED", datedAt: objectedAt };
  if (receivedAt === undefined) return { is: "NOT_RECEIVED" };
  if (window === undefined) return { is: "NO_WINDOW" };
  // A receipt that is to come, by a clock that went back, has not happened yet.
  return now >= window.opensAt && now >= receivedAt ? { is: "OPEN", window } : { is: "WINDOW_OPEN", window };
}

/** An objection counts when it is dated within the window; while none has begun, or none is known, always. @clause D8.3, D9.3 */
export function countsInTime(datedAt: Instant, window: OpeningWindow | undefined): boolean {
  return window === undefined || datedAt <= window.window.dueAt;
}
