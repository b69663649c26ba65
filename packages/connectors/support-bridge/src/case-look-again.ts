/**
 * The second look at the bridge's tables: it asks the database which `spt_` tables there are and reads every column of them. What is
 * sealed is opened where its key still stands; the marks of accounts are made again here, in a spelling of their own. @clause D12.2
 */
import { PUBLISHER } from "@preau/contracts";
import { rawRows, tablesNow } from "@preau/database";
import type { ControllerId, LookAgain, NotCovered, Traces } from "@preau/kernel";
import type { CaseSourcePorts } from "./case-personal-data.ts";

/** A shorter text ("210") stands in every instant. */
const SHORTEST = 4;

export function lookAgainAtCases({
  unitOfWork,
  vault,
}: Pick<CaseSourcePorts, "unitOfWork" | "vault">): LookAgain {
  const needlesOf = async (controller: ControllerId, { subjects }: Traces) => {
    const exact = new Set<string>();
    const parts = new Set<string>();
    for (const { subject, references, texts } of subjects) {
      exact.add(subject);
      for (const { value } of references) if (value.length >= SHORTEST) exact.add(value);
      for (const { kind, value } of texts) {
        if (value.length >= SHORTEST) parts.add(folded(value));
        exact.add(await markOf(controller, kind, value));
      }
    }
    return { exact, parts: [...parts] };
  };

  const markOf = async (controller: ControllerId, kind: string, value: string): Promise<string> => {
    const own = { controller: PUBLISHER, kind: "controller", id: PUBLISHER } as const;
    const bytes = await vault.mac(own, "support-bridge.account", JSON.stringify([controller, kind, value]));
    return `acc_${bytes.subarray(0, 16).toString("hex")}`;
  };

  /** What stands under the case's key, and under the message's own; nothing once they are gone. */
  const opened = async (
    table: string,
    controller: ControllerId,
    row: Readonly<Record<string, unknown>>,
  ): Promise<string> => {
    const { id, case_id: of, sealed } = row;
    if (!Buffer.isBuffer(sealed) || typeof id !== "string") return "";
    const key = table === "spt_words" ? String(of) : id;
    const bytes = await vault.open({ controller, kind: "controller", id: key }, sealed, `${table} ${id}`);
    const text = bytes?.toString() ?? "";
    const [, original] = /"original":"([^"]+)"/.exec(text) ?? [];
    if (original === undefined) return text;
    const whole = await vault.open(
      { controller, kind: "controller", id },
      Buffer.from(original, "base64"),
      `spt_words.original ${id}`,
    );
    return `${text}\n${whole?.toString() ?? ""}`;
  };

  return {
    lookAgain: async (controller, traces, signal) => {
      const { exact, parts } = await needlesOf(controller, traces);
      const tables = await unitOfWork.transaction((unit) => tablesNow(unit, "spt_"));
      const own = new Set<string>();
      for (const table of tables.filter(({ name }) => name === "spt_case"))
        for await (const row of rawRows(unitOfWork, table, controller))
          if (exact.has(textIn(row["subject"]))) own.add(textIn(row["id"]));
      const others = new Set<string>();
      const hits = new Map<string, number>();
      let columns = 0;
      for (const table of tables) {
        columns += table.columns.length;
        const isSealed = table.name === "spt_case" || table.name === "spt_words";
        for await (const row of rawRows(unitOfWork, table, controller)) {
          signal?.throwIfAborted();
          for (const [column, value] of Object.entries(row)) {
            const text =
              column === "sealed" && isSealed ? await opened(table.name, controller, row) : textIn(value);
            const whole = folded(text);
            if (text === "" || !(exact.has(text) || parts.some((part) => whole.includes(part)))) continue;
            const whose = textIn(table.name === "spt_words" ? row["case_id"] : row["id"]);
            if (column === "sealed" && isSealed && !own.has(whose)) {
              others.add(whose);
              continue;
            }
            const place = `${table.name}.${column}`;
            hits.set(place, (hits.get(place) ?? 0) + 1);
          }
        }
      }
      const where = [...hits].map(([place, count]) => ({ place, hits: count }));
      return {
        ...{ referenceColumns: columns, textColumns: columns, files: 0, where },
        hits: where.reduce((sum, each) => sum + each.hits, 0),
        notCovered: [
          ...(tables.length > 0 ? [] : [{ what: "spt_*", why: "the tables were not found" }]),
          ...(others.size === 0 ? [] : [namedBy(others.size)]),
        ],
      };
    },
  };
}

/** What somebody else wrote is theirs. */
function namedBy(many: number): NotCovered {
  return {
    what: `spt_words: ${many} case(s) of other persons`,
    why: "they seem to name the person, masked as far as it was known; they are the other person's, and go with their cases",
    remedy: "close these cases; their words go when their days are over",
    places: ["spt_words.sealed", "spt_case.sealed"],
  };
}

function textIn(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString("latin1");
  return typeof value === "string" ? value : "";
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
