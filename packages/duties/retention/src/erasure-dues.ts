import type { Due, DueScope, Ports } from "@preau/kernel";
import { listOpenErasures } from "./store/erasures.ts";

/** Erasures that are not closed, by the end of their clock. @clause D12.2 */
export function erasureDues(ports: Pick<Ports, "unitOfWork">) {
  return async (scope: DueScope): Promise<readonly Due[]> => {
    const open = await ports.unitOfWork.transaction((unit) =>
      listOpenErasures(unit, scope.controller, scope.before),
    );
    return open.map((erasure) => ({
      id: erasure.id,
      controller: erasure.controller,
      clause: erasure.clause,
      title: { en: "Erase an account's data", fr: "Effacer les données d’un compte" },
      dueAt: erasure.dueAt,
      href: `/erasures/${erasure.id}`,
    }));
  };
}
