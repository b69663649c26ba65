import type { Job } from "@preau/kernel";
import type { ChangeId } from "../change.ts";
import { fault } from "../errors.ts";

/** The change that a job is about. @throws SUBPROCESSORS_NO_CHANGE */
export function changeIn({ payload }: Job): ChangeId {
  const id = payload["change"];
  if (typeof id !== "string") throw fault("SUBPROCESSORS_NO_CHANGE");
  return id as ChangeId;
}
