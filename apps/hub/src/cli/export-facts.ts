/** What a package's builder says of it, as the answer of a command repeats it: counts and places, no value. */
import type { JsonObject } from "@preau/kernel";
import { z } from "zod";

const place = z.object({ what: z.string(), why: z.string() });
const count = z.number().int().min(0);

/** A restitution counts its files store by store. */
const filesOfStore = z.object({ given: count.default(0), notGiven: count.default(0) });

const notGiven = z.object({ missing: count.default(0), namesOthers: count.default(0) });

const told = z.object({
  rows: count.default(0),
  files: count.default(0),
  withheld: count.default(0),
  filesNotGiven: z
    .union([notGiven, count.transform((missing) => ({ missing, namesOthers: 0 }))])
    .prefault({}),
  notCovered: z.array(place).default([]),
  stores: z
    .array(z.object({ files: filesOfStore.prefault({}), notCovered: z.array(place).default([]) }))
    .default([]),
});

export interface PackageFacts {
  readonly rows: number;
  readonly files: number;
  /** How often another person was taken out. */
  readonly withheld: number;
  readonly notGiven: { readonly missing: number; readonly namesOthers: number };
  readonly notCovered: readonly { readonly what: string; readonly why: string }[];
}

export function readFacts(facts: JsonObject): PackageFacts {
  const { rows, files, withheld, filesNotGiven, notCovered, stores } = told.parse(facts);
  const sum = (pick: (each: z.infer<typeof filesOfStore>) => number) =>
    stores.reduce((total, store) => total + pick(store.files), 0);
  return {
    ...{ rows, withheld, files: files + sum(({ given }) => given) },
    notGiven: { ...filesNotGiven, missing: filesNotGiven.missing + sum((files) => files.notGiven) },
    notCovered: [...notCovered, ...stores.flatMap((store) => store.notCovered)],
  };
}

/** Whether a package says of itself that something is missing. */
export function isWhole({ notGiven, notCovered }: Pick<PackageFacts, "notGiven" | "notCovered">): boolean {
  return notGiven.missing === 0 && notGiven.namesOthers === 0 && notCovered.length === 0;
}
