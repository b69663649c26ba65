/** Packages that wait to be destroyed, by the end of their time. @clause D10.1a */
import type { Due, DueScope } from "@preau/kernel";
import { clauseOf } from "./export-order-events.ts";
import type { ExportPorts } from "./export-ports.ts";
import { listOrders } from "./store/orders.ts";
import { textsOf } from "./texts.ts";

const MOST = 1_000;

export function exportDues(ports: Pick<ExportPorts, "unitOfWork">) {
  return async ({ controller, before }: DueScope): Promise<readonly Due[]> => {
    const made = await ports.unitOfWork.transaction((unit) =>
      listOrders(unit, controller, { states: ["ready", "fetched"], limit: MOST }),
    );
    return made.flatMap(({ id, controller: whose, what, destroyBy }) =>
      destroyBy === undefined || destroyBy >= before
        ? []
        : [
            {
              id,
              controller: whose,
              clause: clauseOf(what.kind),
              title: { en: textsOf("en").dueTitle, fr: textsOf("fr").dueTitle },
              dueAt: destroyBy,
              href: `/exports/${id}`,
            },
          ],
    );
  };
}
