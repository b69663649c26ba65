/** What the forms of a case say. What is wrong is told by the field's name, never its value. */

import {
  type ControllerId,
  controllerId,
  dataSubjectRights,
  type InstructionId,
  isFault,
  otherRequests,
  type RequestMatter,
} from "@preau/kernel";
import { personIfKnown, readNamedPerson } from "@preau/subjects";
import { type Writer, type WriterBehindWall, writersBehindWall } from "../assign-writer.ts";
import { fault } from "../errors.ts";
import type { PeoplePorts } from "./support-access.ts";

const PRESS = /^prs_[0-9a-z]{26}$/;

export interface AnswerForm {
  readonly text: string;
  readonly press: string;
  readonly instruction?: InstructionId;
}

/** @throws SUPPORT_FIELD_BAD for an instruction that is no `ins_…` */
export function answerIn(form: URLSearchParams, otherwise: () => string): AnswerForm {
  const typed = form.get("press") ?? "";
  const instruction = form.get("instruction")?.trim() ?? "";
  if (instruction !== "" && !/^ins_[0-9a-z_-]{1,36}$/.test(instruction))
    throw fault("SUPPORT_FIELD_BAD", { place: "instruction" });
  return {
    text: (form.get("text") ?? "").replaceAll("\r\n", "\n").trim(),
    press: PRESS.test(typed) ? typed : otherwise(),
    ...(instruction === "" ? {} : { instruction: instruction as InstructionId }),
  };
}

export function mattersIn(form: URLSearchParams): readonly RequestMatter[] {
  return [...dataSubjectRights, ...otherRequests].filter((matter) => form.has(`ask-${matter}`));
}

/** Stores are asked who it is: outside of any unit. @throws SUPPORT_FIELD_BAD naming the field */
export async function writerIn(ports: PeoplePorts, form: URLSearchParams): Promise<Writer> {
  const kind = form.get("kind") ?? "";
  if (Object.hasOwn(writersBehindWall, kind)) return { behindWall: kind as WriterBehindWall };
  if (kind !== "person") throw fault("SUPPORT_FIELD_BAD", { place: "kind" });
  const controller = controllerNamed(form.get("other")?.trim() || form.get("client") || "");
  const product = form.get("product") ?? "";
  const role = form.get("role") ?? "";
  return personNamed(ports, { controller, product, role, named: form.get("subject")?.trim() ?? "" });
}

/** @throws SUPPORT_FIELD_BAD naming the field */
async function personNamed(
  ports: PeoplePorts,
  given: {
    readonly controller: ControllerId;
    readonly product: string;
    readonly role: string;
    readonly named: string;
  },
): Promise<Writer> {
  const { controller, product, role, named } = given;
  if (!ports.agreements.of(controller).products.some(({ id }) => id === product))
    throw fault("SUPPORT_FIELD_BAD", { place: "product" });
  if (role !== "teacher" && role !== "administrator") throw fault("SUPPORT_FIELD_BAD", { place: "role" });
  const who = readNamedPerson(named);
  const subject = who && (await personIfKnown(ports, controller, who));
  if (subject === undefined) throw fault("SUPPORT_FIELD_BAD", { place: "subject" });
  return { controller, product, role, origin: "outsideGar", subject };
}

function controllerNamed(text: string): ControllerId {
  try {
    return controllerId(text);
  } catch (cause) {
    if (!isFault(cause)) throw cause;
    throw fault("SUPPORT_FIELD_BAD", { place: "client", cause });
  }
}
