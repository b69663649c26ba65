/** The suites that every store of personal data passes, on both databases. @clause D10.1a, D12.2, D12.4 */
import type { AccountFacts, Identifier, SubjectId } from "@preau/kernel";
import { type InventedPerson, personalDataSourceContract, type Snapshot } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { accountIdentifier, findAccount, rememberSignIn } from "../../src/accounts/account-links.ts";
import { accountsPersonalData } from "../../src/accounts/accounts-personal-data.ts";
import { insertRelink } from "../../src/store/relink-rows.ts";
import { MINISTRY, SCHOOL } from "./accounts-base.ts";
import { describeKinds, openAccounts, openHouse } from "./open-accounts.ts";

const ALL_KEYS: Readonly<Record<string, readonly string[]>> = {
  gar_account: ["controller", "product", "link_hash"],
  gar_relink: ["controller", "id"],
  gar_destruction: ["controller", "id"],
};

describeKinds((kind) => {
  personalDataSourceContract(`accounts on ${kind}`, async () => {
    const house = await openAccounts(kind, { lean: true });
    const { database, unitOfWork, subjects, vault, clock, ids } = house;
    const { knex, dialect } = database;
    return {
      ...accountsPersonalData(house.ports),
      controller: MINISTRY,
      otherController: SCHOOL,
      /** Two accounts and a request. The role stands for any word of a person in these tables. */
      populate: async (person: InventedPerson) => {
        const identifiers: readonly Identifier[] = [
          { kind: "gar.ido", value: person.login },
          { kind: "mail", value: person.email },
          { kind: "name", value: person.familyName },
        ];
        const subject = await unitOfWork.transaction(async (unit): Promise<SubjectId> => {
          const identifier = identifiers[0]!;
          const made = await subjects.identify(unit, MINISTRY, identifier);
          for (const product of ["plume", "jardin"]) {
            const account = await findAccount(unit, vault, { controller: MINISTRY, product, identifier });
            await rememberSignIn(unit, account, {
              ...{ subject: made, provider: "gar.saml", role: person.email, schoolYear: "2026-2027" },
              now: clock.now(),
            });
          }
          await insertRelink(unit, {
            ...{ id: ids.next("rlk"), controller: MINISTRY, product: "plume", subject: made },
            ...{ role: "pupil", origin: "gar", codeHash: ids.next("hsh"), schools: [] },
            identifierKind: "gar.ido",
            ...{ askedAt: clock.now(), expiresAt: clock.now() },
          });
          return made;
        });
        return { subject, identifiers };
      },
      snapshot: async (): Promise<Snapshot> => {
        const tables = new Map<string, Map<string, string>>();
        for (const [table, keys] of Object.entries(ALL_KEYS)) {
          const rows: Record<string, unknown>[] = await knex(table).select();
          tables.set(
            table,
            new Map(
              rows.map((row) => [
                keys.map((key) => String(row[key])).join(" "),
                JSON.stringify({ ...row, restricted_at: null }),
              ]),
            ),
          );
        }
        return tables;
      },
      correctable: { where: "gar_account", field: "role" },
      plant: async (text: string) => {
        await knex("gar_request").insert({
          ...{ controller: MINISTRY, id: "_planted", browser_hash: "x", next_path: text },
          expires_at: clock.now(),
        });
      },
      breakWrites: async () => {
        await knex.raw(
          dialect === "sqlite"
            ? "create trigger no_delete before delete on gar_account begin select raise(abort, 'no'); end"
            : "create trigger no_delete before delete on gar_account for each row signal sqlstate '45000'",
        );
        return async () => {
          await knex.raw("drop trigger no_delete");
        };
      },
      close: house.close,
    };
  });

  describe(`accounts on ${kind}: lifecycle (D12.4)`, () => {
    it("tells of every person once, page by page, with role, origin and last sign-in; another controller nothing", async () => {
      const house = await openHouse(kind);
      const { lifecycle } = accountsPersonalData(house.ports);
      const first = house.clock.now();
      const known: SubjectId[] = [];
      for (let n = 0; n < 5; n += 1)
        known.push((await house.comesIn({ ido: `p${n}`, role: "pupil" })).subject);
      house.clock.advance(3_600_000);
      await house.comesIn({ ido: "p0", provider: { product: "jardin" } });
      await house.comesIn({
        ido: "t",
        role: "teacher",
        provider: { id: "lycee-ent", origin: "outsideGar", controller: SCHOOL },
      });
      const seen: AccountFacts[] = [];
      for (let after: string | undefined; ; ) {
        const page = await lifecycle!.accounts(MINISTRY, {
          limit: 2,
          ...(after === undefined ? {} : { after }),
        });
        expect(page.accounts.length).toBeLessThanOrEqual(2);
        seen.push(...page.accounts);
        if (page.next === undefined) break;
        after = page.next;
      }
      expect(seen.map(({ identifier }) => identifier)).toEqual([...known].sort().map(accountIdentifier));
      const one = seen.find(({ identifier }) => identifier.value === known[0])!;
      expect(one).toEqual({
        identifier: { kind: "gar.account", value: known[0] },
        role: "pupil",
        origin: "gar",
        createdAt: first,
        lastActivity: house.clock.now(),
      });
      const strangers = [
        { kind: "gar.account", value: "sub_nobody" },
        { kind: "moodle.user", value: known[0]! },
      ];
      expect(await lifecycle!.factsOf(MINISTRY, [one.identifier, ...strangers])).toEqual([one]);
      expect(await lifecycle!.factsOf(SCHOOL, [one.identifier])).toEqual([]);
      expect(await lifecycle!.factsOf(MINISTRY, [])).toEqual([]);
      expect((await lifecycle!.accounts(SCHOOL, { limit: 10 })).accounts).toMatchObject([
        { role: "teacher", origin: "outsideGar" },
      ]);
    });

    it("is found by the directory under the identifier that it tells, so that a purge reaches the same person", async () => {
      const house = await openHouse(kind);
      const { subject } = await house.comesIn({ ido: "found" });
      const found = await house.unitOfWork.transaction((unit) =>
        house.subjects.find(unit, MINISTRY, accountIdentifier(subject)),
      );
      expect(found).toBe(subject);
    });
  });
});

describe("the second look at the connector's store (D12.2)", () => {
  it("makes the keyed hash of an identifier again, so that a row that was given to somebody else is found", async () => {
    const house = await openHouse();
    const { source, second } = accountsPersonalData(house.ports);
    const { subject } = await house.comesIn({ ido: "zoe" });
    const identifiers = [{ kind: "gar.ido", value: "zoe".padEnd(128, "0") }];
    const request = {
      controller: MINISTRY,
      subjects: [{ subject, identifiers }],
      ground: "instruction",
    } as const;
    const { traces } = await source.plan(request);
    await house.database.knex("gar_account").update({ subject: "sub_somebodyelse" });
    expect((await second.lookAgain(MINISTRY, traces)).where).toEqual([
      { place: "gar_account.link_hash", hits: 1 },
    ]);
  });
});

describe("a tenant of the connector's store (D4.1)", () => {
  it("of two controllers with a person of the same identifier, each has its own alone", async () => {
    const house = await openHouse();
    const here = await house.comesIn({ ido: "same" });
    const there = await house.comesIn({ ido: "same", provider: { controller: SCHOOL } });
    expect(there.subject).not.toBe(here.subject);
    const hashes = (await house.rows("gar_account")).map((row) => row["link_hash"]);
    expect(new Set(hashes).size).toBe(2);
    await (await house.erase([here.subject])).file();
    expect((await house.rows("gar_account")).map((row) => row["controller"])).toEqual([SCHOOL]);
    expect((await house.rows("gar_destruction")).map((row) => row["controller"])).toEqual([MINISTRY]);
    expect(await house.sessions.find(there.secret)).toBeDefined();
  });
});
