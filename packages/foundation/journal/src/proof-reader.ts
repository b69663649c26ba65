import type { Database } from "@preau/database";
import type { LogName } from "@preau/kernel";
import { fault } from "./errors.ts";
import { readTiles } from "./store/tree-table.ts";
import { openTile, rangeHash, TILE_WIDTH, type Tile, type TilePlace, tileKey, tilesOf } from "./tile.ts";
import type { LeafRange } from "./tree-proof.ts";

/** Full tiles kept in memory: 16 KiB each with their inner nodes. */
const KEPT_TILES = 512;

/** Reads the hashes that proofs are made of. Full tiles never change and are kept; partial ones are read each time. */
export interface ProofReader {
  /** MTH of each range. @throws JOURNAL_BROKEN when a tile lacks what the tree must have */
  hashes(log: LogName, ranges: readonly LeafRange[]): Promise<readonly Buffer[]>;
}

export function makeProofReader(database: Database): ProofReader {
  const kept = new Map<string, Tile>();
  return {
    hashes: async (log, ranges) => {
      const tiles = new Map<string, Tile>();
      const missing: TilePlace[] = [];
      for (const place of tilesOf(ranges)) {
        const tile = kept.get(`${log} ${tileKey(place)}`);
        if (tile === undefined) missing.push(place);
        else tiles.set(tileKey(place), tile);
      }
      for (const [key, bytes] of await readTiles(database.knex, log, missing)) {
        const tile = openTile(bytes);
        tiles.set(key, tile);
        if (tile.width === TILE_WIDTH) keep(`${log} ${key}`, tile);
      }
      return ranges.map((range) => {
        const hash = rangeHash(range, (place) => tiles.get(tileKey(place)));
        if (hash === undefined) throw fault("JOURNAL_BROKEN", { place: `jrn_tile ${log}` });
        return hash;
      });
    },
  };

  function keep(key: string, tile: Tile): void {
    kept.set(key, tile);
    const oldest = kept.keys().next();
    if (kept.size > KEPT_TILES && oldest.done !== true) kept.delete(oldest.value);
  }
}
