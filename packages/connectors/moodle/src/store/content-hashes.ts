/** Which content files rows of `files` point at. Many rows may share one content. */
import type { Database } from "@preau/database";

const CHUNK = 500;

/** How many rows of `files` point at each of these contents. Contents without a row are absent. */
export async function rowsByContent(
  { knex }: Pick<Database, "knex">,
  prefix: string,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let start = 0; start < hashes.length; start += CHUNK) {
    const rows: { contenthash: string; amount: number | string }[] = await knex
      .select("contenthash")
      .count({ amount: "*" })
      .from(`${prefix}files`)
      .whereIn("contenthash", hashes.slice(start, start + CHUNK))
      .groupBy("contenthash");
    for (const { contenthash, amount } of rows) counts.set(contenthash, Number(amount));
  }
  return counts;
}
