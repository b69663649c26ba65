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
  /** A store that comes before this one, or an earlier account of this one, names the same person. */
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
  ports: Pick<RetentionPorts, "ids" | "sources" | "subjects" | "unitOfWork">,
  of: {
    readonly controller: ControllerId;
    readonly store: string;
    readonly after?: string | undefined;
    readonly limit: number;
    /** Writes nothing: whoever is not in the directory gets an id that is good for this look alone. */
    readonly looking?: boolean;
  },
): Promise<PersonsPage> {
  const { controller, store, after, limit, looking = false } = of;
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
    const persons = await withNamed(ports, controller, { before }, targets);
    return { store, persons, cursor: targets.length < limit ? null : (targets.at(-1)?.subject ?? null) };
  }
  const lifecycle = ports.sources.get(store)?.lifecycle;
  const page = await lifecycle?.accounts(controller, { limit, ...(after === undefined ? {} : { after }) });
  const accounts = (page?.accounts ?? []).map(({ identifier }) => identifier);
  const targets = await ports.unitOfWork.transaction(async (unit) => {
    const found: (SubjectTarget & { readonly account: Identifier })[] = [];
    for (const account of accounts) {
      const subject = looking
        ? await ports.subjects.find(unit, controller, account)
        : await ports.subjects.identify(unit, controller, account);
      const target =
        subject === undefined
          ? { subject: ports.ids.next("sub"), identifiers: [account] }
          : await targetOf(unit, ports, controller, subject);
      found.push({ ...target, account });
    }
    return found;
  });
  const persons = await withNamed(ports, controller, { before, store }, targets);
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

/** Nobody is counted twice: whoever has an account in an earlier store was named there; of two in one store, the first counts. */
async function withNamed<T extends SubjectTarget & { readonly account?: Identifier }>(
  ports: Pick<RetentionPorts, "sources">,
  controller: ControllerId,
  { before, store }: { readonly before: readonly string[]; readonly store?: string },
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
  const several = targets.filter(({ identifiers }) => identifiers.length > 1);
  const lifecycle =
    store === undefined || several.length === 0 ? undefined : ports.sources.get(store)?.lifecycle;
  const here = new Set(
    (
      (await lifecycle?.factsOf(
        controller,
        several.flatMap(({ identifiers }) => identifiers),
      )) ?? []
    ).map(({ identifier }) => keyOf(identifier)),
  );
  const isSecond = ({ account, identifiers }: T) =>
    account !== undefined && identifiers.some((one) => here.has(keyOf(one)) && keyOf(one) < keyOf(account));
  return targets.map((each) => ({
    ...each,
    named: isSecond(each) || each.identifiers.some((one) => known.has(keyOf(one))),
  }));
}
