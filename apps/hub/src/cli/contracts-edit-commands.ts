/** The single edits of `preau contracts`: each one verb, in one unit, as an instruction of operations. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { type LocalDate, localDate, parseDuration } from "@preau/calendar";
import {
  appointOfficer,
  attest,
  type Contract,
  changeContract,
  changeController,
  type Edit,
  type EndChoice,
  endContract,
  legalBases,
  type Officer,
  openContract,
  type Read,
  readContractValues,
  readControllerValues,
  readOfficerValues,
  registerController,
  removeOfficer,
  renewContract,
  revertInstruction,
  setOwnPeriod,
  settleLegalBases,
  type Written,
  withdrawAttestation,
} from "@preau/contracts";
import { type ControllerId, controllerId, type EntryId, type Ports, type Unit } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type CommandContext, withHub } from "./command-context.ts";
import { contractsTexts } from "./contracts-texts.ts";
import { terminalLanguage } from "./report-error.ts";

export type Given = Readonly<Record<string, string | undefined>>;

interface Editing {
  readonly unit: Unit;
  readonly ports: Ports;
  readonly edit: Edit;
  readonly controller: ControllerId;
  /** The contract with the reference that was named. @throws HUB_CONTRACT_UNKNOWN */
  readonly contract: () => Promise<Contract>;
  readonly words: Given;
  readonly read: (file: string) => string;
}

/** What each command does; what it answers is what changed, or undefined when nothing did. */
const edits: Readonly<Record<string, (editing: Editing) => Promise<string | undefined>>> = {
  register: ({ unit, ports, edit, words }) =>
    registerController(unit, ports, edit, good(readControllerValues(words))).then(() => edit.controller),

  update: async ({ unit, ports, edit, controller, words }) => {
    const known = await ports.contracts.controller(unit, controller);
    if (known === undefined) throw fault("HUB_CONTROLLER_UNKNOWN");
    const { place, ...rest } = known;
    const stays = words["region"] === undefined ? { zone: place.zone, goodFriday: place.goodFriday } : {};
    const before = { ...rest, version: undefined, region: place.region, ...stays };
    return changeController(unit, ports, edit, good(readControllerValues({ ...before, ...words })));
  },

  open: ({ unit, ports, edit, words }) =>
    openContract(unit, ports, edit, good(readContractValues(words, ports.agreements.of(edit.controller)))),

  change: async ({ unit, ports, edit, contract, words }) => {
    const { id, products, ...known } = await contract();
    const endsOn = words["endsOn"] === "none" ? "" : (words["endsOn"] ?? known.endsOn);
    const named = { ...words, reference: words["newReference"] ?? known.reference, endsOn };
    const written: Written = {
      startsOn: known.startsOn,
      atEnd: known.atEnd,
      products: products.join(" "),
      ...defined(named),
    };
    const values = good(readContractValues(written, ports.agreements.of(edit.controller)));
    return changeContract(unit, ports, edit, { contract: id, values });
  },

  renew: async ({ unit, ports, edit, contract, words }) =>
    renewContract(unit, ports, edit, { contract: (await contract()).id, endsOn: day(words["endsOn"]) }),

  end: async ({ unit, ports, edit, contract, words }) =>
    endContract(unit, ports, edit, {
      contract: (await contract()).id,
      endsOn: day(words["endsOn"]),
      atEnd: words["atEnd"] as EndChoice | undefined,
    }),

  period: async ({ unit, ports, edit, contract, words }) => {
    const duration = parseDuration(words["period"] ?? "");
    if (words["period"] !== undefined && duration === undefined)
      throw fault("HUB_BAD_ARGUMENT", { place: "--period" });
    return setOwnPeriod(unit, ports, edit, {
      contract: (await contract()).id,
      rule: words["rule"] ?? "",
      duration,
    });
  },

  basis: async ({ unit, ports, edit, contract, words }) => {
    const legalBasis = legalBases.find((each) => each === words["basis"]);
    if (words["basis"] !== undefined && legalBasis === undefined)
      throw fault("HUB_BAD_ARGUMENT", { place: "--basis" });
    const basis = { product: words["product"] ?? "", purpose: words["purpose"] ?? "", legalBasis };
    return settleLegalBases(unit, ports, edit, { contract: (await contract()).id, bases: [basis] });
  },

  attest: async ({ unit, ports, edit, contract, words }) =>
    attest(unit, ports, edit, {
      contract: (await contract()).id,
      statements: (words["statements"] ?? "").split(",").map((each) => each.trim()),
    }),

  withdraw: async ({ unit, ports, edit, contract }) =>
    withdrawAttestation(unit, ports, edit, (await contract()).id),

  appoint: ({ unit, ports, edit, words, read }) =>
    appointOfficer(unit, ports, edit, good(readOfficerValues(officerIn(read(words["file"] ?? ""))))),

  dismiss: ({ unit, ports, edit, words }) =>
    removeOfficer(unit, ports, edit, words["officer"] as Officer["id"]).then(() => words["officer"]),

  revert: ({ unit, ports, edit, words }) =>
    revertInstruction(unit, ports, edit, words["instruction"] as EntryId),
};

/** 0 done; 1 when nothing differs. @throws what the verb refuses: 2, nothing written */
export async function editCommand(
  context: CommandContext,
  name: string,
  id: string,
  words: Given,
): Promise<number> {
  const controller = controllerId(id);
  const texts = contractsTexts[terminalLanguage(context.environment)];
  const read = (file: string) => readText(context, file);
  return withHub(context, {}, async ({ ports, sequencer }) => {
    const done = await ports.unitOfWork.transaction(async (unit) => {
      const edit: Edit = { controller, actor: { role: "operations" }, version: "current" };
      const contract = async () => {
        const all = await ports.contracts.contracts(unit, controller);
        const found = all.find(({ reference }) => reference === words["reference"]);
        if (found === undefined) throw fault("HUB_CONTRACT_UNKNOWN");
        return found;
      };
      return edits[name]?.({ unit, ports, edit, controller, contract, words, read });
    });
    await sequencer.runOnce();
    context.out(done === undefined ? `${texts.nothing}\n` : `${texts.written}: ${done}\n`);
    return done === undefined ? 1 : 0;
  });
}

/** @throws HUB_BAD_VALUE naming the option and its remedy */
function good<T>(read: Read<T>): T {
  if (read.issues === undefined) return read.values;
  const [issue] = read.issues;
  throw fault("HUB_BAD_VALUE", { place: issue?.field, clause: issue?.clause, remedy: issue?.remedy });
}

function day(text: string | undefined): LocalDate {
  return localDate(text ?? "");
}

function defined(words: Given): Given {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
}

function officerIn(text: string): Written {
  try {
    const value: unknown = JSON.parse(text);
    if (
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((each) => typeof each === "string")
    )
      return value as Written;
  } catch {
    // Said below: the parser's own words could quote the file.
  }
  throw fault("HUB_BAD_ARGUMENT", { place: "--file" });
}

function readText({ cwd }: CommandContext, file: string): string {
  try {
    return readFileSync(path.resolve(cwd, file), "utf8");
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: "--file", cause });
  }
}
