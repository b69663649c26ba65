/** The forms of the ledger: what an instruction reaches, and the writing behind it. */
import { type LocalDate, localDate, startOfDay } from "@preau/calendar";
import {
  addMillis,
  errors,
  faultsOf,
  type Instant,
  type InstructionKind,
  type InstructionScope,
  instructionKinds,
  isFault,
  type Operation,
  type SubjectId,
  type Writing,
} from "@preau/kernel";

const kernelFault = faultsOf(errors);
const MINUTE = 60_000;
const DAY = 86_400_000;

/** The clause that a kind is about, offered where none is named. */
export const clauseOfKind: Readonly<Record<InstructionKind, string>> = {
  answerDataSubject: "D10.1c",
  erase: "D12.1",
  export: "D10.1a",
  restrict: "D10.1a",
  liftRestriction: "D10.1a",
  rectify: "D10.1a",
  objectToProcessing: "D10.1a",
  opposeAnonymisation: "D13.3",
  handOver: "S11",
  transfer: "D9.2",
  reuseSample: "S4",
  observePractices: "S14",
  staffAccess: "DB.n",
  register: "D5",
  other: "D6.1c",
};

function bad(place: string, cause?: unknown) {
  return kernelFault("INSTRUCTION_BAD", { place, cause });
}

/** @throws INSTRUCTION_BAD */
export function kindIn(form: URLSearchParams): InstructionKind {
  const kind = instructionKinds.find((each) => each === form.get("kind"));
  if (kind === undefined) throw bad("kind");
  return kind;
}

export function scopeIn(form: URLSearchParams): InstructionScope {
  const words = (name: string) => {
    const list = (form.get(name) ?? "").split(/[\s,;]+/).filter((each) => each !== "");
    return list.length === 0 ? undefined : list;
  };
  const one = (name: string) => form.get(name)?.trim() || undefined;
  const [product, subject] = [one("product"), one("subject")];
  const lists = {
    operations: words("operations") as readonly Operation[] | undefined,
    ...{ recipients: words("recipients"), purposes: words("purposes"), categories: words("categories") },
    ...{ about: words("about"), fields: words("fields") },
  };
  return {
    ...(product === undefined ? {} : { product }),
    ...(subject === undefined ? {} : { subject: subject as SubjectId }),
    ...Object.fromEntries(Object.entries(lists).filter(([, list]) => list !== undefined)),
  };
}

/** The writing that staff hold. Day and time are those of the controller's zone. @throws INSTRUCTION_BAD naming the field */
export function writingIn(form: URLSearchParams, zone: string): Writing {
  const means = (["email", "letter", "desk"] as const).find((each) => each === form.get("means"));
  const writer = (["representative", "dpo", "contact"] as const).find((each) => each === form.get("writer"));
  if (means === undefined) throw bad("means");
  if (writer === undefined) throw bad("writer");
  const sha256 = form.get("sha256")?.trim().toLowerCase() || undefined;
  return {
    ...{ receivedAt: momentIn(form, zone), means, writer, reference: (form.get("reference") ?? "").trim() },
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** The last instant of a day. @throws INSTRUCTION_BAD */
export function lastInstantOf(text: string, zone: string, place: string): Instant {
  const day = dayIn(text, place);
  // The next midnight: a day has 23 to 25 hours.
  const next = localDate(new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10));
  return addMillis(startOfDay(zone, next), -1);
}

export function firstInstantOf(text: string, zone: string, place: string): Instant {
  return startOfDay(zone, dayIn(text, place));
}

function momentIn(form: URLSearchParams, zone: string): Instant {
  const midnight = startOfDay(zone, dayIn(form.get("day") ?? "", "day"));
  const time = form.get("time")?.trim() ?? "";
  if (time === "") return midnight;
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:hH]([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) throw bad("time");
  const wanted = Number(hours) * 60 + Number(minutes);
  const at = addMillis(midnight, wanted * MINUTE);
  // On the two days on which the clocks are changed, midnight and that hour are not as far apart as they read.
  return addMillis(at, (wanted - minutesOfDay(zone, at)) * MINUTE);
}

function dayIn(text: string, place: string): LocalDate {
  try {
    return localDate(text.trim());
  } catch (cause) {
    if (!isFault(cause)) throw cause;
    throw bad(place, cause);
  }
}

function minutesOfDay(zone: string, at: Instant): number {
  const shown = new Intl.DateTimeFormat("en-GB", {
    ...{ timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  }).format(Date.parse(at));
  return Number(shown.slice(0, 2)) * 60 + Number(shown.slice(3));
}
