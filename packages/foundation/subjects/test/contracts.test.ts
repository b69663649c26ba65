import { controllerId, type Identifier, type SubjectId } from "@preau/kernel";
import {
  type InventedPerson,
  personalDataSourceContract,
  type Snapshot,
  subjectDirectoryContract,
} from "@preau/testing";
import { subjectsPersonalData } from "../src/index.ts";
import { describeKinds, openDirectory } from "./open-directory.ts";

describeKinds((kind) => {
  subjectDirectoryContract(kind, () => openDirectory(kind));

  personalDataSourceContract(kind, async () => {
    const open = await openDirectory(kind);
    const { database, keyStore, directory, unitOfWork, clock } = open;
    const { knex, dialect } = database;
    const controller = controllerId("college-1");
    const populate = async (person: InventedPerson) => {
      const identifiers: readonly Identifier[] = [
        { kind: "moodle.user", value: person.login },
        { kind: "mail", value: person.email },
        { kind: "name", value: person.familyName },
      ];
      const subject = await unitOfWork.transaction(async (unit): Promise<SubjectId> => {
        const [first, ...others] = identifiers as [Identifier, ...Identifier[]];
        const made = await directory.identify(unit, controller, first);
        for (const each of others) await directory.link(unit, controller, made, each);
        return made;
      });
      return { subject, identifiers };
    };
    const snapshot = async (): Promise<Snapshot> => {
      const tables = new Map<string, Map<string, string>>();
      for (const table of ["sbj_subject", "sbj_identifier", "sbj_key_to_destroy"]) {
        const rows: { id?: string; subject?: string }[] = await knex(table).select();
        tables.set(
          table,
          new Map(
            rows.map((row) => [row.id ?? row.subject ?? "", JSON.stringify({ ...row, restricted_at: null })]),
          ),
        );
      }
      return tables;
    };
    return {
      ...subjectsPersonalData({ database, keyStore, clock }),
      controller,
      otherController: controllerId("college-2"),
      populate,
      snapshot,
      correctable: { where: "sbj_identifier", field: "mail" },
      plant: async (text: string) => {
        const row = { id: "sid_planted", controller, subject: "sub_planted", kind: "note", hash: "planted" };
        await knex("sbj_identifier").insert({ ...row, sealed: Buffer.from(text), linked_at: clock.now() });
      },
      breakWrites: async () => {
        await knex.raw(
          dialect === "sqlite"
            ? "create trigger no_delete before delete on sbj_identifier begin select raise(abort, 'no'); end"
            : "create trigger no_delete before delete on sbj_identifier for each row signal sqlstate '45000'",
        );
        return async () => {
          await knex.raw("drop trigger no_delete");
        };
      },
      close: open.close,
    };
  });
});
