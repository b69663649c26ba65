/** What the mail provider keeps of a person, as a store of personal data, against a simulated Brevo. @clause D10.1a, D12.2, DC */
import { type ErasurePlan, isFault, type SubjectId } from "@preau/kernel";
import { type InventedPerson, personalDataSourceContract, type Snapshot } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACACIAS, openProviderHouse, TILLEULS } from "./mail-provider-house.ts";

type House = Awaited<ReturnType<typeof openProviderHouse>>;
type Row = Readonly<Record<string, string>>;

function sourceOf(house: House) {
  const found = house.sources.find(({ source }) => source.describe().id === "mailer.brevo");
  if (found === undefined) throw new Error("the provider is no store");
  return found;
}

async function listOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function block({ ask, sendTo }: House, subject: SubjectId, address: string): Promise<void> {
  // An address that says so bounces for good, and comes onto the provider's own list.
  await sendTo(subject, address, `${subject}/blocked`);
  await ask("POST", "/_advance", { seconds: 600 });
}

personalDataSourceContract("the mail provider's account", async () => {
  const house = await openProviderHouse({
    switches: ["unlimited", "log-deleted-at-once", "contacts-from-mail"],
  });
  let persons = 0;
  const addresses: string[] = [];
  return {
    ...sourceOf(house),
    controller: ACACIAS,
    otherController: TILLEULS,
    populate: async (person: InventedPerson) => {
      persons += 1;
      const subject: SubjectId = `sub_person${persons}`;
      addresses.push(person.email);
      for (const n of [1, 2]) await house.sendTo(subject, person.email, `${subject}/${n}`);
      const identifiers = [
        { kind: "mail", value: person.email },
        { kind: "name", value: person.familyName },
        { kind: "login", value: person.login },
      ];
      return { subject, identifiers };
    },
    snapshot: async (): Promise<Snapshot> => {
      const log = new Map<string, string>();
      for (const email of addresses) {
        const { body } = await house.ask("GET", `/v3/smtp/emails?email=${encodeURIComponent(email)}`);
        for (const row of (body["transactionalEmails"] ?? []) as readonly Row[])
          log.set(String(row["uuid"]), JSON.stringify(row));
      }
      const { body } = await house.ask("GET", "/v3/contacts");
      const contacts = (body["contacts"] as readonly Row[]).map(
        (row) => [String(row["id"]), JSON.stringify(row)] as const,
      );
      return new Map([
        ["brevo.log", log],
        ["brevo.contact", new Map(contacts)],
      ]);
    },
    plant: async (text: string) => {
      const [email] = /[^\s]+@[^\s,.]+(?:\.[a-z]+)+/.exec(text) ?? [];
      await house.ask("POST", "/v3/contacts", { email });
    },
    breakWrites: async () => {
      await house.turn("server-error", "1000");
      return async () => {
        await house.turn("server-error", "off");
      };
    },
    close: house.close,
  };
});

describe("erasing a person at the mail provider (D12.2)", () => {
  let house: House;
  const [subject, address] = ["sub_teacher" as const, "helene.marceau@acacias.example"];
  const target = { subject, identifiers: [{ kind: "mail", value: address }] };
  beforeAll(async () => {
    house = await openProviderHouse({ switches: ["contacts-from-mail", "unlimited"] });
    await house.sendTo(subject, address, "first");
    await house.sendTo("sub_other", "autre@acacias.example", "other");
  });
  afterAll(() => house.close());

  it("says what the agreement says: the log goes within 48 hours", () => {
    expect(sourceOf(house).source.describe()).toMatchObject({ id: "mailer.brevo", documentedDelayHours: 48 });
  });

  it("is no store where something else carries the mail", async () => {
    const other = await openProviderHouse({ options: { transport: "catcher" } });
    expect(other.sources.map(({ source }) => source.describe().id)).toEqual(["mailer.log"]);
    await other.close();
  });

  it("reaches by its name a message whose address nobody knows any more, and an officer's own log by that alone", async () => {
    const { source } = sourceOf(house);
    const officer = { ...officerFlow, subject: "sub_pupil" as const };
    await house.sendTo("sub_pupil", "dpo@acacias.example", "relay", {});
    await house.database.knex("mlr_message").where({ subject: "sub_pupil" }).update({ sealed: null });
    const whom = { subject: officer.subject, identifiers: [] };
    const plan = await source.plan({ controller: ACACIAS, subjects: [whom], ground: "instruction" });
    expect(plan.traces.subjects[0]?.texts).toEqual([]);
    expect(plan.tables[0]).toMatchObject({ table: "brevo.log", erased: 1 });
    await listOf(source.erase(plan));
    expect((await house.ask("GET", "/v3/contacts/dpo%40acacias.example")).status).toBe(200);
  });

  it("finds a log that the provider kept beyond its hours", async () => {
    const { source, second } = sourceOf(house);
    await house.turn("log-kept", "on");
    const late = {
      subject: "sub_kept" as const,
      identifiers: [{ kind: "mail", value: "garde@acacias.example" }],
    };
    await house.sendTo(late.subject, "garde@acacias.example", "kept");
    const plan = await source.plan({ controller: ACACIAS, subjects: [late], ground: "account-deleted" });
    await listOf(source.erase(plan));
    expect((await second.lookAgain(ACACIAS, plan.traces)).hits).toBe(0);
    // Two days later, as our own memory of the order has it.
    await house.database.knex("mlr_order").update({ ordered_at: "2026-01-01T00:00:00.000Z" });
    expect(await second.lookAgain(ACACIAS, plan.traces)).toMatchObject({
      hits: 1,
      where: [{ place: "brevo.log.email", hits: 1 }],
    });
    await house.turn("log-kept", "off");
  });

  it("asks for everything, within Brevo's own limits, though our own log forgot the address; finds nothing that is not on its way out", async () => {
    const { source, second } = sourceOf(house);
    await house.turn("unlimited", "off");
    const plan = await source.plan({ controller: ACACIAS, subjects: [target], ground: "account-deleted" });
    expect(plan.tables).toEqual([
      { table: "brevo.log", erased: 1, anonymised: 0, kept: 0 },
      { table: "brevo.contact", erased: 1, anonymised: 0, kept: 0 },
      { table: "brevo.blockedContact", erased: 0, anonymised: 0, kept: 0 },
    ]);
    expect((await second.lookAgain(ACACIAS, plan.traces)).hits).toBe(2);
    expect(await listOf(source.erase(plan))).toHaveLength(2);
    // The log is there for a day or two, and that is what was documented.
    const logged = async () =>
      (await house.ask("GET", `/v3/smtp/emails?email=${encodeURIComponent(address)}`)).body["count"];
    expect(await logged()).toBe(1);
    expect(await second.lookAgain(ACACIAS, plan.traces)).toMatchObject({ hits: 0, notCovered: [] });
    expect((await source.remaining(plan)).every(({ erased }) => erased === 0)).toBe(true);
    await house.ask("POST", "/_advance", { seconds: 49 * 3_600 });
    expect(await logged()).toBe(0);
    const other = await house.ask("GET", "/v3/smtp/emails?email=autre%40acacias.example");
    expect(other.body["count"]).toBe(1);
    await house.turn("unlimited", "on");
  });

  it("takes the provider's block away, so that nothing of the address is left", async () => {
    const { source } = sourceOf(house);
    const bad = "bounce.marceau@acacias.example";
    await block(house, "sub_blocked", bad);
    const listed = async () => (await house.ask("GET", "/v3/smtp/blockedContacts")).body["contacts"];
    expect(JSON.stringify(await listed())).toContain(bad);
    const whom = { subject: "sub_blocked" as const, identifiers: [{ kind: "mail", value: bad }] };
    const plan = await source.plan({ controller: ACACIAS, subjects: [whom], ground: "instruction" });
    await listOf(source.erase(plan));
    expect(await listed()).toEqual([]);
  });

  it("is planned though the provider does not answer, and fails alone then, aloud", async () => {
    const { source } = sourceOf(house);
    await house.sendTo("sub_late", "tard@acacias.example", "late");
    const whom = {
      subject: "sub_late" as const,
      identifiers: [{ kind: "mail", value: "tard@acacias.example" }],
    };
    await house.turn("key-refused", "on");
    const plan: ErasurePlan = await source.plan({
      controller: ACACIAS,
      subjects: [whom],
      ground: "instruction",
    });
    expect(plan.subjects).toEqual(["sub_late"]);
    const failed = await listOf(source.erase(plan)).catch((error: unknown) => error);
    expect(isFault(failed, "MAIL_PROVIDER_LATER")).toBe(true);
    expect(String(failed)).not.toContain("tard");
    await house.turn("key-refused", "off");
    expect((await listOf(source.erase(plan))).length).toBeGreaterThan(0);
  });
});

const officerFlow = { role: "officer" };
