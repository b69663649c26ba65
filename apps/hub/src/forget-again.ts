/**
 * After a restore of the hub's own database: whoever was erased since then has no key any more, in a store that was not
 * restored with it, so that nothing of theirs opens. Their rows in the directory go again, by that. towards D12.3
 */
import type { SubjectId } from "@preau/kernel";
import type { Hub } from "./hub.ts";

const PAGE = 500;

/** How many subjects were forgotten again. */
export async function forgetAgain({ ports }: Pick<Hub, "ports">): Promise<number> {
  const { unitOfWork, subjects, vault, contracts } = ports;
  if (subjects.list === undefined) return 0;
  const { controllers } = await unitOfWork.transaction((unit) => contracts.everything(unit, "all"));
  let forgotten = 0;
  for (const { id: controller } of controllers) {
    for (let after: SubjectId | undefined; ; ) {
      const page = after === undefined ? { limit: PAGE } : { after, limit: PAGE };
      const known = await unitOfWork.transaction(
        async (unit) => (await subjects.list?.(unit, controller, page)) ?? [],
      );
      for (const id of known) {
        if ((await vault.destruction({ controller, kind: "subject", id })) === undefined) continue;
        await unitOfWork.transaction((unit) => subjects.forget(unit, controller, id));
        forgotten += 1;
      }
      after = known.at(-1);
      if (known.length < PAGE) break;
    }
  }
  return forgotten;
}
