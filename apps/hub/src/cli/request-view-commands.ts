/** `preau request list` and `show`: clocks and states, as the desk's page shows them. No name, no text. */
import {
  type DeskShown,
  type DeskView,
  deskViews,
  shownState,
  textsOf,
  viewDesk,
  viewInquiry,
  viewRequest,
} from "@preau/data-subject-requests";
import { controllerId, type InquiryId, type RequestId } from "@preau/kernel";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";
import { idIn, matterIn } from "./request-options.ts";
import { requestTexts } from "./request-texts.ts";

export interface ListArguments {
  readonly controller?: string;
  readonly view?: string;
  readonly matter?: string;
  readonly page?: string;
  readonly json?: boolean;
}

/** 0; 1 when something was not passed on in time. */
export async function requestListCommand(context: CommandContext, given: ListArguments): Promise<number> {
  const view = deskViews.find((each) => each === (given.view ?? "toForward"));
  if (view === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--view" });
  const matter = given.matter === undefined ? undefined : matterIn(given.matter);
  const page = Number(given.page ?? 1);
  if (!Number.isInteger(page) || page < 1) throw fault("HUB_BAD_ARGUMENT", { place: "--page" });
  const scope = given.controller === undefined ? "all" : controllerId(given.controller);
  return withHub(context, {}, async ({ ports }) => {
    const shown = await viewDesk(ports, scope, { view, matter, page });
    const now = context.clock.now();
    const lateInquiries = (shown.inquiries ?? []).filter(({ forwardDueAt }) => now > forwardDueAt);
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.requests/1", view, page, ...shown })}\n`);
    else context.out(listText(context, shown, view));
    return shown.counts.overdue > 0 || lateInquiries.length > 0 ? 1 : 0;
  });
}

function listText(context: CommandContext, { rows, counts, inquiries }: DeskShown, view: DeskView): string {
  const language = terminalLanguage(context.environment);
  const words = requestTexts[language];
  const { states, matters, desk, channels, inquiryStates } = textsOf(language);
  const now = context.clock.now();
  const head = Object.entries(counts.states).map(([state, many]) => [
    String(many),
    states[state as keyof typeof counts.states],
  ]);
  const dueOf = ({ forwardDueAt, answerDueAt, closedAt }: (typeof rows)[number]) =>
    view === "toForward" ? forwardDueAt : view === "withController" ? answerDueAt : closedAt;
  const waiting = (inquiries ?? []).map(({ id, channel, state, forwardDueAt }) => [
    ...[id, channels[channel], inquiryStates[state], forwardDueAt],
  ]);
  const due =
    view === "toForward" ? words.forwardBy : view === "withController" ? words.answerBy : words.closed;
  const table = rows.map((row) => [
    ...[row.id, row.controller, matters[row.matter], states[shownState(row, now)], dueOf(row) ?? "–"],
  ]);
  return [
    alignedTable([...head, [String(counts.overdue), words.overdue]]),
    ...(inquiries === undefined ? [] : [`\n${words.messages}: ${counts.inquiries}\n`, alignedTable(waiting)]),
    `\n${desk.viewNames[view]} (${due})\n`,
    rows.length === 0 ? `${words.nothingWaits}\n` : alignedTable(table),
  ].join("");
}

/** 0. @throws REQUEST_NO_REQUEST, REQUEST_NO_INQUIRY */
export async function requestShowCommand(
  context: CommandContext,
  id: string,
  given: { readonly json?: boolean },
): Promise<number> {
  return withHub(context, {}, async ({ ports }) => {
    if (id.startsWith("inq_")) {
      const shown = await viewInquiry(ports, idIn("inq", id, "id") satisfies InquiryId);
      context.out(given.json === true ? jsonOf("preau.inquiry/1", shown) : inquiryText(context, shown));
      return 0;
    }
    const shown = await viewRequest(ports, "all", idIn("rqs", id, "id") satisfies RequestId);
    context.out(given.json === true ? jsonOf("preau.requestShown/1", shown) : requestText(context, shown));
    return 0;
  });
}

function jsonOf(schema: string, shown: object): string {
  return `${JSON.stringify({ schema, ...shown })}\n`;
}

function requestText(
  context: CommandContext,
  { request, relays, actions }: Awaited<ReturnType<typeof viewRequest>>,
): string {
  const language = terminalLanguage(context.environment);
  const words = requestTexts[language];
  const { one, states, matters, roles, identities, authorities, relayStates, actionStates, outcomes } =
    textsOf(language);
  const { id, controller, matter, role, subject, outcome } = request;
  const dated = [
    [words.received, request.receivedAt],
    [words.forwardBy, request.forwardDueAt],
    [one.steps.forwarded, request.forwardedAt],
    [one.steps.opened, request.openedAt],
    [one.steps.acknowledged, request.acknowledgedAt],
    [words.answerBy, request.answerDueAt],
    [one.steps.closed, request.closedAt],
  ] as const;
  return [
    alignedTable([
      [id, controller],
      [one.right, matters[matter]],
      [one.state, states[shownState(request, context.clock.now())]],
      [one.who, roles[role]],
      [one.authority, authorities[request.authority]],
      [one.identity, identities[request.identity]],
      [one.about, subject ?? one.aboutUnknown],
      ...(outcome === undefined ? [] : [[one.outcome, outcomes[outcome]]]),
      ...dated.flatMap(([name, at]) => (at === undefined ? [] : [[name, at]])),
    ]),
    `\n${words.relays}\n`,
    alignedTable(
      relays.map(({ madeAt, how, state, reference }) => [
        ...[madeAt, one.ways[how], relayStates[state], reference ?? ""],
      ]),
    ),
    `\n${words.actions}\n`,
    alignedTable(
      actions.map(({ begunAt, matter: what, instruction, verdict, state, thing }) => [
        ...[begunAt, matters[what], instruction, verdict, actionStates[state], thing ?? ""],
      ]),
    ),
  ].join("");
}

function inquiryText(
  context: CommandContext,
  { inquiry, requests }: Awaited<ReturnType<typeof viewInquiry>>,
): string {
  const language = terminalLanguage(context.environment);
  const words = requestTexts[language];
  const { inquiry: says, inquiryStates, channels, matters, states } = textsOf(language);
  const named = (list: typeof inquiry.matters) => list.map((each) => matters[each]).join(", ") || "–";
  const now = context.clock.now();
  return [
    alignedTable([
      [inquiry.id, channels[inquiry.channel]],
      [says.state, inquiryStates[inquiry.state]],
      [words.received, inquiry.receivedAt],
      [words.forwardBy, inquiry.forwardDueAt],
      [says.said, named(inquiry.matters)],
      [says.recognised, named(inquiry.recognised)],
    ]),
    `\n${words.requests}\n`,
    alignedTable(
      requests.map((each) => [each.id, each.controller, matters[each.matter], states[shownState(each, now)]]),
    ),
  ].join("");
}
