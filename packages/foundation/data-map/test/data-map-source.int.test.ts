import { controllerId } from "@preau/kernel";
import {
  type DatabaseKind,
  describeOnMariaDb,
  freshDatabase,
  personalDataSourceContract,
} from "@preau/testing";
import { describe } from "vitest";
import {
  addPupil,
  controller,
  makeSecond,
  makeSource,
  openSchool,
  snapshotOf,
} from "./fixtures/little-school.ts";

for (const kind of ["sqlite", "mariadb"] satisfies DatabaseKind[]) {
  (kind === "mariadb" ? describeOnMariaDb : describe)(kind, () => {
    personalDataSourceContract(`data map on ${kind}`, async () => {
      const fresh = await freshDatabase(kind);
      const database = await openSchool({ url: fresh.url });
      let planted = 0;
      return {
        source: makeSource(database, { batchRows: 2 }),
        second: makeSecond(database),
        controller,
        otherController: controllerId("college-2"),
        populate: (person) => addPupil(database, person),
        snapshot: () => snapshotOf(database),
        relate: async (about, { target, person }) => {
          const [first, second] = [about, target].map(({ identifiers }) => Number(identifiers[0]?.value));
          await database.knex("ls_letters").insert({
            id: Number(first) * 10 + 5,
            from_person: second,
            to_person: first,
            body: `${person.givenName} ${person.familyName} (${person.login}), ${person.email}`,
          });
        },
        correctable: { where: "ls_people", field: "given" },
        plant: async (text) => {
          planted += 1;
          await database.knex("ls_settings").insert({ name: `planted-${planted}`, value: text });
        },
        breakWrites: async () => {
          if (kind === "sqlite") {
            await database.knex.raw(
              "create trigger broken before delete on ls_works begin select raise(abort, 'broken'); end",
            );
          } else {
            await database.knex.raw(
              "create trigger broken before delete on ls_works for each row signal sqlstate '45000' set message_text = 'broken'",
            );
          }
          return async () => {
            await database.knex.raw("drop trigger broken");
          };
        },
        close: async () => {
          await database.close();
          await fresh.remove();
        },
      };
    });
  });
}
