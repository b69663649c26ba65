/** What `preau doctor` finds about what clients signed: whose annex C was never seen, everything is shut for. @figure D8.1 */
import { unknownAnnexes } from "@preau/subprocessors";
import type { Hub } from "../hub.ts";
import type { Finding } from "./doctor-command.ts";

const check = "annex C known";

export async function annexFindings({ ports }: Pick<Hub, "ports">): Promise<readonly Finding[]> {
  const unknown = await ports.unitOfWork.transaction((unit) => unknownAnnexes(unit, ports));
  if (unknown.length === 0)
    return [{ check, result: "PASS", evidence: "of every contract that is not over" }];
  return unknown.map(({ agreement, contracts }) => ({
    check,
    result: "FAIL" as const,
    evidence: `ANNEX_UNKNOWN: ${contracts} contracts were signed with ${agreement}`,
    remedy: "Have that agreement remembered: `preau subprocessors baseline` with its folder (D8.1).",
  }));
}
