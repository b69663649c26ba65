/** `preau request …`: takes in, assigns, passes on and does, at the machine's own terminal. */
import { open } from "node:fs/promises";
import path from "node:path";
import {
  type AssignedPerson,
  assignInquiry,
  dataSubjectRequestsOptions,
  dataSubjectRequestsPlugin,
  executeRequest,
  makeRelayLink,
  noteInaccurateData,
  personNamed,
  receiveMail,
  recordHandOver,
  renewRelay,
  viewRequest,
} from "@preau/data-subject-requests";
import { controllerId, isFault, type RequesterRole } from "@preau/kernel";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";
import { bytesOf, idIn, instantIn, mattersIn, subjectIn, textOfInput } from "./request-options.ts";
import { requestTexts } from "./request-texts.ts";

interface Json {
  readonly json?: boolean;
}

/** Whoever sits at the machine does it in the name of the publisher's officer. */
const OFFICER = { role: "publisherDpo" } as const;
const MOST_MAIL = 26_214_400;

/** 0 when it was taken in, or stood already; 1 when no person wrote it. @throws REQUEST_MAIL_UNREADABLE */
export async function requestReceiveCommand(
  context: CommandContext,
  given: Json & { readonly mail: string; readonly receivedAt?: string },
): Promise<number> {
  const raw = await mailIn(context, given.mail);
  const receivedAt = instantIn(given.receivedAt, "--received-at", context.clock.now());
  return withHub(context, {}, async (hub) => {
    const taken = await receiveMail(hub.ports, optionsOf(hub), raw, receivedAt);
    await hub.sequencer.runOnce();
    const words = wordsOf(context);
    if (given.json === true) context.out(`${JSON.stringify({ schema: "preau.mailTaken/1", ...taken })}\n`);
    else if (taken.kind === "dropped") context.out(`${words.dropped[taken.why]}\n`);
    else context.out(`${taken.isNew ? words.taken : words.again}: ${taken.inquiry}\n`);
    return taken.kind === "dropped" ? 1 : 0;
  });
}

export interface AssignArguments extends Json {
  readonly controller: string;
  readonly matter: string;
  readonly subject?: string;
  readonly role?: string;
  readonly concernsStdin?: boolean;
  readonly text?: string;
}

/** 0, with the requests. @throws what the desk refuses: 2, nothing written */
export async function requestAssignCommand(
  context: CommandContext,
  id: string,
  given: AssignArguments,
): Promise<number> {
  const inquiry = idIn("inq", id, "inquiry");
  const controller = controllerId(given.controller);
  const matters = mattersIn(given.matter);
  const role = roleIn(given.role);
  if (given.text !== undefined && given.text !== "none" && given.text !== "whole")
    throw fault("HUB_BAD_ARGUMENT", { place: "--text" });
  const text = given.text ?? "none";
  const concerns = given.concernsStdin === true ? await textOfInput(context, "--concerns-stdin") : undefined;
  const named = subjectIn(given.subject);
  return withHub(context, {}, async (hub) => {
    const subject = await personNamed(hub.ports, controller, named);
    const person: AssignedPerson = { controller, matters, subject, role, concerns, text };
    const requests = await assignInquiry(hub.ports, { inquiry, persons: [person], by: OFFICER });
    return answer(context, hub, given, { inquiry, requests });
  });
}

/** 0; with `--link`, the link stands on stdout, this once. @throws REQUEST_NO_OFFICER, REQUEST_NO_TIME_LEFT, REQUEST_OVER */
export async function requestForwardCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly link?: boolean },
): Promise<number> {
  const request = idIn("rqs", id, "request");
  return withHub(context, {}, async (hub) => {
    const { ports, config } = hub;
    const { request: one } = await viewRequest(ports, "all", request);
    if (given.link !== true) {
      const { id: relay, until } = await renewRelay(ports, one, OFFICER);
      return answer(context, hub, given, { request, relay, until });
    }
    const made = await makeRelayLink(ports, one, OFFICER);
    const { relay } = made;
    const link = new URL(made.path, config.publicUrl).href;
    return answer(context, hub, given, { request, relay: relay.id, until: relay.until, link });
  });
}

/** 0. @throws REQUEST_FIELD_BAD, REQUEST_OVER */
export async function requestHandOverCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly at?: string; readonly reference: string },
): Promise<number> {
  const request = idIn("rqs", id, "request");
  const at = instantIn(given.at, "--at", context.clock.now());
  return withHub(context, {}, async (hub) => {
    const { request: one } = await viewRequest(hub.ports, "all", request);
    await recordHandOver(hub.ports, one, { at, reference: given.reference, by: OFFICER });
    return answer(context, hub, given, { request, at });
  });
}

/** 0 when it ended well, 3 while it goes on or waits for somebody. @throws REQUEST_NOT_INSTRUCTED: 2, nothing written */
export async function requestExecuteCommand(
  context: CommandContext,
  id: string,
  given: Json & { readonly instruction: string; readonly purpose?: string },
): Promise<number> {
  const request = idIn("rqs", id, "request");
  const instruction = idIn("ins", given.instruction, "--instruction");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const { request: one } = await viewRequest(ports, "all", request);
    await executeRequest(ports, {
      ...{ controller: one.controller, request, instruction, by: OFFICER },
      ...(given.purpose === undefined ? {} : { purpose: given.purpose }),
    });
    await hub.worker.drain();
    const { actions } = await viewRequest(ports, "all", request);
    const action = actions.find((each) => each.instruction === instruction);
    const { state, verdict = "PENDING", thing } = action ?? {};
    await answer(context, hub, given, { request, action: action?.id, state, verdict, thing });
    return verdict === "PASS" ? 0 : verdict === "FAILED" ? 1 : 3;
  });
}

export interface ReportArguments extends Json {
  readonly controller: string;
  readonly place: string;
  readonly subject?: string;
  readonly learntAt?: string;
}

/** 0, with the report's id. @throws REQUEST_FIELD_BAD, REQUEST_NO_CONTROLLER */
export async function requestReportCommand(context: CommandContext, given: ReportArguments): Promise<number> {
  const controller = controllerId(given.controller);
  const learntAt = instantIn(given.learntAt, "--learnt-at", context.clock.now());
  const named = subjectIn(given.subject);
  const what = await textOfInput(context, "stdin");
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const subject = await personNamed(ports, controller, named);
    const report = await ports.unitOfWork.transaction((unit) =>
      noteInaccurateData(unit, ports, {
        ...{ controller, subject, place: given.place, what, learntAt, by: { role: "operations" } },
      }),
    );
    return answer(context, hub, given, { report });
  });
}

async function answer(
  context: CommandContext,
  hub: Hub,
  { json }: Json,
  done: Readonly<Record<string, string | readonly string[] | undefined>>,
): Promise<number> {
  await hub.sequencer.runOnce();
  if (json === true) context.out(`${JSON.stringify(done)}\n`);
  else
    for (const [name, value] of Object.entries(done))
      if (value !== undefined)
        context.out(`${name}: ${typeof value === "string" ? value : value.join(" ")}\n`);
  return 0;
}

/** @throws HUB_FILE_UNREADABLE; HUB_BAD_ARGUMENT for one that is larger than a mail */
async function mailIn(context: CommandContext, file: string): Promise<Buffer> {
  if (file === "-") {
    if (context.input === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--mail" });
    return bytesOf(context.input, MOST_MAIL, "--mail");
  }
  try {
    const handle = await open(path.resolve(context.cwd, file));
    return await bytesOf(handle.createReadStream(), MOST_MAIL, "--mail");
  } catch (cause) {
    if (isFault(cause)) throw cause;
    throw fault("HUB_FILE_UNREADABLE", { place: "--mail", cause });
  }
}

function roleIn(text: string | undefined): RequesterRole | undefined {
  if (text === undefined) return undefined;
  const found = (["pupil", "guardian", "teacher", "other"] as const).find((each) => each === text);
  if (found === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--role" });
  return found;
}

function optionsOf(hub: Hub) {
  const configured = hub.plugins.find(({ plugin }) => plugin.id === dataSubjectRequestsPlugin.id)?.options;
  return dataSubjectRequestsOptions.parse(configured);
}

function wordsOf(context: CommandContext) {
  return requestTexts[terminalLanguage(context.environment)];
}
