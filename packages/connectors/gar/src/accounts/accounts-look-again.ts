/**
 * The second look at the connector's tables. It asks the database itself which `gar_` tables there are and reads every
 * column of them; it does not know what the first face thinks is where. What stands there as a keyed hash of an
 * identifier is made again here, with a spelling of its own. The rows of a running order, which wait for their receipt
 * under a hash of that order's persons, go from that hash in the transaction that files it: they are not counted.
 * @clause D12.2
 */
import { rawRows, tablesNow } from "@preau/database";
import { type ControllerId, canonicalJson, type LookAgain, type Traces } from "@preau/kernel";
import { distinctProducts } from "../store/account-products.ts";
import type { AccountPorts } from "./account-ports.ts";

/** A shorter text ("210") stands in every timestamp; as an identifier it is found by its hash. */
const SHORTEST = 4;

interface Needles {
  /** Whole values of a column. */
  readonly exact: ReadonlySet<string>;
  /** Parts of a column, folded. */
  readonly parts: readonly string[];
}

export function lookAgainAtAccounts({
  unitOfWork,
  vault,
}: Pick<AccountPorts, "unitOfWork" | "vault">): LookAgain {
  const needlesOf = async (
    controller: ControllerId,
    { subjects }: Traces,
    products: readonly string[],
  ): Promise<Needles> => {
    const exact = new Set<string>();
    const parts = new Set<string>();
    for (const { subject, references, texts } of subjects) {
      exact.add(subject);
      for (const { value } of references) exact.add(value);
      for (const { kind, value } of texts) {
        if (value.length >= SHORTEST) parts.add(folded(value));
        for (const product of products) {
          const scope = { controller, kind: "controller", id: controller } as const;
          exact.add(
            (await vault.mac(scope, "gar.account", canonicalJson([product, kind, value]))).toString("hex"),
          );
        }
      }
    }
    return { exact, parts: [...parts] };
  };

  return {
    lookAgain: async (controller, traces, signal) => {
      const { tables, products } = await unitOfWork.transaction(async (unit) => ({
        tables: await tablesNow(unit, "gar_"),
        products: await distinctProducts(unit, controller),
      }));
      const needles = await needlesOf(controller, traces, products);
      const hits = new Map<string, number>();
      let columns = 0;
      for (const table of tables) {
        columns += table.columns.length;
        for await (const row of rawRows(unitOfWork, table, controller)) {
          signal?.throwIfAborted();
          for (const [column, value] of Object.entries(row)) {
            if (!isHit(value, needles)) continue;
            const place = `${table.name}.${column}`;
            hits.set(place, (hits.get(place) ?? 0) + 1);
          }
        }
      }
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        referenceColumns: columns,
        textColumns: columns,
        files: 0,
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        where,
        notCovered:
          tables.length > 0 ? [] : [{ what: "gar_*", why: "the connector's tables were not found" }],
      };
    },
  };
}

function isHit(value: unknown, { exact, parts }: Needles): boolean {
  const text = Buffer.isBuffer(value) ? value.toString() : typeof value === "string" ? value : "";
  if (text === "") return false;
  if (exact.has(text)) return true;
  const whole = folded(text);
  return parts.some((part) => whole.includes(part));
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
