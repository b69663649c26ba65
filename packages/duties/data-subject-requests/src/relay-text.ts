/**
 * What goes on of a text that was held back: a person of the publisher's has looked at whom it names, and passes on all of it, an
 * extract, or nothing. @clause D10.1b
 */
import type { ControllerId, RequestId, Unit } from "@preau/kernel";
import type { DeskActor, DeskPorts } from "./desk-ports.ts";
import { foldWords } from "./duplicate.ts";
import { fault } from "./errors.ts";
import { openInquiry, openPart, sealPart } from "./inquiry-seal.ts";
import { namesAnyOf } from "./relay-redact.ts";
import { isOpen, type Request } from "./request.ts";
import { recordRequest } from "./request-journal.ts";
import type { RequestPart } from "./request-part.ts";
import { lockRequest, requestsOfInquiry, updateRequest } from "./store/requests.ts";

export type PassedText = "whole" | "none" | { readonly extract: string };

const MOST_TEXT = 20_000;

/**
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER, REQUEST_FIELD_BAD, REQUEST_TEXT_NAMES_OTHERS where the same
 *   message is about several persons and all of it would go
 * @clause D10.1b
 */
export async function releaseText(
  ports: DeskPorts,
  controller: ControllerId,
  id: RequestId,
  { text, by }: { readonly text: PassedText; readonly by: DeskActor },
): Promise<void> {
  if (by.role !== "publisherDpo") throw fault("REQUEST_NOT_FOR_YOU");
  return ports.unitOfWork.transaction(async (unit) => {
    const request = await lockRequest(unit, controller, id);
    if (request === undefined) throw fault("REQUEST_NO_REQUEST");
    if (!isOpen(request)) throw fault("REQUEST_OVER");
    const written = await openInquiry(unit, ports, request.inquiry);
    const { text: _before, ...part } = (await openPart(unit, ports, request)) ?? {};
    const passed = passedText(text, written?.text);
    const others = await othersIn(unit, ports, request, part);
    const isWhole = text === "whole" && others.length > 0;
    if (isWhole || (passed !== undefined && namesAnyOf(passed, others)))
      throw fault("REQUEST_TEXT_NAMES_OTHERS", { clause: "D10.1b" });
    const sealed = await sealPart(ports, request, passed === undefined ? part : { ...part, text: passed });
    await updateRequest(unit, request, { sealed, textHeld: passed === undefined && text !== "none" });
    await recordRequest(unit, ports, request, {
      ...{ type: "data-subject-requests.textReleased", by },
      payload: { passed: typeof text === "string" ? text : "extract" },
    });
  });
}

/** The other persons whom the same message is about, as they were written; one whose name is gone already counts too. */
async function othersIn(
  unit: Unit,
  ports: Pick<DeskPorts, "vault">,
  request: Request,
  part: RequestPart,
): Promise<readonly string[]> {
  const own = foldWords(personIn(part));
  const others: string[] = [];
  for (const each of await requestsOfInquiry(unit, request.inquiry)) {
    if (each.id === request.id) continue;
    const other = await openPart(unit, ports, each);
    const name = other === undefined ? "" : personIn(other);
    const isSame = other === undefined ? each.subject === request.subject : foldWords(name) === own;
    if (!isSame) others.push(name);
  }
  return others;
}

function personIn({ concerns, name }: RequestPart): string {
  return concerns ?? name ?? "";
}

/** @throws REQUEST_FIELD_BAD for an extract that is too long */
export function passedText(text: PassedText, whole: string | undefined): string | undefined {
  if (text === "none") return undefined;
  if (text === "whole") return whole;
  if (text.extract.length > MOST_TEXT) throw fault("REQUEST_FIELD_BAD", { place: "extract" });
  return text.extract.trim() === "" ? undefined : text.extract;
}
