/**
 * Controllers that `preau.yaml` declares: registered at the first start, with their officers and contracts. One that is
 * there already is left as it is: what was edited since holds, and the file never takes it back.
 */

import type { Agreement } from "@preau/agreement";
import { type Duration, parseDuration } from "@preau/calendar";
import {
  appointOfficer,
  attest,
  type ContractValues,
  type ControllerValues,
  type Edit,
  type LegalBasis,
  legalBases,
  type OfficerValues,
  openContract,
  type Read,
  readContractValues,
  readControllerValues,
  readOfficerValues,
  registerController,
  type SettledBasis,
  setOwnPeriod,
  settleLegalBases,
  statementsOf,
} from "@preau/contracts";
import { type ControllerId, controllerId, isFault, type Ports, type Unit } from "@preau/kernel";
import { z } from "zod";
import type { Config } from "./config.ts";
import { fault } from "./errors.ts";

const text = z.string().max(2_000);
const contractSchema = z.strictObject({
  /** Number of the contract, the controller's or the publisher's own. */
  reference: text,
  products: z.array(text).min(1),
  /** First and last day, `2026-09-01`; without a last day it runs until it is ended. */
  startsOn: text,
  endsOn: text.optional(),
  atEnd: z.enum(["return", "delete", "returnThenDelete"]).optional(),
  /** Retention rule to period, `months(12)`, within the ceilings of the agreement (D5). */
  ownPeriods: z.record(z.string(), text).default({}),
  /** Product to purpose to legal basis (D6.1a). */
  legalBases: z.record(z.string(), z.record(z.string(), z.enum(legalBases))).default({}),
  /** Whether the controller has attested what the agreement asks for (D6.0). */
  attested: z.boolean().default(false),
});

export const declaredControllerSchema = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  kind: text,
  name: text,
  legalForm: text.optional(),
  seat: text.optional(),
  siret: text.optional(),
  uai: text.optional(),
  /** In whose calendar its periods are counted; that of the UAI when absent. */
  region: text.optional(),
  zone: text.optional(),
  goodFriday: text.optional(),
  officers: z
    .array(
      z.strictObject({
        role: text,
        name: text,
        capacity: text.optional(),
        email: text.optional(),
        telephone: text.optional(),
        address: text.optional(),
      }),
    )
    .default([]),
  contracts: z.array(contractSchema).default([]),
});

type Declared = z.infer<typeof declaredControllerSchema>;

interface ReadContract {
  readonly values: ContractValues;
  readonly periods: readonly (readonly [rule: string, duration: Duration])[];
  readonly bases: readonly SettledBasis[];
  readonly attested: boolean;
}
interface ReadDeclared {
  readonly id: ControllerId;
  readonly values: ControllerValues;
  readonly officers: readonly OfficerValues[];
  readonly contracts: readonly ReadContract[];
}

/** Reads what the file declares. @throws HUB_CONFIG_INVALID at the line of the first value that cannot be used */
export function readDeclaredControllers(config: Config, agreement: Agreement): readonly ReadDeclared[] {
  return config.controllers.map((each, index) => {
    const at = ["controllers", index];
    const { id, officers, contracts, ...controller } = each;
    return {
      id: controllerId(id),
      values: good(config, at, readControllerValues(controller)),
      officers: officers.map((one, place) =>
        good(config, [...at, "officers", place], readOfficerValues(one)),
      ),
      contracts: contracts.map((one, place) =>
        readContract(config, [...at, "contracts", place], one, agreement),
      ),
    };
  });
}

function readContract(
  config: Config,
  at: readonly PropertyKey[],
  declared: Declared["contracts"][number],
  agreement: Agreement,
): ReadContract {
  const { ownPeriods, legalBases: stated, attested, products, ...rest } = declared;
  const written = { ...rest, products: products.join(" ") };
  return {
    values: good(config, at, readContractValues(written, agreement)),
    periods: Object.entries(ownPeriods).map(([rule, period]) => {
      const duration = parseDuration(period);
      if (duration === undefined)
        throw fault("HUB_CONFIG_INVALID", { place: config.placeOf([...at, "ownPeriods", rule]) });
      return [rule, duration] as const;
    }),
    bases: Object.entries(stated).flatMap(([product, purposes]) =>
      Object.entries(purposes).map(([purpose, legalBasis]: [string, LegalBasis]) => ({
        product,
        purpose,
        legalBasis,
      })),
    ),
    attested,
  };
}

function good<T>(config: Config, at: readonly PropertyKey[], read: Read<T>): T {
  if (read.issues === undefined) return read.values;
  const [issue] = read.issues;
  const place = config.placeOf([...at, issue?.field ?? ""]);
  throw fault("HUB_CONFIG_INVALID", { place, remedy: issue?.remedy });
}

/** Registers those that are not there. Two processes that start at once register each once. */
export async function registerDeclared(ports: Ports, declared: readonly ReadDeclared[]): Promise<void> {
  for (const each of declared) {
    try {
      await ports.unitOfWork.transaction(async (unit) => {
        if ((await ports.contracts.controller(unit, each.id)) === undefined)
          await register(unit, ports, each);
      });
    } catch (error) {
      if (!isFault(error, "CONTROLLER_TAKEN")) throw error;
    }
  }
}

async function register(unit: Unit, ports: Ports, declared: ReadDeclared): Promise<void> {
  const edit: Edit = { controller: declared.id, actor: { role: "system" }, version: "current" };
  await registerController(unit, ports, edit, declared.values);
  for (const officer of declared.officers) await appointOfficer(unit, ports, edit, officer);
  const statements = statementsOf(ports.agreements.of(declared.id));
  for (const { values, periods, bases, attested } of declared.contracts) {
    const contract = await openContract(unit, ports, edit, values);
    for (const [rule, duration] of periods)
      await setOwnPeriod(unit, ports, edit, { contract, rule, duration });
    if (bases.length > 0) await settleLegalBases(unit, ports, edit, { contract, bases });
    if (attested && statements.length > 0) await attest(unit, ports, edit, { contract, statements });
  }
}
