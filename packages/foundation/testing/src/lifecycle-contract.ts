import {
  type AccountFacts,
  type ControllerId,
  type ErasureStep,
  type Identifier,
  type Instant,
  instant,
  type Lifecycle,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, setUp } from "./bench.ts";

export interface LifecycleBench extends Closable {
  readonly lifecycle: Lifecycle;
  readonly controller: ControllerId;
  readonly otherController: ControllerId;
  /** Kind of the store's account identifiers. */
  readonly kind: string;
  /** Stores an account with these facts; its key is the store's. A fact that is absent is one that the store cannot tell. */
  readonly add: (facts: Omit<AccountFacts, "identifier">) => Promise<Identifier>;
  /** Writes an event of the activity log. */
  readonly log: (at: Instant) => Promise<void>;
  /** The application's own state of its doors, as it would be compared byte by byte; somebody there shuts them with `shut`. */
  readonly doorsAsStored: () => Promise<unknown>;
  readonly shut: () => Promise<void>;
}

/** What every store with accounts of its own owes. @clause D12.4, DD.8, S10 */
export function lifecycleContract(title: string, make: () => LifecycleBench | Promise<LifecycleBench>): void {
  const at = (text: string) => instant(`${text}T10:00:00.000Z`);

  describe(`${title}: accounts (D12.4)`, () => {
    it("tells of every account once, page by page, in an order that stays", async () => {
      const { lifecycle, controller, add } = await setUp(make);
      const keys: string[] = [];
      for (let count = 0; count < 7; count += 1)
        keys.push((await add({ lastActivity: at("2026-03-01") })).value);
      const seen: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await lifecycle.accounts(controller, {
          limit: 3,
          ...(after === undefined ? {} : { after }),
        });
        expect(page.accounts.length).toBeLessThanOrEqual(3);
        seen.push(...page.accounts.map(({ identifier }) => identifier.value));
        if (page.next === undefined) break;
        after = page.next;
      }
      expect(seen.toSorted()).toEqual(keys.toSorted());
    });

    it("says what it can tell of an account, and leaves out what it cannot", async () => {
      const { lifecycle, controller, add } = await setUp(make);
      const known = { role: "teacher", origin: "outsideGar", lastActivity: at("2026-03-01") } as const;
      const identifier = await add({ ...known, createdAt: at("2025-09-01") });
      const unknown = await add({ lastActivity: at("2024-01-02") });
      const [one] = await lifecycle.factsOf(controller, [identifier]);
      expect(one).toMatchObject({ ...known, createdAt: at("2025-09-01"), identifier });
      const [other] = await lifecycle.factsOf(controller, [unknown]);
      expect(other).not.toHaveProperty("role");
    });

    it("gives the same facts by page and by name, and leaves out whom it does not know", async () => {
      const { lifecycle, controller, kind, add } = await setUp(make);
      const identifier = await add({ role: "pupil", lastActivity: at("2026-05-05") });
      const { accounts } = await lifecycle.accounts(controller, { limit: 100 });
      const strangers = [
        { kind, value: "999999999" },
        { kind: "somebody.else", value: identifier.value },
      ];
      expect(await lifecycle.factsOf(controller, [identifier, ...strangers])).toEqual(
        accounts.filter((each) => each.identifier.value === identifier.value),
      );
      expect(await lifecycle.factsOf(controller, [])).toEqual([]);
    });

    it("tells another controller nothing", async () => {
      const { lifecycle, otherController, add } = await setUp(make);
      const identifier = await add({ lastActivity: at("2026-03-01") });
      expect(await lifecycle.accounts(otherController, { limit: 10 })).toEqual({ accounts: [] });
      expect(await lifecycle.factsOf(otherController, [identifier])).toEqual([]);
      expect((await lifecycle.deletionRequests?.(otherController)) ?? []).toEqual([]);
    });
  });

  describe(`${title}: events that go by their age (DD.8)`, () => {
    it("counts and erases what is older, once, and nothing of another controller's", async () => {
      const { lifecycle, controller, otherController, log } = await setUp(make);
      const { activityLog } = lifecycle;
      if (activityLog === undefined) throw new Error("this store has no activity log");
      for (const day of ["2024-01-01", "2024-06-01", "2026-01-01"]) await log(at(day));
      const before = at("2025-01-01");
      const total = async (of: ControllerId) =>
        (await activityLog.count(of, before)).reduce((sum, { erased }) => sum + erased, 0);
      expect(await total(otherController)).toBe(0);
      expect(await erasedBy(activityLog.purge(otherController, before))).toBe(0);
      expect(await total(controller)).toBe(2);
      expect(await erasedBy(activityLog.purge(controller, before))).toBe(2);
      expect(await erasedBy(activityLog.purge(controller, before))).toBe(0);
      expect(await total(controller)).toBe(0);
    });
  });

  describe(`${title}: the window for administrators (S10)`, () => {
    it("closes once, and opening gives back exactly what stood there", async () => {
      const { lifecycle, controller, otherController, doorsAsStored } = await setUp(make);
      const { access } = lifecycle;
      if (access === undefined) throw new Error("this store has no window");
      const before = await doorsAsStored();
      expect(await access.closeToOthers(otherController)).toEqual({ changed: 0, refused: [] });
      expect(await access.reopen(controller)).toEqual({ changed: 0, refused: [] });
      expect((await access.closeToOthers(controller)).changed).toBeGreaterThan(0);
      expect(await access.doors(controller)).toBe("administratorsOnly");
      expect((await access.closeToOthers(controller)).changed).toBe(0);
      expect((await access.reopen(controller)).changed).toBeGreaterThan(0);
      expect(await access.doors(controller)).toBe("open");
      expect(await doorsAsStored()).toEqual(before);
      expect((await access.reopen(controller)).changed).toBe(0);
    });

    it("leaves shut what somebody else had shut before", async () => {
      const { lifecycle, controller, doorsAsStored, shut } = await setUp(make);
      const { access } = lifecycle;
      if (access === undefined) throw new Error("this store has no window");
      await shut();
      const before = await doorsAsStored();
      await access.closeToOthers(controller);
      await access.reopen(controller);
      expect(await doorsAsStored()).toEqual(before);
      expect(await access.doors(controller)).toBe("administratorsOnly");
    });
  });
}

async function erasedBy(steps: AsyncIterable<ErasureStep>): Promise<number> {
  let erased = 0;
  for await (const step of steps) erased += step.erased;
  return erased;
}
