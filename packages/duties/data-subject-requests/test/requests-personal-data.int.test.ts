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
    }: { readonly subject?: SubjectId; readonly controller?: typeof SCHOOL } = {},
  ): Promise<InquiryId> => {
    const id = ids.next("inq");
    await inUnit(async (unit) =>
      insertInquiry(unit, {
        ...{ id, state: "assigned", channel: "page", language: "fr", matters: [], recognised: [] },
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
