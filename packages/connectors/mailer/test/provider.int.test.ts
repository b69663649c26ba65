/** What an erasure reaches at a provider with limits, shared by several controllers, and what it says that it does not. @clause D12.2, S7 */
import { isFault, type Json, manualClock, NotYet, type SubjectId } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { messagePersonalData } from "../src/message-personal-data.ts";
import { providerPersonalData } from "../src/provider-personal-data.ts";
import { startBrevoAccount } from "./brevo-account-peer.ts";
import { ACACIAS, makeMailHouse, message, openHouseDatabases, TILLEULS } from "./mail-house.ts";

const ADDRESS = "helene.marceau@acacias.example";
const HOUR = 3_600_000;

async function openHouse(limits: Readonly<Record<string, number>> = {}) {
  const both = await openHouseDatabases("sqlite::memory:");
  onTestFinished(() => Promise.all([both.database.close(), both.keysDatabase.close()]).then(() => undefined));
  const clock = manualClock();
  const brevo = await startBrevoAccount({ now: () => clock.now(), limits });
  onTestFinished(() => brevo.close());
  const options = { transport: "catcher" as const, capPerRecipient: 0, ...brevo.options };
  const house = await makeMailHouse(both, clock, { options });
  const store = providerPersonalData(house.ports, house.options, { hours: 48 });
  /** A message that Brevo carried, and what its log has of it. */
  const carried = async (subject: SubjectId, address: string, key: string, controller = ACACIAS) => {
    const flow = { ...message({ subject }).flow, controller, role: "teacher" } as const;
    await house.unitOfWork.transaction((unit) =>
      house.mailer.send(unit, message({ key, flow, to: { address } })),
    );
    const name = `<${key}@relay.example>`;
    await both.database.knex("mlr_message").where({ message_key: key, controller }).update({
      state: "accepted",
      transport: "brevo",
      provider_id: name,
      left_at: clock.now(),
      settled_at: clock.now(),
    });
    brevo.log.push({ email: address, messageId: name, subject: "Une demande", date: clock.now() });
    return name;
  };
  const planOf = (subject: SubjectId, ...addresses: string[]) =>
    store.source.plan({
      ...{ controller: ACACIAS, ground: "account-deleted" },
      subjects: [{ subject, identifiers: addresses.map((value) => ({ kind: "mail", value })) }],
    });
  return { ...house, ...store, clock, both, brevo, carried, planOf, knex: both.database.knex };
}

describe("what a mail provider keeps", () => {
  it("is erased of more persons than its limits of an hour allow calls: hour after hour, put off and not failed (D12.2)", async () => {
    const { source, second, brevo, carried, clock } = await openHouse({
      "DELETE smtp/log": 100,
      "DELETE smtp/blockedContacts": 100,
    });
    const subjects = [];
    for (let at = 0; at < 130; at += 1) {
      const [subject, value] = [`sub_p${at}` as SubjectId, `p${at}@famille.example`];
      await carried(subject, value, `k${at}`);
      subjects.push({ subject, identifiers: [{ kind: "mail", value }] });
    }
    brevo.blocked.add("p3@famille.example");
    brevo.contacts.add("p4@famille.example");
    const plan = await source.plan({ controller: ACACIAS, ground: "account-deleted", subjects });
    expect(plan.tables.map(({ erased }) => erased)).toEqual([130, 1, 1]);
    let cursor: Json | undefined;
    const hour = async (resume?: Json) => {
      brevo.nextHour();
      clock.advance(HOUR);
      try {
        for await (const step of source.erase(plan, resume === undefined ? {} : { resume }))
          cursor = step.cursor;
        return "done";
      } catch (error) {
        return error;
      }
    };
    const stopped = await hour();
    expect(isFault(stopped, "MAIL_PROVIDER_LATER")).toBe(true);
    const until = isFault(stopped) && stopped.cause instanceof NotYet ? stopped.cause.until : "";
    expect(Date.parse(until) - Date.parse(clock.now())).toBe(1_800_000);
    expect((await source.remaining(plan)).map(({ erased }) => erased)).toEqual([30, 0, 0]);
    // Nobody who is not blocked is unblocked; nobody without a contact costs a deletion.
    expect([brevo.calls.get("DELETE smtp/blockedContacts"), brevo.calls.get("DELETE contacts")]).toEqual([
      1, 1,
    ]);
    const asked = brevo.calls.get("GET contacts") ?? 0;
    expect(await hour(cursor)).toBe("done");
    // It goes on at the person where it stopped.
    expect(brevo.calls.get("GET contacts")).toBeLessThan(asked);
    expect(brevo.calls.get("GET contacts")).toBe(31);
    expect((await source.remaining(plan)).map(({ erased }) => erased)).toEqual([0, 0, 0]);
    expect((await second.lookAgain(ACACIAS, plan.traces)).hits).toBe(0);
  }, 60_000);

  it("is each controller's own: another's lines are neither given nor erased, what both share is told (S7)", async () => {
    const { source, second, brevo, carried, planOf } = await openHouse();
    const own = await carried("sub_a", ADDRESS, "own");
    const theirs = await carried("sub_b", ADDRESS, "theirs", TILLEULS);
    brevo.log.push({
      email: ADDRESS,
      messageId: "<nobody@relay.example>",
      subject: "x",
      date: "2026-11-23T09:00:00.000Z",
    });
    brevo.contacts.add(ADDRESS);
    brevo.blocked.add(ADDRESS);
    const subject = { subject: "sub_a", identifiers: [{ kind: "mail", value: ADDRESS }] } as const;
    const given = [];
    for await (const each of source.collect({ controller: ACACIAS, subject })) given.push(each);
    expect(JSON.stringify(given)).not.toContain(theirs);
    expect(JSON.stringify(given)).toContain(own);
    // What else stands in the contact may be the other's.
    expect(given.find(({ where }) => where === "brevo.contact")).toMatchObject({
      ...{ row: { email: ADDRESS }, withheld: ["listIds", "attributes"] },
    });
    const plan = await planOf("sub_a", ADDRESS);
    expect(plan.tables.map(({ erased }) => erased)).toEqual([2, 0, 0]);
    expect(plan.notCovered).toMatchObject([{ what: expect.stringContaining("1 address(es) shared") }]);
    const before = await second.lookAgain(ACACIAS, plan.traces);
    expect(before.where).toEqual([{ place: "brevo.log.email", hits: 2 }]);
    for await (const step of source.erase(plan)) expect(step.table).toBe("brevo.log");
    expect([...brevo.contacts, ...brevo.blocked]).toEqual([ADDRESS, ADDRESS]);
    expect(brevo.calls.get("DELETE smtp/log")).toBe(2);
    expect(await second.lookAgain(ACACIAS, plan.traces)).toMatchObject({
      hits: 0,
      notCovered: plan.notCovered,
    });
  });

  it("is looked for in the days in which a message left, and not in the provider's last thirty alone", async () => {
    const { source, second, brevo, carried, clock, knex, planOf } = await openHouse();
    await carried("sub_old", ADDRESS, "old");
    await knex("mlr_message").update({ sealed: null });
    clock.advance(100 * 24 * HOUR);
    const plan = await planOf("sub_old");
    expect(plan.tables[0]).toMatchObject({ table: "brevo.log", erased: 1 });
    expect((await second.lookAgain(ACACIAS, plan.traces)).where).toEqual([
      { place: "brevo.log.messageId", hits: 1 },
    ]);
    for await (const step of source.erase(plan)) expect(step.erased).toBe(1);
    expect(brevo.calls.get("DELETE smtp/log")).toBe(1);
    // Found by its own days: a few questions, not one for each month since.
    expect(brevo.calls.get("GET smtp/emails")).toBe(3);
  });

  it("is not covered where nothing leads to it, and the plan says so", async () => {
    const { carried, knex, planOf, ports } = await openHouse();
    await carried("sub_lost", ADDRESS, "lost");
    await knex("mlr_message").update({ provider_id: null });
    // While the text stands, its address leads there.
    expect((await planOf("sub_lost")).notCovered).toEqual([]);
    await knex("mlr_message").update({ sealed: null });
    expect((await planOf("sub_lost")).notCovered).toMatchObject([
      { what: expect.stringContaining("1 message(s) without the provider's name") },
    ]);
    // Another transport carries now: the account that did is no store any more.
    const log = await messagePersonalData(ports).source.plan({
      ...{ controller: ACACIAS, ground: "account-deleted" },
      subjects: [{ subject: "sub_lost", identifiers: [] }],
    });
    expect(log.notCovered).toMatchObject([
      { what: expect.stringContaining("1 message(s) carried by Brevo") },
    ]);
    await knex("mlr_message").update({ transport: "smtp" });
    expect(await planOf("sub_lost")).toMatchObject({ notCovered: [], tables: [{ erased: 0 }, {}, {}] });
  });

  it("that it does not find when told to delete it is neither counted nor taken for gone", async () => {
    const { source, second, brevo, carried, planOf } = await openHouse();
    await carried("sub_deaf", ADDRESS, "deaf");
    brevo.moods.logIsDeaf = true;
    const plan = await planOf("sub_deaf", ADDRESS);
    for await (const step of source.erase(plan)) expect(step).toBeUndefined();
    expect((await source.remaining(plan))[0]).toMatchObject({ erased: 1 });
    expect((await second.lookAgain(ACACIAS, plan.traces)).hits).toBe(1);
  });
});
