/**
 * Everybody of whom a controller's stores hold something: the accounts store by store, then those whom the directory alone
 * knows. Page by page, each page with the cursor after it: memory does not grow with persons. @clause D6.2c
 */
import type { ControllerId, Identifier, SubjectId, SubjectTarget, Unit } from "@preau/kernel";
import { storesWithDoors } from "./contract-end-doors.ts";
import type { RetentionPorts } from "./retention-ports.ts";

/** Stands for the directory among the stores. */
export const DIRECTORY = "subjects";

export interface PersonsPage {
  /** The store that names them. */
  readonly store: string;
  readonly persons: readonly NamedPerson[];
  /** Opaque; `null` after the last page of that store. */
  readonly cursor: string | null;
}

export interface NamedPerson extends SubjectTarget {
  /** The account in the store that names it; absent for those of the directory alone. */
  readonly account?: Identifier;
  /** A store that comes before this one names the same person. */
  readonly named: boolean;
}

/** The order in which stores name persons. */
export function namingStores(
  ports: Pick<RetentionPorts, "sources">,
  controller: ControllerId,
): readonly string[] {
  return [...storesWithDoors(ports.sources, controller).map(([id]) => id), DIRECTORY];
}

/** One page of one store, after that cursor. */
export async function pageOfPersons(
  ports: Pick<RetentionPorts, "sources" | "subjects" | "unitOfWork">,
  of: {
    readonly controller: ControllerId;
    readonly store: string;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<PersonsPage> {
  const { controller, store, after, limit } = of;
  const earlier = namingStores(ports, controller);
  const before = earlier.slice(0, earlier.indexOf(store));
  if (store === DIRECTORY) {
    const targets = await ports.unitOfWork.transaction(async (unit) => {
      const page = { limit, ...(after === undefined ? {} : { after: after as SubjectId }) };
      const subjects = (await ports.subjects.list?.(unit, controller, page)) ?? [];
      const found: SubjectTarget[] = [];
      for (const subject of subjects) found.push(await targetOf(unit, ports, controller, subject));
      return found;
    });
    const persons = await withNamed(ports, controller, before, targets);
    return { store, persons, cursor: targets.length < limit ? null : (targets.at(-1)?.subject ?? null) };
  }
  const lifecycle = ports.sources.get(store)?.lifecycle;
  const page = await lifecycle?.accounts(controller, { limit, ...(after === undefined ? {} : { after }) });
  const accounts = (page?.accounts ?? []).map(({ identifier }) => identifier);
  const targets = await ports.unitOfWork.transaction(async (unit) => {
    const found: (SubjectTarget & { readonly account: Identifier })[] = [];
    for (const account of accounts) {
      const subject = await ports.subjects.identify(unit, controller, account);
      found.push({ ...(await targetOf(unit, ports, controller, subject)), account });
    }
    return found;
  });
  const persons = await withNamed(ports, controller, before, targets);
  return { store, persons, cursor: page?.next ?? null };
}

async function targetOf(
  unit: Unit,
  ports: Pick<RetentionPorts, "subjects">,
  controller: ControllerId,
  subject: SubjectId,
): Promise<SubjectTarget> {
  return { subject, identifiers: await ports.subjects.identifiers(unit, controller, subject) };
}

/** Nobody is handed back twice: whoever has an account in an earlier store was named there. */
async function withNamed<T extends SubjectTarget>(
  ports: Pick<RetentionPorts, "sources">,
  controller: ControllerId,
  before: readonly string[],
  targets: readonly T[],
): Promise<readonly (T & { readonly named: boolean })[]> {
  const keyOf = ({ kind, value }: Identifier) => `${kind}\n${value}`;
  const known = new Set<string>();
  for (const store of before) {
    const lifecycle = ports.sources.get(store)?.lifecycle;
    const facts = await lifecycle?.factsOf(
      controller,
      targets.flatMap(({ identifiers }) => identifiers),
    );
    for (const { identifier } of facts ?? []) known.add(keyOf(identifier));
  }
  return targets.map((each) => ({ ...each, named: each.identifiers.some((one) => known.has(keyOf(one))) }));
}
