/**
 * After an objection the publisher may end the contract by plain written notice, without compensation. Never by itself: a person
 * names the contract and its last day. @clause D8.4
 */
import { type LocalDate, sayDay } from "@preau/calendar";
import { type Actor, type ContractId, type EndChoice, endContract } from "@preau/contracts";
import type { ControllerId, Language, Unit } from "@preau/kernel";
import { officers, recordAct, requireRole } from "./act.ts";
import type { ChangeId } from "./change.ts";
import { fault } from "./errors.ts";
import { TERMINATION } from "./messages.ts";
import { standingFor } from "./object.ts";
import type { SubprocessorsOptions } from "./options.ts";
import type { SubprocessorPorts } from "./ports.ts";
import { announcedTo } from "./record-receipt.ts";
import { tellOfficer } from "./tell-officer.ts";
import { type TerminationFacts, terminationText } from "./termination-text.ts";

export interface EndGiven {
  readonly controller: ControllerId;
  readonly change: ChangeId;
  readonly contract: ContractId;
  /** The contract's last day. */
  readonly endsOn: LocalDate;
  /** What becomes of the data, where the controller has chosen it with this. */
  readonly atEnd?: EndChoice;
  readonly by: Actor;
}

/**
 * The notice as it would be sent.
 * @throws SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE, SUBPROCESSORS_NOT_OBJECTED
 * @clause D8.4
 */
export async function terminationNotice(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "clock" | "contracts">,
  given: Omit<EndGiven, "atEnd" | "by">,
  language: Language,
): Promise<readonly string[]> {
  return terminationText(await termsOf(unit, ports, given, language), language);
}

/**
 * Ends the contract on that day and sends the notice where the client has an address.
 * @throws SUBPROCESSORS_NOT_ALLOWED, SUBPROCESSORS_NO_NOTICE, SUBPROCESSORS_STATE, SUBPROCESSORS_NOT_OBJECTED, and what
 * `endContract` refuses
 * @clause D8.4
 */
export async function endAfterObjection(
  unit: Unit,
  ports: SubprocessorPorts,
  options: SubprocessorsOptions,
  given: EndGiven,
): Promise<void> {
  const { controller, change, contract, endsOn, atEnd, by } = given;
  requireRole(by, officers);
  const terms = await termsOf(unit, ports, given, options.language);
  await endContract(unit, ports, { controller, actor: by, version: "current" }, { contract, endsOn, atEnd });
  await recordAct(unit, ports, {
    ...{ type: "subprocessors.contractEnded", clause: "D8.4", by, controller },
    payload: { change, contract, endsOn },
  });
  await tellOfficer(unit, ports, options, {
    ...{ controller, template: TERMINATION },
    variables: { ...terms },
    key: `subprocessors/termination/${change}/${contract}`,
  });
}

async function termsOf(
  unit: Unit,
  ports: Pick<SubprocessorPorts, "agreements" | "clock" | "contracts">,
  given: Omit<EndGiven, "atEnd" | "by">,
  language: Language,
): Promise<TerminationFacts> {
  const { notice, change } = await announcedTo(unit, given);
  const standing = await standingFor(unit, ports, notice, change);
  if (standing.is !== "OBJECTED") throw fault("SUBPROCESSORS_NOT_OBJECTED", { clause: "D8.4" });
  const contracts = await ports.contracts.contracts(unit, given.controller);
  const contract = contracts.find(({ id }) => id === given.contract);
  return {
    reference: contract?.reference ?? given.contract,
    name: change.entry.name,
    endsOn: sayDay(given.endsOn, language),
  };
}
