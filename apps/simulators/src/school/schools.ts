/** Schools as pages name them. */
import type { Knex } from "knex";
import type { Product } from "./roles.ts";

export interface SchoolRow {
  readonly id: number;
  readonly uai: string;
  readonly name: string;
  readonly place: string;
  readonly product: Product;
  readonly mode: "open" | "administrators";
  readonly year: string;
}

export async function allSchools(knex: Knex): Promise<readonly SchoolRow[]> {
  return knex("sch_school as s")
    .join("sch_year as y", "y.id", "s.year_id")
    .orderBy("s.id")
    .select<SchoolRow[]>("s.id", "s.uai", "s.name", "s.place", "s.product", "s.mode", { year: "y.label" });
}

export async function schoolOf(knex: Knex, id: number | null): Promise<SchoolRow | undefined> {
  return (await allSchools(knex)).find((school) => school.id === id);
}
