/**
 * By what right the requester speaks: pupils and teachers for themselves, a guardian for a pupil. That somebody is the guardian
 * is for the controller to check, and is shown as stated until then. @clause D10.1a
 */
import type { ReceivedRequest, RequesterRole } from "@preau/kernel";
import type { Authority } from "./request.ts";

export function roleOf(role: NonNullable<ReceivedRequest["requester"]>["role"]): RequesterRole {
  return role ?? "other";
}

/** Nobody is taken for a guardian because another person is named. */
export function authorityOf(role: RequesterRole, isAboutAnother: boolean): Authority {
  if (!isAboutAnother) return "self";
  return role === "guardian" ? "guardianStated" : "unstated";
}
