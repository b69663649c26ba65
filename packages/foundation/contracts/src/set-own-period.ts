/** The controller sets the retention periods, within the ceilings of the agreement. Purges go by them. @clause D5 */
import { type Agreement, type RetentionRule, retentionRules } from "@preau/agreement";
import { type Duration, formatDuration } from "@preau/calendar";
import { inUnit } from "@preau/database";
import type { EntryId, Unit } from "@preau/kernel";
import { contractToEdit, touchContract } from "./change-contract.ts";
import type { ContractId } from "./contract.ts";
import { fault } from "./errors.ts";
import { agreementOf, changesOf, type Edit, type RegistryPorts, recordInstruction } from "./instruction.ts";
import { isLongerThan } from "./longer-than.ts";
import { ownPeriodsOf, putOwnPeriod } from "./store/term-rows.ts";

export interface OwnPeriodChange {
  readonly contract: ContractId;
  readonly rule: string;
  /** Undefined: the agreement's own period holds again. */
  readonly duration?: Duration | undefined;
}

/** The retention rules whose period the agreement leaves to the controller. */
export function rulesToSet(agreement: Agreement): readonly RetentionRule[] {
  return retentionRules(agreement).filter(({ ceiling }) => ceiling);
}

/**
 * Sets, shortens or lengthens the controller's own period for a rule, or gives it back to the agreement. Undefined when
 * nothing differs.
 * @clause D5
 * @throws CONTRACT_PERIOD_TOO_LONG above the ceiling, CONTRACT_PERIOD_NOT_YOURS for a rule that is no ceiling,
 *   CONTRACT_UNKNOWN, CONTRACT_CHANGED_MEANWHILE
 */
export async function setOwnPeriod(
  unit: Unit,
  ports: RegistryPorts,
  edit: Edit,
  change: OwnPeriodChange,
): Promise<EntryId | undefined> {
  const { contract, rule, duration } = change;
  const known = await contractToEdit(unit, edit, contract);
  if (duration !== undefined) refuseTooLong(agreementOf(ports, edit), rule, duration);
  const periods = await ownPeriodsOf(inUnit(unit), edit.controller);
  const before = periods.find((each) => each.contract === contract && each.rule === rule)?.duration;
  const changes = changesOf(stateOf(rule, before), stateOf(rule, duration));
  if (changes === undefined) return undefined;
  await touchContract(unit, known);
  await putOwnPeriod(inUnit(unit), { controller: edit.controller, contract }, { rule, duration });
  return recordInstruction(unit, ports, edit, { deed: "ownPeriodSet", clause: "D5", contract, ...changes });
}

/** @throws CONTRACT_PERIOD_NOT_YOURS, CONTRACT_PERIOD_TOO_LONG */
function refuseTooLong(agreement: Agreement, rule: string, duration: Duration): void {
  const clause = agreement.controllerPeriods?.clause ?? "D5";
  const ceiling = rulesToSet(agreement).find(({ id }) => id === rule);
  if (ceiling === undefined) throw fault("CONTRACT_PERIOD_NOT_YOURS", { clause, place: rule });
  if (duration.unit === "workingDays") throw fault("CONTRACT_VALUE_BAD", { clause, place: "duration" });
  if (agreement.controllerPeriods?.within === "anything" || !isLongerThan(duration, ceiling.after)) return;
  const most = formatDuration(ceiling.after);
  throw fault("CONTRACT_PERIOD_TOO_LONG", {
    clause,
    place: rule,
    remedy: {
      en: `Clause ${ceiling.clause} sets the ceiling at ${most}: choose at most that, or have the agreement changed.`,
      fr: `La clause ${ceiling.clause} fixe le plafond à ${most} : choisissez au plus cette durée, ou faites modifier l’accord.`,
    },
  });
}

function stateOf(rule: string, duration: Duration | undefined) {
  return duration === undefined ? {} : { [rule]: formatDuration(duration) };
}
