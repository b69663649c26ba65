import { controllerId } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askRelink } from "../../src/accounts/ask-relink.ts";
import { newCode, readCode, sayCode } from "../../src/accounts/relink-code.ts";
import { garOptions } from "../../src/options.ts";
import { openHouse } from "./open-accounts.ts";

describe("the code of a request", () => {
  it("is eight characters of Crockford's base 32, and any spelling of it reads as it was drawn", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const code = newCode(() => bytes);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
        const typed = ` ${sayCode(code).toLowerCase().replaceAll("0", "o").replaceAll("1", "l")} `;
        expect(readCode(typed)).toBe(code);
      }),
    );
  });

  it("reads nothing else as a code", () => {
    for (const typed of ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFGU", "ABCD_EFGH", "ÀBCD-EFGH"])
      expect(readCode(typed)).toBeUndefined();
  });
});

describe("a code is never stored in clear (D4.1)", () => {
  it("stands in no column of any table, whoever asks", async () => {
    const house = await openHouse();
    const { knex } = house.database;
    const { unitOfWork, ports } = house;
    const codes: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const { subject } = await house.comesIn({ ido: `person${n}` });
      const asker = {
        controller: controllerId("ministry"),
        subject,
        product: "plume",
        role: "pupil",
        identifierKind: "gar.ido",
      } as const;
      const { code } = await unitOfWork.transaction((unit) =>
        askRelink(unit, ports, garOptions.parse({}), { ...asker, origin: "gar", schools: ["0999999F"] }),
      );
      codes.push(code);
    }
    expect(new Set(codes).size).toBe(codes.length);
    const tables: string[] = await knex("sqlite_master").where({ type: "table" }).pluck("name");
    for (const table of tables) {
      const rows: Record<string, unknown>[] = await knex(table).select();
      const text = rows
        .flatMap((row) => Object.values(row))
        .map((value) => (Buffer.isBuffer(value) ? value.toString("latin1") : String(value)))
        .join("\n")
        .toUpperCase();
      for (const code of codes) for (const spelt of [code, sayCode(code)]) expect(text).not.toContain(spelt);
      expect(text).not.toContain("0999999F");
    }
  });
});
