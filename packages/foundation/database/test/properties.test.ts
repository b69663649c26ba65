import { PreauError } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { waitAfter } from "../src/backoff.ts";
import { readDatabaseUrl } from "../src/database-url.ts";
import { translateError } from "../src/translate-error.ts";

describe("waits between tries", () => {
  it("lie between half of the bound and the bound, never above the most, and never fall while the bound grows", () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    const backoff = fc.record({
      first: fc.integer({ min: 1, max: 5_000 }),
      factor: fc.double({ min: 1, max: 10, noNaN: true }),
      most: fc.integer({ min: 5_000, max: 10_000_000 }),
    });
    fc.assert(
      fc.property(backoff, fc.integer({ min: 1, max: 500 }), chance, (rules, tries, number) => {
        const bound = Math.min(rules.most, rules.first * rules.factor ** (tries - 1));
        const wait = waitAfter(tries, rules, () => number);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(bound / 2));
        expect(wait).toBeLessThanOrEqual(Math.ceil(bound));
        expect(waitAfter(tries + 1, rules, () => number)).toBeGreaterThanOrEqual(wait);
      }),
    );
  });
});

describe("addresses of databases", () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{8,20}$/);

  it("never repeat a password, whatever stands around it", () => {
    fc.assert(
      fc.property(word, fc.constantFrom("mysql", "mariadb"), fc.string(), (password, scheme, rest) => {
        const error = refusalOf(`${scheme}://user:${password}@host:3306/${rest}`);
        expect(["DATABASE_PASSWORD_IN_URL", "DATABASE_BAD_URL"]).toContain(error.code);
        expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain(password);
      }),
    );
  });

  it("of MySQL are read as they were written", () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 65_535 }), (user, name, port) => {
        const target = readDatabaseUrl(`mysql://${user}@db.school.test:${port}/${name}`);
        expect(target).toMatchObject({
          dialect: "mysql",
          host: "db.school.test",
          port,
          user,
          name,
          tls: false,
        });
        expect(target.place).toBe(`db.school.test:${port}/${name}`);
      }),
    );
  });

  it("end well or in one of two refusals, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.webUrl(),
          fc.string().map((text) => `mysql://${text}`),
        ),
        (text) => {
          try {
            readDatabaseUrl(text);
          } catch (error) {
            expect(["DATABASE_PASSWORD_IN_URL", "DATABASE_BAD_URL"]).toContain((error as PreauError).code);
          }
        },
      ),
    );
  });
});

describe("drivers' errors", () => {
  it("lose their text: no value that a driver quotes comes through", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{12,20}$/),
        fc.constantFrom(
          "ER_DUP_ENTRY",
          "SQLITE_CONSTRAINT_UNIQUE",
          "SQLITE_ERROR",
          "ER_DATA_TOO_LONG",
          "ECONNRESET",
        ),
        (value, code) => {
          const driver = Object.assign(new Error(`Duplicate entry '${value}'`), {
            code,
            sqlMessage: value,
            sql: value,
          });
          const fault = translateError(driver, "here", "insert into t values (?)");
          const said = [fault, fault.message, fault.stack, String(fault.cause), (fault.cause as Error).stack];
          expect(JSON.stringify(said)).not.toContain(value);
        },
      ),
    );
  });

  it.each([
    [{ errno: 1213, code: "ER_LOCK_DEADLOCK" }, "DATABASE_BUSY"],
    [{ errno: 1205, code: "ER_LOCK_WAIT_TIMEOUT" }, "DATABASE_BUSY"],
    [{ errno: 1020, code: "ER_CHECKREAD" }, "DATABASE_BUSY"],
    [{ code: "SQLITE_BUSY_SNAPSHOT" }, "DATABASE_BUSY"],
    [{ errno: 1021, code: "ER_DISK_FULL" }, "DATABASE_FULL"],
    [{ errno: 1114, code: "ER_RECORD_FILE_FULL" }, "DATABASE_FULL"],
    [{ errno: 28 }, "DATABASE_FULL"],
    [{ code: "SQLITE_FULL" }, "DATABASE_FULL"],
    [{ code: "SQLITE_READONLY" }, "DATABASE_READ_ONLY"],
    [{ errno: 1290, code: "ER_OPTION_PREVENTS_STATEMENT" }, "DATABASE_READ_ONLY"],
    [{ code: "PROTOCOL_CONNECTION_LOST" }, "DATABASE_UNREACHABLE"],
    [{ code: "ECONNREFUSED", errno: -111 }, "DATABASE_UNREACHABLE"],
    [{ code: "ENOTFOUND" }, "DATABASE_UNREACHABLE"],
    [{ errno: 1146, code: "ER_NO_SUCH_TABLE" }, "DATABASE_QUERY_FAILED"],
    ["a text", "DATABASE_QUERY_FAILED"],
    [null, "DATABASE_QUERY_FAILED"],
  ])("%j is %s", (driver, code) => {
    expect(translateError(driver, "here").code).toBe(code);
  });
});

function refusalOf(url: string): PreauError {
  try {
    readDatabaseUrl(url);
  } catch (error) {
    if (error instanceof PreauError) return error;
  }
  throw new Error("it was taken");
}
