/** What a form says of a request. Nothing is asked for twice, and what is empty is not there. */
import { createHash } from "node:crypto";
import {
  dataSubjectRights,
  type Instant,
  type Language,
  otherRequests,
  type ReceivedRequest,
  type RequestChannel,
  type RequesterRole,
  type RequestMatter,
} from "@preau/kernel";
import type { WebRequest } from "@preau/web";
import { requesterRoles } from "../pages/intake-page.tsx";

const LONGEST_TEXT = 20_000;
const PRESS = /^prs_[0-9a-z]{26}$/;
const LONGEST = { name: 200, address: 320, school: 300 } as const;

/** How the agreement calls the persons that it is about, and how they ask here. */
const ROLE_OF: Readonly<Record<string, RequesterRole>> = {
  ...{ pupil: "pupil", child: "pupil", teacher: "teacher", parent: "guardian" },
};

/** Somebody signed in as the person that data is about. */
export function knownPerson({
  session,
}: Pick<WebRequest, "session">): NonNullable<ReceivedRequest["requester"]> | undefined {
  const { subject, controller, origin, role = "" } = session?.data ?? {};
  if (subject === undefined || controller === undefined) return undefined;
  return {
    ...{ subject, controller, role: ROLE_OF[role] ?? "other" },
    ...(origin === undefined ? {} : { origin }),
  };
}

/** The field that is wrong, or undefined. */
export function wrongIntake(form: URLSearchParams): string | undefined {
  const text = textIn(form);
  if (text !== undefined && text.length > LONGEST_TEXT) return "text";
  return text === undefined && mattersIn(form).length === 0 ? "asks" : undefined;
}

export interface Came {
  readonly channel: RequestChannel;
  readonly receivedAt: Instant;
  readonly language: Language;
  readonly key: string;
}

export function requestIn(
  form: URLSearchParams,
  came: Came,
  known: ReceivedRequest["requester"],
): ReceivedRequest {
  const field = (name: string, most: number) => form.get(name)?.trim().slice(0, most) || undefined;
  const [text, matters] = [textIn(form), mattersIn(form)];
  const role = requesterRoles.find((each) => each === form.get("role"));
  const person = { role, name: field("name", LONGEST.name), address: field("address", LONGEST.address) };
  const concerns = {
    name: field("pupil", LONGEST.name),
    school: known === undefined ? field("school", LONGEST.school) : undefined,
  };
  return {
    ...came,
    ...(text === undefined ? {} : { text }),
    ...(matters.length === 0 ? {} : { matters }),
    requester: known ?? present(person),
    ...(concerns.name === undefined && concerns.school === undefined ? {} : { concerns: present(concerns) }),
  };
}

/** Of a form that was drawn here; of any other, one that nobody else has. */
export function pressIn(form: URLSearchParams, otherwise: () => string): string {
  const press = form.get("press") ?? "";
  return PRESS.test(press) ? press : otherwise();
}

/**
 * Under which a form is taken in once. The same press of the same words is the same; whoever went back and wrote something else,
 * for a second child, asks for that too.
 */
export function keyOfForm(form: URLSearchParams, press: string): string {
  const words = [...form].filter(([name]) => !name.startsWith("_") && name !== "press");
  const digest = createHash("sha256").update(JSON.stringify(words.toSorted())).digest("base64url");
  return `${press} ${digest}`;
}

function mattersIn(form: URLSearchParams): readonly RequestMatter[] {
  return [...dataSubjectRights, ...otherRequests].filter((matter) => form.has(`ask-${matter}`));
}

function textIn(form: URLSearchParams): string | undefined {
  const text = form.get("text")?.replaceAll("\r\n", "\n").trim();
  return text === "" ? undefined : text;
}

function present<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
