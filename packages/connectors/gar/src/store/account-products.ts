import { inUnit } from "@preau/database";
import type { ControllerId, Unit } from "@preau/kernel";

/** Products that accounts of this controller are of: part of what their hashes are made from. */
export async function distinctProducts(unit: Unit, controller: ControllerId): Promise<readonly string[]> {
  return inUnit(unit)("gar_account").where({ controller }).distinct().pluck<string[]>("product");
}
