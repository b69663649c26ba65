/** The SQL of orders about one person. */
import { inUnit } from "@preau/database";
import type { ControllerId, SubjectId, Unit } from "@preau/kernel";
import type { ExportOrder } from "../export-order.ts";
import { type OrderRow, orderOf } from "./orders.ts";

/** In the order of their ids. */
export async function ordersAbout(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly (ExportOrder & { readonly restricted: boolean })[]> {
  if (subjects.length === 0) return [];
  const rows = await inUnit(unit)("exp_order")
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select<OrderRow[]>();
  return rows.map((row) => ({ ...orderOf(row), restricted: Number(row.restricted) === 1 }));
}

/** The order stays, about nobody. */
export async function forgetSubject(
  unit: Unit,
  { controller, id }: Pick<ExportOrder, "controller" | "id">,
): Promise<void> {
  await inUnit(unit)("exp_order")
    .where({ controller, id })
    .update({ subject: null, reference: null, recipients: null, passphrase: null, link: null });
}

/** How many orders it changed. */
export async function markRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  restricted: boolean,
): Promise<number> {
  return inUnit(unit)("exp_order")
    .where({ controller, subject, restricted: !restricted })
    .update({ restricted });
}

export async function writeReference(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  reference: string,
): Promise<number> {
  return inUnit(unit)("exp_order")
    .where({ controller, subject })
    .whereNotNull("reference")
    .update({ reference });
}
