/** The rights desk as a store of personal data: the contract of all stores, and what becomes of messages that name several. */
import { type Database, openDatabase } from "@preau/database";
import {
  type InquiryId,
  instant,
  manualClock,
  type RequestId,
  type SubjectId,
  type SubjectTarget,
} from "@preau/kernel";
import {
  codeOf,
  describeEachDatabase,
  freshDatabase,
  type InventedPerson,
  personalDataSourceContract,
  type Snapshot,
} from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { executeRequest } from "../src/execute-request.ts";
import type { InquiryText } from "../src/inquiry.ts";
import { openInquiry, openPart, sealInquiry, sealPart } from "../src/inquiry-seal.ts";
import type { RequestPart } from "../src/request-part.ts";
import { requestsPersonalData } from "../src/requests-personal-data.ts";
import { restrictSubject } from "../src/restriction-order.ts";
import { insertInquiry, readInquiry } from "../src/store/inquiries.ts";
import { attachInquiry, insertRequest, readRequest } from "../src/store/requests.ts";
import { DPO, KIND, OTHER_SCHOOL, openExecuteHouse, SCHOOL } from "./execute-house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");

async function open(database: Database) {
  const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
  const clock = manualClock(NOW);
  const house = await openExecuteHouse({ database, keysDatabase }, clock);
  const { ports, inUnit } = house;
  const { ids } = ports;

  const inquire = async (
    text: InquiryText,
    {
      subject,
      controller = SCHOOL,
      state = "assigned",
    }: {
      readonly subject?: SubjectId;
      readonly controller?: typeof SCHOOL;
      readonly state?: "assigned" | "new";
    } = {},
  ): Promise<InquiryId> => {
    const id = ids.next("inq");
    await inUnit(async (unit) =>
      insertInquiry(unit, {
        ...{ id, state, channel: "page", language: "fr", matters: [], recognised: [] },
        ...{ receivedAt: NOW, recordedAt: NOW, forwardDueAt: NOW, attachments: 0, level: 0 },
        ...(subject === undefined ? {} : { controller, subject }),
        ...{ keyHash: id, sealed: await sealInquiry(ports, id, text) },
      }),
    );
    return id;
  };
  const ask = async (
    inquiry: InquiryId,
    part: RequestPart,
    who: {
      readonly subject?: SubjectId;
      readonly requester?: SubjectId;
      readonly controller?: typeof SCHOOL;
    },
  ): Promise<RequestId> => {
    const id = ids.next("rqs");
    const { controller = SCHOOL, ...persons } = who;
    await inUnit(async (unit) => {
      await insertRequest(unit, {
        ...{ id, controller, inquiry, matter: "access", state: "open", language: "fr", role: "pupil" },
        ...{ identity: "signedIn", authority: "self", receivedAt: NOW, forwardDueAt: NOW },
        ...{ level: 0, bounces: 0, textHeld: false, ...persons },
        sealed: await sealPart(ports, { controller, id }, part),
      });
      await attachInquiry(unit, { controller, id }, inquiry, NOW);
    });
    return id;
  };
  const target = async (pupil: number | string, ...texts: readonly string[]): Promise<SubjectTarget> => ({
    subject: await house.identify(pupil),
    identifiers: [{ kind: KIND, value: String(pupil) }, ...texts.map((value) => ({ kind: "text", value }))],
  });
  return { ...house, ...{ clock, keysDatabase, inquire, ask, target }, ...requestsPersonalData(ports) };
}

for (const kind of ["sqlite", "mariadb"] as const)
  personalDataSourceContract(`requests on ${kind}`, async () => {
    const fresh = await freshDatabase(kind);
    const database = await openDatabase({ url: fresh.url });
    const house = await open(database);
    const { knex, dialect } = database;
    const tables = [
      "dsr_inquiry",
      "dsr_request",
      "dsr_action",
      "dsr_restriction",
      "dsr_objection",
      "dsr_review",
    ];
    const snapshot = async (): Promise<Snapshot> => {
      const all = new Map<string, Map<string, string>>();
      for (const table of tables) {
        const rows: { id: string }[] = await knex(table).select();
        all.set(table, new Map(rows.map((row) => [row.id, JSON.stringify(row)])));
      }
      return all;
    };
    return {
      ...{ source: house.source, second: house.second, snapshot },
      controller: SCHOOL,
      otherController: OTHER_SCHOOL,
      populate: async ({ login, email, givenName, familyName }: InventedPerson) => {
        const name = `${givenName} ${familyName}`;
        const who = await house.target(login, email, name);
        const text = `Je voudrais une copie de mes données. ${name}, ${email}`;
        const part = { name, address: email, text };
        for (let n = 0; n < 2; n += 1) {
          const inquiry = await house.inquire(part, { subject: who.subject });
          const request = await house.ask(inquiry, part, { subject: who.subject });
          const scope = { subject: who.subject };
          const instruction = await house.write({ controller: SCHOOL, kind: "export", scope });
          await executeRequest(house.ports, { controller: SCHOOL, request, instruction, by: DPO });
        }
        return who;
      },
      // A guardian wrote for two: in the one message both stand.
      relate: async (about, { target, person }) => {
        const name = `${person.givenName} ${person.familyName}`;
        const text = `Aussi pour ${name}, ${person.email}, ${person.login}.`;
        const inquiry = await house.inquire({ text }, { subject: about.subject });
        await house.ask(inquiry, { text: "Une copie." }, { subject: about.subject });
        await house.ask(inquiry, { concerns: name, address: person.email }, { subject: target.subject });
      },
      correctable: { where: "dsr_inquiry", field: "name" },
      plant: async (text: string) => {
        await knex("dsr_relay").insert({
          ...{ id: "rly_planted", controller: SCHOOL, thing: "rqs_planted", state: "sent", how: "hand" },
          ...{ made_at: NOW, reference: text },
        });
      },
      breakWrites: async () => {
        await knex.raw(
          dialect === "sqlite"
            ? "create trigger no_update before update on dsr_request begin select raise(abort, 'no'); end"
            : "create trigger no_update before update on dsr_request for each row signal sqlstate '45000'",
        );
        return async () => {
          await knex.raw("drop trigger no_update");
        };
      },
      close: async () => {
        await house.keysDatabase.close();
        await database.close();
        await fresh.remove();
      },
    };
  });

describeEachDatabase("requests of an erased person", openDatabase, (fresh, kind) => {
  const opened = async () => {
    const house = await open(await fresh());
    onTestFinished(() => house.keysDatabase.close());
    const erase = async (who: SubjectTarget) => {
      const plan = await house.source.plan({ controller: SCHOOL, subjects: [who], ground: "instruction" });
      for await (const _ of house.source.erase(plan));
      return plan;
    };
    const look = (plan: Awaited<ReturnType<typeof erase>>) => house.second.lookAgain(SCHOOL, plan.traces);
    const textOf = (id: InquiryId) => house.inUnit((unit) => openInquiry(unit, house.ports, id));
    const partOf = (id: RequestId, controller = SCHOOL) =>
      house.inUnit((unit) => openPart(unit, house.ports, { controller, id }));
    const requestOf = (id: RequestId, controller = SCHOOL) =>
      house.inUnit((unit) => readRequest(unit, controller, id));
    return { ...house, erase, look, textOf, partOf, requestOf };
  };

  it("of a message that nobody has assigned says that it stands, with the remedy, and leaves it (D12.2)", async () => {
    const { source, second, target, inquire, textOf } = await opened();
    const who = await target(1, "Zoé D’Alençon", "zoe@famille.example");
    const plan = await source.plan({ controller: SCHOOL, subjects: [who], ground: "instruction" });
    const look = () => second.lookAgain(SCHOOL, plan.traces);
    const other = await inquire({ text: "Une copie, merci.", name: "Tom Bernard" }, { state: "new" });
    expect(await look()).toMatchObject({ hits: 0, notCovered: [] });
    const own = await inquire({ text: "Effacez tout.", address: "zoe@famille.example" }, { state: "new" });
    for await (const _ of source.erase(plan)) continue;
    expect(await look()).toMatchObject({
      hits: 0,
      notCovered: [{ what: "dsr_inquiry: 1", remedy: "assign or close them, then look again" }],
    });
    expect(await textOf(own)).toBeDefined();
    expect(await textOf(other)).toBeDefined();
  });

  it("stay as facts about nobody; what was written goes at once, with its key (D12.2)", async () => {
    const house = await opened();
    const zoe = await house.target(1, "zoe.morvan@hameau.example");
    const inquiry = await house.inquire(
      { text: "Effacez tout.", name: "Zoé Morvan" },
      { subject: zoe.subject },
    );
    const id = await house.ask(
      inquiry,
      { name: "Zoé Morvan", text: "Effacez tout." },
      { subject: zoe.subject },
    );
    const plan = await house.erase(zoe);
    const request = await house.requestOf(id);
    expect(request).toMatchObject({ state: "open", matter: "access" });
    expect([request?.subject, await house.partOf(id), await house.textOf(inquiry)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect((await house.inUnit((unit) => readInquiry(unit, inquiry)))?.textGoneAt).toBe(NOW);
    for (const scope of [
      { controller: SCHOOL, kind: "controller", id } as const,
      { controller: "publisher" as typeof SCHOOL, kind: "controller", id: inquiry } as const,
    ])
      expect(await house.ports.vault.destruction(scope), scope.id).toBeDefined();
    expect((await house.look(plan)).hits).toBe(0);
  });

  it("goes on after a kill between any two steps (D12.2)", async () => {
    const house = await opened();
    const zoe = await house.target(1, "zoe.morvan@hameau.example");
    const other = await house.target(2);
    const written = {
      name: "Zoé Morvan",
      address: "zoe.morvan@hameau.example",
      text: "Pour moi et Hugo Kerbrat.",
    };
    const shared = await house.inquire(written, { subject: zoe.subject });
    await house.ask(shared, written, { subject: zoe.subject });
    const theirs = await house.ask(
      shared,
      { concerns: "Hugo Kerbrat", name: "Zoé Morvan" },
      { subject: other.subject },
    );
    await house.inquire(written, { subject: zoe.subject });
    const plan = await house.source.plan({ controller: SCHOOL, subjects: [zoe], ground: "instruction" });
    for (let n = 0; n < 12; n += 1) {
      let left = n;
      const dying = {
        ...house.ports,
        unitOfWork: {
          transaction: <T>(work: Parameters<typeof house.ports.unitOfWork.transaction<T>>[0]) => {
            if (left === 0) throw new Error("killed");
            left -= 1;
            return house.ports.unitOfWork.transaction(work);
          },
        },
      };
      const run = async () => {
        for await (const _ of requestsPersonalData(dying).source.erase(plan));
      };
      await run().catch(() => undefined);
    }
    for await (const _ of house.source.erase(plan));
    expect((await house.look(plan)).where).toEqual([]);
    expect((await house.textOf(shared))?.text).toContain("Hugo");
    expect(JSON.stringify([await house.textOf(shared), await house.partOf(theirs)])).not.toMatch(/Zoé|zoe/);
    for (const { erased, anonymised } of await house.source.remaining(plan))
      expect(erased + anonymised).toBe(0);
  });

  // What follows rests on what is sealed and on keys: the statements are those above, and those of the contract.
  if (kind === "mariadb") return;

  it("out of a message about ten pupils: the erased one's name goes, the nine others' requests keep what they need (D12.2)", async () => {
    const house = await opened();
    const first = ["Zoé", "Hugo", "Inès", "Malo", "Anaïs", "Titouan", "Lila", "Noé", "Jade", "Ewen"];
    const names = first.map((given, n) => `${given} ${["Morvan", "Kerbrat", "Le Goff"][n % 3] ?? ""}`);
    const teacher = await house.target(99);
    const text = `Je demande une copie pour ${names.join(", ")}.`;
    const inquiry = await house.inquire({ text, name: "Odile Rivoal" }, { subject: teacher.subject });
    const pupils: SubjectTarget[] = [];
    const ids: RequestId[] = [];
    for (const [n, name] of names.entries()) {
      const pupil = await house.target(n);
      pupils.push(pupil);
      const who = { subject: pupil.subject, requester: teacher.subject };
      const part = { name: "Odile Rivoal", concerns: name, text: `Une copie pour ${name}.` };
      ids.push(await house.ask(inquiry, n === 1 ? { ...part, text: `${text} Merci.` } : part, who));
    }
    await house.erase(pupils[0] as SubjectTarget);
    const left = await house.textOf(inquiry);
    expect(left?.text).not.toMatch(/Zoé/);
    expect(left?.text).toContain("Hugo Kerbrat");
    expect(left?.name).toBe("Odile Rivoal");
    expect(await house.partOf(ids[0] as RequestId)).toBeUndefined();
    expect((await house.partOf(ids[1] as RequestId))?.text).not.toMatch(/Zoé/);
    expect(await house.partOf(ids[2] as RequestId)).toMatchObject({ concerns: "Inès Le Goff" });
    // The teacher who wrote is erased: who wrote goes from every part, whom it is about stays.
    const plan = await house.erase(teacher);
    expect((await house.partOf(ids[2] as RequestId))?.concerns).toBe("Inès Le Goff");
    expect((await house.partOf(ids[2] as RequestId))?.name).not.toMatch(/Odile|Rivoal/);
    expect((await house.requestOf(ids[2] as RequestId))?.requester).toBeUndefined();
    expect((await house.look(plan)).hits).toBe(0);
    // With the last of them the message is gone.
    for (const pupil of pupils.slice(1)) await house.erase(pupil);
    expect(await house.textOf(inquiry)).toBeUndefined();
  });

  it("at another school are that school's: nothing of them changes (D12.2)", async () => {
    const house = await opened();
    const here = await house.target(1);
    const there = await house.identify(1, OTHER_SCHOOL);
    const text = { text: "Une copie, s’il vous plaît.", name: "Zoé Morvan" };
    const inquiry = await house.inquire(text);
    const mine = await house.ask(inquiry, text, { subject: here.subject });
    const theirs = await house.ask(inquiry, text, { subject: there, controller: OTHER_SCHOOL });
    await house.erase(here);
    expect(await house.partOf(mine)).toBeUndefined();
    expect(await house.partOf(theirs, OTHER_SCHOOL)).toEqual(text);
    expect(await house.requestOf(theirs, OTHER_SCHOOL)).toMatchObject({ subject: there, state: "open" });
  });

  it("is not taken out while restricted, not even before the store was asked (D10.1a)", async () => {
    const house = await opened();
    const zoe = await house.target(1);
    const inquiry = await house.inquire({ text: "Limitez." }, { subject: zoe.subject });
    await house.ask(inquiry, { text: "Limitez." }, { subject: zoe.subject });
    const early = await house.source.plan({ controller: SCHOOL, subjects: [zoe], ground: "instruction" });
    const instruction = await house.write({ controller: SCHOOL, kind: "restrict" });
    await house.inUnit((unit) =>
      restrictSubject(unit, house.ports, { controller: SCHOOL, subject: zoe.subject, instruction, by: DPO }),
    );
    const late = await house.source.plan({ controller: SCHOOL, subjects: [zoe], ground: "instruction" });
    expect(late.blocked).toMatchObject([{ subject: zoe.subject, reason: "restricted" }]);
    const run = async () => {
      for await (const _ of house.source.erase(early));
    };
    expect(await codeOf(run())).toBe("SOURCE_SUBJECT_RESTRICTED");
    expect(await house.textOf(inquiry)).toEqual({ text: "Limitez." });
  });
});
