/**
 * The combination of levels that loses least. All of them are put in the order of what they lose without leaving any row out;
 * since leaving rows out only adds to it, the first that can no longer beat the best found ends the search.
 */
import { type Evaluation, evaluate, type Judge } from "./anonymise-evaluate.ts";

export interface Found {
  readonly best: Evaluation;
  /** `complete`: no combination loses less. `greedy`: there were too many to try. */
  readonly search: "complete" | "greedy";
  readonly tried: number;
}

/** Cells looked at, at most, before the search becomes greedy: some seconds. A technical bound, no clause. */
const MOST_WORK = 400_000_000;
const LEAST_TRIES = 64;

/** Undefined when no combination holds. */
export function leastLoss(judge: Judge): Found | undefined {
  const { columns, count } = judge.cells;
  const heights = columns.map(({ levels }) => levels.length);
  const nodes = nodesInOrder(judge);
  const most = Math.max(LEAST_TRIES, Math.floor(MOST_WORK / Math.max(1, count * (columns.length + 4))));
  let best: Evaluation | undefined;
  let tried = 0;
  for (const { levels, loss } of nodes) {
    if (best !== undefined && loss >= best.loss) return { best, search: "complete", tried };
    if (tried >= most)
      return best === undefined ? greedy(judge, heights, tried) : { best, search: "greedy", tried };
    tried += 1;
    const found = evaluate(judge, levels);
    if (found !== undefined && (best === undefined || found.loss < best.loss)) best = found;
  }
  return best === undefined ? undefined : { best, search: "complete", tried };
}

interface Node {
  readonly levels: readonly number[];
  readonly loss: number;
}

function nodesInOrder({ cells: { columns } }: Judge): readonly Node[] {
  let nodes: readonly Node[] = [{ levels: [], loss: 0 }];
  for (const { levels } of columns)
    nodes = nodes.flatMap((node) =>
      levels.map(({ loss }, level) => ({
        levels: [...node.levels, level],
        loss: node.loss + loss / columns.length,
      })),
    );
  // The sort is stable: of two that lose the same, the one whose first columns are finer.
  return nodes.toSorted((a, b) => a.loss - b.loss);
}

/** From the coarsest down, one level at a time, as long as it holds and loses less. */
function greedy(judge: Judge, heights: readonly number[], before: number): Found | undefined {
  let tried = before + 1;
  let best = evaluate(
    judge,
    heights.map((height) => height - 1),
  );
  for (let current = best; current !== undefined; ) {
    let next: Evaluation | undefined;
    for (const [at, level] of current.levels.entries()) {
      if (level === 0) continue;
      tried += 1;
      const finer = evaluate(judge, current.levels.with(at, level - 1));
      if (finer !== undefined && finer.loss < (next ?? current).loss) next = finer;
    }
    best = next ?? best;
    current = next;
  }
  return best === undefined ? undefined : { best, search: "greedy", tried };
}
