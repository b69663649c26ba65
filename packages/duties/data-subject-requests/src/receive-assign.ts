/**
 * The publisher's officer says whose a message is: one request a person, right and controller. A pupil of two schools makes two
 * relays; a message that names ten makes ten, and no one's carries another's name. @clause D10.1a, D10.1b
 */
import type {
  ControllerId,
  InquiryId,
  Origin,
  RequesterRole,
  RequestId,
  RequestMatter,
  SubjectId,
  Unit,
} from "@preau/kernel";
import { roleOf } from "./authority.ts";
import type { DeskActor, DeskPorts } from "./desk-ports.ts";
import { foldWords } from "./duplicate.ts";
import { fault } from "./errors.ts";
import type { Inquiry, InquiryText } from "./inquiry.ts";
import { openInquiry } from "./inquiry-seal.ts";
import { openRequest } from "./receive-open.ts";
import { namesAnyOf } from "./relay-redact.ts";
import { type PassedText, passedText } from "./relay-text.ts";
import { recordInquiry } from "./request-journal.ts";
import type { RequestPart } from "./request-part.ts";
import { lockInquiry, updateInquiry } from "./store/inquiries.ts";

export interface AssignedPerson {
  readonly controller: ControllerId;
  readonly matters: readonly RequestMatter[];
  /** Where that person is known at this controller. */
  readonly subject?: SubjectId | undefined;
  readonly origin?: Origin | undefined;
  /** Of whoever asks. */
  readonly role?: RequesterRole | undefined;
  /** Whom it is about, as it was written, when that is not the writer. */
  readonly concerns?: string | undefined;
  /** What goes on of the text. */
  readonly text: PassedText;
}

export interface Assignment {
  readonly inquiry: InquiryId;
  readonly persons: readonly AssignedPerson[];
  readonly by: DeskActor;
}

const MOST_PERSONS = 200;
const MOST_NAME = 200;

/**
 * The requests, also those that it was merged into.
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_INQUIRY, REQUEST_OVER, REQUEST_NOBODY_ASSIGNED, REQUEST_NO_CONTROLLER,
 *   REQUEST_TEXT_NAMES_OTHERS, REQUEST_FIELD_BAD
 * @clause D10.1a, D10.1b
 */
export async function assignInquiry(
  ports: DeskPorts,
  { inquiry: id, persons, by }: Assignment,
): Promise<readonly RequestId[]> {
  if (by.role !== "publisherDpo") throw fault("REQUEST_NOT_FOR_YOU");
  if (persons.length === 0 || persons.some(({ matters }) => matters.length === 0))
    throw fault("REQUEST_NOBODY_ASSIGNED");
  if (persons.length > MOST_PERSONS) throw fault("REQUEST_FIELD_BAD", { place: "persons" });
  return ports.unitOfWork.transaction(async (unit) => {
    const inquiry = await lockInquiry(unit, id);
    if (inquiry === undefined) throw fault("REQUEST_NO_INQUIRY");
    const { state } = inquiry;
    if (state === "noRequest" || state === "closed") throw fault("REQUEST_OVER");
    const written = (await openInquiry(unit, ports, id)) ?? {};
    const opened = new Set<RequestId>();
    for (const person of persons) {
      await requireController(unit, ports, person.controller);
      const part = partOf(person, written, persons);
      for (const matter of new Set(person.matters))
        opened.add(
          (await openRequest(unit, ports, inquiry, caseOf(inquiry, person, { matter, part, by }))).id,
        );
    }
    await updateInquiry(unit, id, { state: "assigned" });
    await recordInquiry(unit, ports, id, {
      ...{ type: "data-subject-requests.assigned", by },
      payload: { requests: [...opened].toSorted() },
    });
    return [...opened].toSorted();
  });
}

function caseOf(
  inquiry: Inquiry,
  { controller, subject, origin, role, concerns }: AssignedPerson,
  {
    matter,
    part,
    by,
  }: { readonly matter: RequestMatter; readonly part: RequestPart; readonly by: DeskActor },
) {
  const isTheirs = inquiry.controller === controller && inquiry.subject !== undefined;
  const isAboutAnother = concerns !== undefined;
  const asker = isTheirs && isAboutAnother ? inquiry.subject : undefined;
  const about = isTheirs && !isAboutAnother ? inquiry.subject : subject;
  return {
    ...{ controller, matter, part, by, isAboutAnother, subject: about, requester: asker },
    origin: origin ?? (isTheirs ? inquiry.origin : undefined),
    role: roleOf(role ?? inquiry.role),
    identity: isTheirs ? ("signedIn" as const) : ("unverified" as const),
    textHeld: false,
  };
}

/** @throws REQUEST_TEXT_NAMES_OTHERS, REQUEST_FIELD_BAD */
function partOf(
  person: AssignedPerson,
  { text, name, address, concerns }: InquiryText,
  persons: readonly AssignedPerson[],
): RequestPart {
  const about = person.concerns?.trim() ?? "";
  if (about.length > MOST_NAME) throw fault("REQUEST_FIELD_BAD", { place: "concerns" });
  const others = otherNames(person, persons);
  const passed = passedText(person.text, text);
  const namesOthers = (person.text === "whole" && others.length > 0) || namesAnyOf(passed ?? "", others);
  if (namesOthers) throw fault("REQUEST_TEXT_NAMES_OTHERS", { clause: "D10.1b" });
  return {
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(about === "" ? {} : { concerns: about }),
    ...(concerns?.school === undefined || others.length > 0 ? {} : { school: concerns.school }),
    ...(passed === undefined ? {} : { text: passed }),
  };
}

/** Of the other persons of the same message; the same pupil at a second school is nobody else. */
function otherNames({ concerns }: AssignedPerson, persons: readonly AssignedPerson[]): readonly string[] {
  const own = foldWords(concerns ?? "");
  return persons.map((each) => each.concerns ?? "").filter((name) => foldWords(name) !== own);
}

/** @throws REQUEST_NO_CONTROLLER */
async function requireController(
  unit: Unit,
  { contracts }: Pick<DeskPorts, "contracts">,
  controller: ControllerId,
): Promise<void> {
  if ((await contracts.controller(unit, controller)) === undefined)
    throw fault("REQUEST_NO_CONTROLLER", { place: "controller" });
}
