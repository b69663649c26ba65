import { describe, expect, it } from "vitest";
import { PEOPLE, schoolInMemory, siteOf } from "./school-site.ts";

/** Who may open what: `y` yes, `n` no such page for them. */
const PATHS = [
  "/classes/1",
  "/classes/10",
  "/pupils/101",
  "/pupils/301",
  "/accounts",
  "/accounts/101",
  "/accounts/301",
  "/log",
  "/year",
  "/messages",
  "/classes/1/results.csv",
  "/account",
] as const;
const MAY: readonly (readonly [who: string, account: number, may: string])[] = [
  ["the GAR teacher of that class", PEOPLE.garTeacher, "ynynnnnnnyyy"],
  ["the GAR teacher of another class", 12, "nnnnnnnnnyny"],
  ["a teacher of that school, outside the GAR", 21, "ynynnnnnnyyy"],
  ["a teacher of another school", PEOPLE.plumeTeacher, "nnnnnnnnnyny"],
  ["that pupil", PEOPLE.pupil, "nnynnnnnnnny"],
  ["another pupil", 102, "nnnnnnnnnnny"],
  ["an administrator of that school", PEOPLE.plumeAdministrator, "ynynyynynyny"],
  ["an administrator of the nursery school", PEOPLE.jardinAdministrator, "nynyynyyyyny"],
  ["a teacher of the nursery school", PEOPLE.jardinTeacher, "nynynnnnnyny"],
  ["a teacher of the other nursery school", 34, "nnnnnnnnnyny"],
  ["that child", 301, "nnnynnnnnnny"],
  ["the child's parent", PEOPLE.parent, "nnnynnnnnnny"],
  ["another parent", 503, "nnnnnnnnnnny"],
];

describe("what each role sees in the demo school", () => {
  it.each(MAY)("shows %s no more than theirs", async (_who, account, may) => {
    const site = await siteOf(await schoolInMemory());
    const person = await site.enter(account);
    expect([person.entered.status, person.entered.location]).toEqual([303, "/"]);
    expect((await person.get("/")).status).toBe(200);
    const seen = await Promise.all(
      PATHS.map(async (path) => [path, (await person.get(path)).status] as const),
    );
    expect(seen).toEqual(PATHS.map((path, i) => [path, may[i] === "y" ? 200 : 404]));
  });

  it("shows nobody who has not entered anything but the door and the window into the database", async () => {
    const { anybody } = await siteOf(await schoolInMemory());
    for (const path of ["/", "/sign-in", "/database"]) expect((await anybody.get(path)).status).toBe(200);
    for (const path of [...PATHS, "/files/1", "/nowhere"])
      expect([path, (await anybody.get(path)).location]).toEqual([path, "/sign-in"]);
  });

  it("answers 404 with a page for what is not there", async () => {
    const person = await (await siteOf(await schoolInMemory())).enter(PEOPLE.garTeacher);
    for (const path of [
      "/classes/99",
      "/classes/x",
      "/classes/1%27",
      "/pupils/0",
      "/files/999",
      "/nowhere",
    ]) {
      const { status, text } = await person.get(path);
      expect([path, status, text.includes("Page inconnue")]).toEqual([path, 404, true]);
    }
  });

  it("gives files to their owner and to who teaches the owner, and to nobody else", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const [file] = await database
      .knex("sch_file")
      .where("owner_id", PEOPLE.pupil)
      .select<{ id: number }[]>("id");
    const path = `/files/${file?.id ?? 0}`;
    const status = async (who: number) => (await (await site.enter(who)).get(path)).status;
    expect(await status(PEOPLE.pupil)).toBe(200);
    expect(await status(PEOPLE.garTeacher)).toBe(200);
    for (const who of [102, 12, PEOPLE.plumeTeacher, PEOPLE.parent]) expect(await status(who)).toBe(404);
  });

  it("lets only those change something whose it is to change", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const mark = { skill: "Lire une syllabe", score: "12" };
    const seen = { skill: "Vivre ensemble", body: "Prête son vélo." };
    const deeds = [
      ["/pupils/101/results", mark, [PEOPLE.garTeacher, 21]],
      ["/pupils/301/observations", seen, [PEOPLE.jardinTeacher]],
      ["/accounts/101/restrict", {}, [PEOPLE.plumeAdministrator]],
      ["/accounts/102/deletion", {}, [PEOPLE.plumeAdministrator]],
      ["/accounts/301/transfer", { class: "13" }, [PEOPLE.jardinAdministrator]],
      ["/year/undo", {}, []],
      ["/year/roll", { fingerprint: "x" }, []],
      ["/accounts/101/lift", {}, [PEOPLE.plumeAdministrator]],
    ] as const;
    const everybody = [11, 12, 21, 22, 31, 34, 101, 102, 1, 2, 3, 301, 501];
    for (const [path, fields, allowed] of deeds) {
      for (const who of everybody.filter((each) => !allowed.some((one) => one === each))) {
        const { status } = await (await site.enter(who)).post(path, fields);
        expect([path, who, [403, 404, 409].includes(status)]).toEqual([path, who, true]);
      }
      for (const who of allowed) {
        const { status } = await (await site.enter(who)).post(path, fields);
        expect([path, who, status]).toEqual([path, who, 303]);
      }
    }
  });
});
