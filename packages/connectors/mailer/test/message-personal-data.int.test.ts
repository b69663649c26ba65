/** The suite that every store of personal data passes, on both databases. @clause D10.1a, D12.2 */
import { manualClock, type SubjectId } from "@preau/kernel";
import {
  type DatabaseKind,
  freshDatabaseUrl,
  type InventedPerson,
  mariaDbSkipReason,
  personalDataSourceContract,
  type Snapshot,
} from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { messagePersonalData } from "../src/message-personal-data.ts";
import { endLog } from "../src/store/ended-messages.ts";
import { ACACIAS, makeMailHouse, message, openHouseDatabases, TILLEULS } from "./mail-house.ts";
import { startSmtpPeer } from "./smtp-peer.ts";

const kinds: readonly DatabaseKind[] = mariaDbSkipReason() === undefined ? ["sqlite", "mariadb"] : ["sqlite"];

for (const kind of kinds)
  personalDataSourceContract(`the log of messages on ${kind}`, async () => {
    const both = await openHouseDatabases(await freshDatabaseUrl(kind));
    const house = await makeMailHouse(both, manualClock());
    const { knex, dialect } = both.database;
    let persons = 0;
    const send = (subject: SubjectId, address: string, key: string) =>
      house.send(
        message({ subject, key, to: { name: "M. ou Mme", address }, variables: { login: address } }),
      );
    return {
      ...messagePersonalData(house),
      controller: ACACIAS,
      otherController: TILLEULS,
      populate: async (person: InventedPerson) => {
        persons += 1;
        const subject: SubjectId = `sub_person${persons}`;
        for (const n of [1, 2, 3]) await send(subject, person.email, `${subject}/${n}`);
        await house.suppress({ subject, address: person.email, kind: "hardBounce" });
        // Nobody knew whose address that was; it is among the person's identifiers.
        await house.suppress({ address: person.email.toUpperCase(), kind: "complaint" });
        const identifiers = [
          { kind: "mail", value: person.email },
          { kind: "name", value: person.familyName },
        ];
        return { subject, identifiers };
      },
      relate: async ({ subject }, { person }) => {
        await send(subject, person.email, `${subject}/other`);
      },
      snapshot: async (): Promise<Snapshot> => {
        const rows: Record<string, unknown>[] = await knex("mlr_message").select();
        const lines = rows.map(
          (row) => [String(row["id"]), JSON.stringify({ ...row, restricted_at: null })] as const,
        );
        const entries: Record<string, unknown>[] = await knex("mlr_suppressed").select();
        const list = entries.map(
          (row) => [String(row["id"]), JSON.stringify({ ...row, restricted_at: null })] as const,
        );
        return new Map([
          ["mlr_message", new Map(lines)],
          ["mlr_suppressed", new Map(list)],
        ]);
      },
      correctable: { where: "mlr_message", field: "name" },
      plant: async (text: string) => {
        const [row] = (await knex("mlr_message").limit(1).select()) as Record<string, unknown>[];
        await knex("mlr_message").insert({
          ...row,
          ...{
            id: "msg_planted",
            message_key: "planted",
            controller: ACACIAS,
            subject: null,
            template: text,
          },
          sealed: null,
        });
      },
      breakWrites: async () => {
        await knex.raw(
          dialect === "sqlite"
            ? "create trigger no_delete before delete on mlr_message begin select raise(abort, 'no'); end"
            : "create trigger no_delete before delete on mlr_message for each row signal sqlstate '45000'",
        );
        return async () => {
          await knex.raw("drop trigger no_delete");
        };
      },
      close: async () => {
        await both.database.close();
        await both.keysDatabase.close();
      },
    };
  });

async function openHouse(options = {}) {
  const both = await openHouseDatabases("sqlite::memory:");
  onTestFinished(() => Promise.all([both.database.close(), both.keysDatabase.close()]).then(() => undefined));
  const clock = manualClock();
  const house = await makeMailHouse(both, clock, { options });
  onTestFinished(() => house.post.close());
  return { ...house, clock, ...messagePersonalData(house) };
}
const person = { subject: "sub_1", identifiers: [] } as const;

describe("a person's messages", () => {
  it("wait while the person's data is restricted, and leave once that is lifted (D10.1a)", async () => {
    const peer = await startSmtpPeer();
    onTestFinished(() => peer.close());
    const { send, worker, source } = await openHouse(peer.options);
    await send(message({ subject: person.subject }));
    await source.restrict(ACACIAS, person);
    await worker.drain();
    expect(peer.received).toHaveLength(0);
    await source.lift(ACACIAS, person);
    await worker.drain();
    expect(peer.received).toHaveLength(1);
  });

  it("cannot leave any more once the person's key is gone (D12.2)", async () => {
    const { send, worker, vault, row, settled } = await openHouse({ transport: "catcher" });
    const id = await send(message({ subject: person.subject }));
    await vault.destroy({ controller: ACACIAS, kind: "subject", id: person.subject });
    await worker.drain();
    expect(await row(id)).toMatchObject({ state: "refused", reason: "ERASED", clause: "D12.2" });
    expect(settled.map(({ outcome }) => outcome)).toEqual(["refused"]);
  });

  it("lead to nobody once the logs have ended (DD.8)", async () => {
    const { send, worker, clock, row, unitOfWork } = await openHouse({ transport: "catcher" });
    const old = await send(message({ subject: person.subject, key: "old" }));
    await worker.drain();
    clock.advance(1_000);
    const before = clock.now();
    const young = await send(message({ subject: person.subject, key: "young" }));
    await worker.drain();
    await unitOfWork.transaction((unit) => endLog(unit, before));
    expect(await row(old)).toMatchObject({ subject: null, sealed: null });
    expect(await row(young)).toMatchObject({ subject: person.subject });
  });
});
