/** What contracts' ends and copies held make due: each step that waits for somebody, each copy by its day. @clause D6.2c, S9, S15 */
import type { Bilingual, Due, DueScope } from "@preau/kernel";
import { type ContractEnd, handsBack } from "./contract-end.ts";
import { endOfContract } from "./contract-end-terms.ts";
import { type Holding, ruleOfHolding } from "./loading-data.ts";
import { hasRestoreTest } from "./loading-data-restore-test.ts";
import { contractEndEn } from "./locales/contract-end-en.ts";
import { type ContractEndTexts, contractEndFr } from "./locales/contract-end-fr.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { certifiedContracts, liveEnds } from "./store/contract-ends.ts";
import { holdingsDue, listRestoreTests } from "./store/holdings.ts";

type Said = {
  readonly [K in keyof ContractEndTexts]: ContractEndTexts[K] extends string ? K : never;
}[keyof ContractEndTexts];

const say = (name: Said): Bilingual => ({ fr: contractEndFr[name], en: contractEndEn[name] });

export function contractEndDues(
  ports: Pick<RetentionPorts, "agreements" | "clock" | "contracts" | "unitOfWork">,
) {
  return ({ controller, before }: DueScope): Promise<readonly Due[]> =>
    ports.unitOfWork.transaction(async (unit) => {
      const now = ports.clock.now();
      const live = await liveEnds(unit, controller);
      const done = await certifiedContracts(unit, controller);
      const { contracts } = await ports.contracts.everything(unit, controller);
      const dues: Due[] = [];
      for (const contract of contracts) {
        if (contract.endsOn === undefined || done.has(contract.id)) continue;
        const place = await ports.contracts.placeOf(unit, contract.controller);
        const endsAt = endOfContract(contract, place) ?? now;
        const end = live.find((each) => each.contract === contract.id);
        const due = (title: Said, dueAt: Due["dueAt"], clause = "D6.2c"): Due => ({
          id: `${contract.id}.data`,
          controller: contract.controller,
          clause,
          title: say(title),
          dueAt,
          href: `/controllers/${contract.controller}/contract-end`,
        });
        const isOver = ports.contracts.stateOf(contract, place) === "ended";
        if (end !== undefined) dues.push(...dueOfEnd(end, endsAt, due));
        else if (isOver) dues.push(due("dueNotStarted", endsAt));
      }
      for (const holding of await holdingsDue(unit, controller, before)) {
        const tests = await listRestoreTests(unit, holding.controller);
        dues.push(dueOfHolding(ports, holding, hasRestoreTest(tests, holding)));
      }
      return dues.filter(({ dueAt }) => dueAt < before);
    });
}

function dueOfEnd(
  { state, stopped, facts }: ContractEnd,
  endsAt: Due["dueAt"],
  due: (title: Said, dueAt: Due["dueAt"], clause?: string) => Due,
): readonly Due[] {
  const { choice, windowUntil = endsAt, acknowledged, confirmed } = facts;
  if (choice === undefined) return [due("dueChoice", endsAt)];
  if (stopped !== undefined && stopped !== "notAcknowledged" && stopped !== "notConfirmed")
    return [due("dueStopped", windowUntil)];
  if (state === "chosen") return [];
  if (state === "window" && stopped === undefined) return [due("dueWindow", windowUntil, "S10")];
  if (handsBack(choice) && acknowledged === undefined) return [due("dueAcknowledge", windowUntil)];
  return confirmed === undefined ? [due("dueConfirm", windowUntil)] : [];
}

function dueOfHolding(
  { agreements }: Pick<RetentionPorts, "agreements">,
  { id, controller, store, clause, dueAt, heldSince }: Holding,
  tested: boolean,
): Due {
  const asks = ruleOfHolding(agreements, controller, store)?.condition === "restoreTested";
  return {
    id,
    controller,
    clause,
    title: say(asks && !tested ? "dueRestoreTest" : "dueHolding"),
    dueAt: dueAt ?? heldSince,
    href: `/controllers/${controller}/copies-held`,
  };
}
