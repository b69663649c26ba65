/** The ledger: seen, written into, taken back. @clause D6.1c */
import { instant, instructionKinds, isFault, type PreauError } from "@preau/kernel";
import { sendPage, type WebHandler, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { type Basis, basisOf } from "../basis-of.ts";
import { kernelFault } from "../errors.ts";
import { handLinkOver } from "../hand-link.ts";
import { holdsFlagged, type Instruction, NOBODY, stateOf } from "../instruction.ts";
import type { InstructionsPorts } from "../instructions-ports.ts";
import type { InstructionsOptions } from "../options.ts";
import { BasisPage } from "../pages/basis-page.tsx";
import { InstructionPage } from "../pages/instruction-page.tsx";
import { LedgerPage, ledgerStates } from "../pages/ledger-page.tsx";
import { NewInstructionPage } from "../pages/new-instruction-page.tsx";
import type { Refused } from "../pages/writing-fields.tsx";
import { flagContext, flagInstruction } from "../raise-flag.ts";
import { requireKnownWords } from "../read-scope.ts";
import { revokeByHand } from "../revoke-by-hand.ts";
import { openWords } from "../sealed-words.ts";
import { confirmInstruction, FLAG_LINK, liftFlag, withdrawInstruction } from "../settle-flag.ts";
import { flagsOf } from "../store/flag-rows.ts";
import { findInstruction } from "../store/instruction-rows.ts";
import { listInstructions } from "../store/ledger-rows.ts";
import { thingsOf } from "../store/link-rows.ts";
import { textsOf } from "../texts.ts";
import {
  actorOf,
  controllerOf,
  isKeeper,
  isOwn,
  keepers,
  ownPeople,
  readers,
  requireController,
  requireKeeper,
  scopeOf,
  writers,
} from "./ledger-access.ts";
import { clauseOfKind, kindIn, lastInstantOf, scopeIn, writingIn } from "./ledger-form.ts";

type Response = Parameters<WebHandler>[1];

export const ledgerMenu = {
  path: "/instructions",
  title: { fr: "Instructions", en: "Instructions" },
  who: readers,
} as const;

const PAGE = 100;

export function refusedOf({ language, form }: WebRequest, error: PreauError): Refused {
  return { says: error.entry.says[language], remedy: error.remedy(language), place: error.place, form };
}

/** Who sees every controller chooses one. */
export async function clientsOf(ports: InstructionsPorts, request: WebRequest) {
  const { controllers } = await ports.unitOfWork.transaction((unit) =>
    ports.contracts.everything(unit, scopeOf(request)),
  );
  return controllers;
}

export function ledgerRoutes(ports: InstructionsPorts, options: InstructionsOptions): readonly WebRoute[] {
  const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
  const holds = ({ controller }: Pick<Instruction, "controller">) =>
    holdsFlagged(ports.agreements, controller);

  const showAll: WebHandler = async (request, response) => {
    const { language, query } = request;
    const scope = scopeOf(request);
    const state = ledgerStates.find((each) => each === query["state"]);
    const kind = instructionKinds.find((each) => each === query["kind"]);
    const before = typeof query["before"] === "string" ? momentIn(query["before"]) : undefined;
    const now = ports.clock.now();
    const found = await inUnit((unit) =>
      listInstructions(unit, scope, { state, kind, before, now, limit: PAGE }),
    );
    const listed = found.map((each) => ({ ...each, state: stateOf(each, now, holds(each)) }));
    const page = (
      <LedgerPage
        {...{ language, filter: { state, kind }, several: scope === "all" }}
        instructions={listed.filter((each) => state === undefined || each.state === state)}
        writes={isOwn(request) || isKeeper(request)}
        isOwn={isOwn(request)}
        next={found.length < PAGE ? undefined : found.at(-1)?.recordedAt}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).title });
  };

  const sendForm = async (request: WebRequest, response: Response, refused?: Refused) => {
    const { language } = request;
    const controller = controllerOf(request);
    const own = isOwn(request);
    const products =
      controller === undefined
        ? []
        : ports.agreements.of(controller).products.map((each) => [each.id, each[language]] as const);
    const page = (
      <NewInstructionPage
        {...{ language, controller, products, isOwn: own, refused }}
        clients={controller === undefined ? await clientsOf(ports, request) : []}
        press={ports.ids.next("prs")}
      />
    );
    sendPage(request, response, page, {
      title: own ? textsOf(language).newTitle : textsOf(language).newTitleStaff,
    });
  };

  const showForm: WebHandler = async (request, response) => {
    const again = request.query["again"];
    const found =
      typeof again === "string"
        ? await inUnit((unit) => findInstruction(unit, scopeOf(request), again))
        : undefined;
    if (found === undefined) return sendForm(request, response);
    // What it said, to be said anew: a new instruction, with a new writing.
    const { product, subject, ...lists } = found.scope;
    const form = new URLSearchParams({ kind: found.kind });
    if (product !== undefined) form.set("product", product);
    if (subject !== undefined && subject !== NOBODY) form.set("subject", subject);
    for (const [name, list] of Object.entries(lists)) form.set(name, list.join(" "));
    if (scopeOf(request) === "all") request.query["controller"] = found.controller;
    return sendForm(request, response, { says: "", remedy: undefined, place: undefined, form });
  };

  const record: WebHandler = async (request, response) => {
    const { form } = request;
    try {
      const controller = requireController(request);
      const id = await inUnit(async (unit) => {
        const { zone } = await ports.contracts.placeOf(unit, controller);
        const kind = kindIn(form);
        const ends = form.get("endsOn")?.trim() ?? "";
        const press = form.get("press")?.slice(0, 64);
        requireKnownWords(ports.agreements.of(controller), ports.agreements.announced, scopeIn(form));
        const given = await ports.instructions.record(unit, {
          ...{ controller, kind, clause: clauseOfKind[kind], scope: scopeIn(form), by: actorOf(request) },
          ...(isOwn(request) ? {} : { writing: writingIn(form, zone) }),
          ...(ends === "" ? {} : { endsAt: lastInstantOf(ends, zone, "endsAt") }),
          ...(press ? { key: press } : {}),
        });
        return given;
      });
      response.redirect(303, `/instructions/${id}`);
    } catch (error) {
      if (!isFault(error) || error.status >= 500) throw error;
      response.status(error.status);
      await sendForm(request, response, refusedOf(request, error));
    }
  };

  /** @throws INSTRUCTION_UNKNOWN */
  const named = async (request: WebRequest): Promise<Instruction> => {
    const id = String(request.params["id"]);
    const found = await inUnit((unit) => findInstruction(unit, scopeOf(request), id));
    if (found === undefined) throw kernelFault("INSTRUCTION_UNKNOWN");
    return found;
  };

  const send = async (
    request: WebRequest,
    response: Response,
    once: { readonly link?: string; readonly refused?: Refused } = {},
  ) => {
    const { language } = request;
    const instruction = await named(request);
    const { id, controller } = instruction;
    const { things, flags } = await inUnit(async (unit) => ({
      things: await thingsOf(unit, controller, id),
      flags: await flagsOf(unit, controller, id),
    }));
    const shown = await Promise.all(
      flags.map(async ({ explained, ...flag }) => ({
        ...flag,
        words: await openWords(ports, controller, explained, flagContext(id)),
      })),
    );
    const page = (
      <InstructionPage
        {...{ language, instruction, things, flags: shown, ...once }}
        state={stateOf(instruction, ports.clock.now(), holds(instruction))}
        holds={holds(instruction)}
        clocks={
          await clocksOf(
            ports,
            instruction,
            things.map(({ thing }) => thing),
          )
        }
        isOwn={isOwn(request)}
        isKeeper={isKeeper(request)}
      />
    );
    sendPage(request, response, page, { title: textsOf(language).kinds[instruction.kind] });
  };

  const deed =
    (work: (request: WebRequest, instruction: Instruction) => Promise<void>): WebHandler =>
    async (request, response) => {
      const instruction = await named(request);
      try {
        await work(request, instruction);
        response.redirect(303, `/instructions/${instruction.id}`);
      } catch (error) {
        if (!isFault(error) || error.status >= 500) throw error;
        response.status(error.status);
        await send(request, response, { refused: refusedOf(request, error) });
      }
    };

  const revoke = deed((request, { controller, id }) =>
    inUnit(async (unit) => {
      const { zone } = await ports.contracts.placeOf(unit, controller);
      await revokeByHand(unit, ports, {
        ...{ controller, id, by: actorOf(request) },
        ...(isOwn(request) ? {} : { writing: writingIn(request.form, zone) }),
      });
    }),
  );
  const flag = deed(async (request, { controller, id }) => {
    requireKeeper(request);
    const why = request.form.get("why") ?? "";
    await flagInstruction(ports, { controller, instruction: id, by: actorOf(request), why });
  });
  const lift = deed(async (request, { controller, id }) => {
    requireKeeper(request);
    const why = request.form.get("why") ?? "";
    await liftFlag(ports, { controller, instruction: id, by: actorOf(request), why });
  });
  const confirm = deed((request, { controller, id }) =>
    confirmInstruction(ports, { controller, instruction: id, by: actorOf(request) }),
  );
  const withdraw = deed((request, { controller, id }) =>
    withdrawInstruction(ports, { controller, instruction: id, by: actorOf(request) }),
  );

  const handLink: WebHandler = async (request, response) => {
    requireKeeper(request);
    const { controller, id } = await named(request);
    const of = { controller, thing: id, purpose: FLAG_LINK, by: actorOf(request) } as const;
    const link = await inUnit((unit) => handLinkOver(unit, ports, options, of));
    await send(request, response, { link: `${options.publicUrl}${link}` });
  };

  const askBasis: WebHandler = async (request, response) => {
    const { language, query } = request;
    const controller = controllerOf(request);
    const entry = typeof query["entry"] === "string" ? query["entry"].trim() : "";
    let answer: Basis | undefined;
    let refused: Refused | undefined;
    if (entry !== "" && controller !== undefined)
      try {
        const id = entry as Parameters<typeof basisOf>[3];
        answer = (await inUnit((unit) => basisOf(unit, ports.journal, controller, id))).basis;
      } catch (error) {
        if (!isFault(error) || error.status >= 500) throw error;
        response.status(error.status);
        refused = refusedOf(request, error);
      }
    const clients = scopeOf(request) === "all" ? await clientsOf(ports, request) : [];
    const page = <BasisPage {...{ language, entry, controller, clients, answer, refused }} />;
    sendPage(request, response, page, { title: textsOf(language).ofTitle });
  };

  const read = { method: "get", who: readers, clause: "D6.1c" } as const;
  const write = { method: "post", who: writers, clause: "D6.1c" } as const;
  const doubt = { method: "post", clause: "D6.2a" } as const;
  return webRoutes([
    { ...read, path: "/instructions", handler: showAll },
    { ...write, path: "/instructions", handler: record },
    { ...read, path: "/instructions/new", who: writers, handler: showForm },
    { ...read, path: "/instructions/of", handler: askBasis },
    { ...read, path: "/instructions/:id", handler: (request, response) => send(request, response) },
    { ...write, path: "/instructions/:id/revocation", handler: revoke },
    { ...doubt, who: keepers, path: "/instructions/:id/flag", handler: flag },
    { ...doubt, who: keepers, path: "/instructions/:id/flag/lifting", handler: lift },
    { ...doubt, who: keepers, path: "/instructions/:id/link", handler: handLink },
    { ...doubt, who: ownPeople, path: "/instructions/:id/confirmation", handler: confirm },
    { ...doubt, who: ownPeople, path: "/instructions/:id/withdrawal", handler: withdraw },
  ]);
}

/** What is due of the things that were done on it, or that it is about: a flag stops none of these clocks. @clause D6.2a */
export async function clocksOf(
  ports: Pick<InstructionsPorts, "allDues" | "clock">,
  { controller, scope }: Pick<Instruction, "controller" | "scope">,
  things: readonly string[],
) {
  const ids: ReadonlySet<string> = new Set([...things, ...(scope.about ?? [])]);
  if (ports.allDues === undefined || ids.size === 0) return [];
  const dues = await ports.allDues({ controller, before: FAR });
  const isOne = ({ id, href }: (typeof dues)[number]) =>
    ids.has(id) || [...ids].some((each) => href?.split(/[/?=#]/).includes(each) === true);
  return dues.filter((due) => due.controller === controller && isOne(due));
}

/** Beyond every clock. */
const FAR = instant("2100-01-01T00:00:00.000Z");

function momentIn(text: string) {
  try {
    return instant(text);
  } catch {
    return undefined;
  }
}
