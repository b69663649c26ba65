/** The form in which the publisher's officer writes down what a controller wrote. */
import { type LocalDate, localDate, startOfDay, timeOfDay } from "@preau/calendar";
import { officerRoles } from "@preau/contracts";
import { type ControllerId, controllerId, type Instant, isFault } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type Evidence, means } from "../objection.ts";

/** @throws ANONYMISATION_NO_CONTROLLER */
export function controllerIn(form: URLSearchParams): ControllerId {
  try {
    return controllerId(form.get("controller") ?? "");
  } catch (cause) {
    throw fault("ANONYMISATION_NO_CONTROLLER", { cause });
  }
}

/** The day and time are those of the controller's zone. @throws ANONYMISATION_OBJECTION_BAD naming the field */
export function evidenceIn(form: URLSearchParams, zone: string): Evidence {
  const chosen = means.find((each) => each !== "page" && each === form.get("means"));
  const writer = officerRoles.find((each) => each === form.get("writer"));
  if (chosen === undefined || chosen === "page")
    throw fault("ANONYMISATION_OBJECTION_BAD", { place: "means" });
  if (writer === undefined) throw fault("ANONYMISATION_OBJECTION_BAD", { place: "writer" });
  const reference = form.get("reference") ?? "";
  return { receivedAt: momentIn(form, zone), means: chosen, writer, reference };
}

/** @throws ANONYMISATION_OBJECTION_BAD for what is no day or time. Without a time, the beginning of the day: a writing counts from its receipt, and nobody knows that it came later. */
export function momentIn(form: URLSearchParams, zone: string): Instant {
  const day = dayIn(form.get("day") ?? "");
  const time = form.get("time")?.trim() ?? "";
  if (time === "") return startOfDay(zone, day);
  const [, hours, minutes] = /^([01]?\d|2[0-3])[:hH]([0-5]\d)$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined)
    throw fault("ANONYMISATION_OBJECTION_BAD", { place: "time" });
  return timeOfDay(zone, day, Number(hours) * 60 + Number(minutes));
}

/** @throws ANONYMISATION_OBJECTION_BAD */
function dayIn(text: string): LocalDate {
  try {
    return localDate(text.trim());
  } catch (cause) {
    if (!isFault(cause)) throw cause;
    throw fault("ANONYMISATION_OBJECTION_BAD", { place: "day", cause });
  }
}
