/** The ledger as a store of personal data: the contract of all stores. */
import { openDatabase } from "@preau/database";
import { addMillis, instant, manualClock, type Writing } from "@preau/kernel";
import {
  freshDatabase,
  type InventedPerson,
  personalDataSourceContract,
  type Snapshot,
} from "@preau/testing";
import { instructionsPersonalData } from "../src/instructions-personal-data.ts";
import { ACACIAS, HAMEAU, PUBLISHER_DPO } from "./house.ts";
import { lightLedger } from "./light-ledger.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");

for (const kind of ["sqlite", "mariadb"] as const)
  personalDataSourceContract(`the ledger of instructions on ${kind}`, async () => {
    const fresh = await freshDatabase(kind);
    const database = await openDatabase({ url: fresh.url });
    const ports = await lightLedger(database, manualClock(NOW));
    const { knex, dialect } = database;
    let persons = 0;
    return {
      ...instructionsPersonalData(ports),
      ...{ controller: HAMEAU, otherController: ACACIAS },
      snapshot: async (): Promise<Snapshot> => {
        const rows: { id: string }[] = await knex("ins_instruction").select();
        return new Map([["ins_instruction", new Map(rows.map((row) => [row.id, JSON.stringify(row)]))]]);
      },
      populate: async (person: InventedPerson) => {
        persons += 1;
        const subject = `sub_person${persons}` as const;
        for (let n = 0; n < 2; n += 1) {
          const writing: Writing = {
            ...{ receivedAt: addMillis(NOW, -1_000), means: "letter", writer: "dpo", reference: "2026/118" },
          };
          const id = await ports.unitOfWork.transaction((unit) =>
            ports.instructions.record(unit, {
              ...{ controller: HAMEAU, kind: "export", clause: "D10.1a", by: PUBLISHER_DPO, writing },
              scope: { subject },
            }),
          );
          // As if somebody had got a name and an address past the hint.
          const reference = `lettre de ${person.familyName}, ${person.email}, ${person.login}`;
          await knex("ins_instruction")
            .where({ id })
            .update({ writing: JSON.stringify({ ...writing, reference }) });
        }
        return {
          subject,
          identifiers: [
            { kind: "mail", value: person.email },
            { kind: "name", value: person.familyName },
          ],
        };
      },
      correctable: { where: "ins_instruction", field: "reference" },
      plant: async (text: string) => {
        await knex("ins_instruction").insert({
          ...{ id: "ins_planted", controller: HAMEAU, kind: "other", clause: "D6.1c", scope: "{}" },
          ...{ about_person: false, given_by: "controllerDpo", recorded_at: NOW, starts_at: NOW },
          writing: JSON.stringify({ reference: text }),
        });
      },
      breakWrites: async () => {
        await knex.raw(
          dialect === "sqlite"
            ? "create trigger no_update before update on ins_instruction begin select raise(abort, 'no'); end"
            : "create trigger no_update before update on ins_instruction for each row signal sqlstate '45000'",
        );
        return async () => {
          await knex.raw("drop trigger no_update");
        };
      },
      close: async () => {
        await database.close();
        await fresh.remove();
      },
    };
  });
