/** `preau support list`, `show` and `offer`: states and clocks; words on purpose alone, with a reason in the journal. */
import type { Origin } from "@preau/kernel";
import {
  accessReasons,
  type CasesShown,
  caseViews,
  offerJson,
  offerSupport,
  openCases,
  type ShownCase,
  showCase,
  showLines,
  textsOf,
  viewCases,
  wordOf,
} from "@preau/support-bridge";
import { fault } from "../errors.ts";
import { alignedTable } from "./aligned-table.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { terminalLanguage } from "./report-error.ts";
import { idIn } from "./request-options.ts";
import { AGENT, controllerIn, personIn, supportOptionsOf } from "./support-options.ts";
import { supportTexts } from "./support-texts.ts";

interface Json {
  readonly json?: boolean;
}

export interface SupportListArguments extends Json {
  readonly controller?: string;
  readonly view?: string;
  readonly page?: string;
}

/** 0; 1 when something is left to erase by hand, or a right to be decided on is late. */
export async function supportListCommand(
  context: CommandContext,
  given: SupportListArguments,
): Promise<number> {
  const view = caseViews.find((each) => each === (given.view ?? "open"));
  if (view === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--view" });
  const page = Number(given.page ?? 1);
  if (!Number.isInteger(page) || page < 1) throw fault("HUB_BAD_ARGUMENT", { place: "--page" });
  const scope = given.controller === undefined ? "all" : controllerIn(given.controller);
  return withHub(context, {}, async ({ ports }) => {
    const shown = await viewCases(ports, scope, { view, page });
    if (given.json === true)
      context.out(`${JSON.stringify({ schema: "preau.supportCases/1", view, page, ...shown })}\n`);
    else context.out(listText(context, shown, view));
    const now = context.clock.now();
    const isLate = shown.rows.some(({ proposalDueAt }) => proposalDueAt !== undefined && proposalDueAt < now);
    return shown.counts.stuck > 0 || isLate ? 1 : 0;
  });
}

function listText(context: CommandContext, { rows, counts }: CasesShown, view: keyof CasesShown["counts"]) {
  const { cases } = textsOf(terminalLanguage(context.environment));
  const head = caseViews.map((each) => [String(counts[each]), cases.viewNames[each]]);
  const table = rows.map(({ line, proposalDueAt }) => [
    ...[line.id, line.controller, cases.sides[line.side], cases.states[line.state], line.lastAt],
    proposalDueAt ?? cases.notDue,
  ]);
  return [
    alignedTable(head),
    `\n${cases.viewNames[view]}\n`,
    rows.length === 0 ? `${cases.empties[view]}\n` : alignedTable(table),
  ].join("");
}

export interface SupportShowArguments extends Json {
  readonly words?: boolean;
  readonly why?: string;
}

/** 0; 1 where the words were asked for and may not be shown. @throws HUB_BAD_ARGUMENT for a case that is none */
export async function supportShowCommand(
  context: CommandContext,
  id: string,
  given: SupportShowArguments,
): Promise<number> {
  const one = idIn("sup", id, "case");
  const reason = accessReasons.find((each) => each === given.why);
  if (given.words === true && reason === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--why" });
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const asked = { scope: "all", id: one } as const;
    const shown = await ports.unitOfWork.transaction(async (unit) => {
      const lines = await showLines(unit, asked);
      if (lines === undefined || given.words !== true || reason === undefined) return lines;
      await openCases(unit, ports, lines.line, { by: AGENT, reason });
      return showCase(unit, ports, supportOptionsOf(hub), asked);
    });
    if (shown === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "case" });
    await hub.sequencer.runOnce();
    if (given.json === true) context.out(`${JSON.stringify({ schema: "preau.supportCase/1", ...shown })}\n`);
    else context.out(caseText(context, shown));
    return shown.withheld === undefined ? 0 : 1;
  });
}

function caseText(context: CommandContext, { line, words, withheld }: ShownCase): string {
  const language = terminalLanguage(context.environment);
  const { cases } = textsOf(language);
  const { facts } = cases;
  const optional = (name: string, value: string | undefined) => (value === undefined ? [] : [[name, value]]);
  return [
    alignedTable([
      [line.id, line.controller],
      [facts.state, cases.states[line.state]],
      [facts.side, `${cases.sides[line.side]} · ${wordOf(cases.reasons, line.reason)}`],
      [facts.desk, cases.desks[line.desk]],
      ...optional(facts.product, line.product),
      ...optional(facts.role, line.role),
      ...optional(cases.answerPerson, line.subject),
      [facts.opened, line.openedAt],
      ...optional(facts.closed, line.closedAt),
      ...optional(facts.gone, line.textGoneAt),
    ]),
    ...(withheld === undefined ? [] : [`\n${cases.withheld}: ${withheld.clause ?? ""} ${withheld.reason}\n`]),
    `\n${cases.messages}\n`,
    ...words.map(({ line: each, said }) =>
      [
        `${each.id}  ${each.receivedAt}  ${each.from === "agent" ? cases.agent : cases.person}`,
        `  ${cases.wordsStates[each.state]}`,
        each.proposal === "none" ? "" : `  ${cases.proposals[each.proposal]}: ${each.matters.join(", ")}`,
        each.inquiry === undefined ? "" : `  ${each.inquiry}`,
        said === undefined ? "\n" : `\n    ${said.text.replaceAll("\n", "\n    ")}\n`,
      ].join(""),
    ),
  ].join("");
}

export interface OfferArguments extends Json {
  readonly controller: string;
  readonly subject: string;
  readonly product: string;
  readonly origin: string;
  readonly role: string;
}

/** 0 for the desk or the form, 1 for neither; what an LMS would be told, without the token. */
export async function supportOfferCommand(context: CommandContext, given: OfferArguments): Promise<number> {
  const origin = (["gar", "outsideGar"] as const).find((each) => each === given.origin);
  if (origin === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--origin" });
  const controller = controllerIn(given.controller);
  return withHub(context, {}, async (hub) => {
    const { ports } = hub;
    const subject = await personIn(hub, controller, given.subject);
    if (subject === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--subject" });
    const { product, role } = given;
    const person = { controller, product, role, origin: origin satisfies Origin, subject };
    const offer = await ports.unitOfWork.transaction((unit) =>
      offerSupport(unit, ports, supportOptionsOf(hub), person),
    );
    // A token opens a conversation in somebody's name: it goes to the LMS, never onto a terminal.
    const { token: _token, crisp: _crisp, ...told } = { token: "", crisp: [], ...offerJson(offer) };
    const language = terminalLanguage(context.environment);
    const { offers } = supportTexts[language];
    const says = "remedy" in told ? `${told.reason}, ${told.clause}. ${told.remedy[language]}` : told.desk;
    if (given.json === true) context.out(`${JSON.stringify(told)}\n`);
    else context.out(`${offers[offer.channel]}: ${says}\n`);
    return offer.channel === "none" ? 1 : 0;
  });
}
