import { rawRows, tablesNow } from "@preau/database";
import { expect, it, onTestFinished } from "vitest";
import { MINISTRY, SCHOOL } from "./accounts-base.ts";
import { describeKinds, openAccounts } from "./open-accounts.ts";

describeKinds((kind) => {
  it("reads every row that stays, in portions, while rows before it go (D12.2)", async () => {
    const house = await openAccounts(kind, { lean: true });
    onTestFinished(() => house.close());
    const { knex } = house.database;
    const days = { school_year: "2026-2027", first_at: house.clock.now(), last_at: house.clock.now() };
    const fields = { role: "teacher", provider: "gar.saml", subject: "sub_a", ...days };
    const put = (product: string, link_hash: string, controller = MINISTRY) =>
      knex("gar_account").insert({ controller, product, link_hash, ...fields });
    for (const each of ["b1", "a3", "b0", "a1", "a2", "c0", "b2"]) await put(each.charAt(0), each.charAt(1));
    await put("a", "0", SCHOOL);

    const tables = await house.unitOfWork.transaction((unit) => tablesNow(unit, "gar_"));
    expect(tables.filter(({ key }) => key.length === 0)).toEqual([]);
    const table = tables.find(({ name }) => name === "gar_account")!;
    expect(table.key).toEqual(["controller", "product", "link_hash"]);
    const seen: string[] = [];
    for await (const row of rawRows(house.unitOfWork, table, MINISTRY, 2)) {
      seen.push(`${String(row["product"])}${String(row["link_hash"])}`);
      if (seen.length === 2) await knex("gar_account").where({ product: "a", controller: MINISTRY }).delete();
    }
    expect(seen).toEqual(["a1", "a2", "b0", "b1", "b2", "c0"]);
  });
});
