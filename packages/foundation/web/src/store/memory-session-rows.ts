/** The in-memory reference of session rows: for tests, and for small programs that need no database. */
import type { SessionRow, SessionRows } from "../sessions.ts";

export function memorySessionRows(): SessionRows {
  const rows = new Map<string, { row: SessionRow; keys: readonly string[] }>();

  const removeWhere = (over: (row: SessionRow, keys: readonly string[]) => boolean, limit = Infinity) => {
    let removed = 0;
    for (const [id, { row, keys }] of rows) {
      if (removed < limit && over(row, keys)) {
        rows.delete(id);
        removed += 1;
      }
    }
    return removed;
  };

  return {
    insert: async (row, keys) => {
      rows.set(row.id, { row, keys });
    },
    bySecretHash: async (hash) => [...rows.values()].find(({ row }) => row.secretHash === hash)?.row,
    touch: async (controller, id, seenAt) => {
      const found = rows.get(id);
      if (found?.row.controller === controller) rows.set(id, { ...found, row: { ...found.row, seenAt } });
    },
    remove: async (controller, id) => {
      removeWhere((row) => row.controller === controller && row.id === id);
    },
    removeBySubject: async (controller, subject) =>
      removeWhere((row) => row.controller === controller && row.subject === subject),
    removeByActor: async (controller, actor, { but } = {}) =>
      removeWhere((row) => row.controller === controller && row.actor === actor && row.id !== but),
    byActor: async (controller, actor) =>
      [...rows.values()]
        .map(({ row }) => row)
        .filter((row) => row.controller === controller && row.actor === actor),
    removeByKey: async (hash) => removeWhere((_row, keys) => keys.includes(hash)),
    removeStale: async (expired, seen, limit) =>
      removeWhere((row) => row.expiresAt <= expired || row.seenAt <= seen, limit),
  };
}
