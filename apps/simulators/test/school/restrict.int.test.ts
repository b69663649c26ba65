import type { Database } from "@preau/database";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import {
  controller,
  erase,
  openSchool,
  PEOPLE,
  schoolInMemory,
  siteOf,
  sourceOf,
  tablesOf,
  targetOf,
} from "./school-site.ts";

/** Everything but the log, which grows by what is done. */
async function state(database: Database) {
  const { sch_activity_log: _log, sch_session: _sessions, ...rest } = await tablesOf(database);
  return rest;
}

describeEachDatabase("a restriction from outside, by the data map (D10.1a)", openSchool, (fresh) => {
  it("changes one column, blocks an erasure, and is lifted exactly", async () => {
    const database = await fresh();
    const before = await tablesOf(database);
    const source = sourceOf(database);
    const target = targetOf(PEOPLE.pupil);
    expect(await source.restrict(controller, target)).toEqual({ changed: 1, refused: [] });
    expect(await source.restrict(controller, target)).toEqual({ changed: 0, refused: [] });
    const [row] = await database.knex("sch_account").where("id", PEOPLE.pupil);
    expect(row).toEqual({ ...before["sch_account"]?.find(({ id }) => id === PEOPLE.pupil), restricted: 1 });
    const { plan } = await erase(database, PEOPLE.pupil);
    expect(plan.blocked.map(({ reason }) => reason)).toEqual(["restricted"]);
    expect(await source.lift(controller, target)).toEqual({ changed: 1, refused: [] });
    expect(await tablesOf(database)).toEqual(before);
  });
});

describe("a restricted person in the demo school (GDPR art. 18)", () => {
  it("cannot enter, is put out at once, and comes back as before", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const [pupil, target] = [await site.enter(PEOPLE.pupil), targetOf(PEOPLE.pupil)];
    const page = (await pupil.get("/")).text;
    await sourceOf(database).restrict(controller, target);
    const shut = await pupil.get("/");
    expect([shut.status, shut.text.includes("Ce compte est limité")]).toEqual([403, true]);
    expect((await site.enter(PEOPLE.pupil)).entered.status).toBe(403);
    expect((await site.anybody.get("/sign-in")).text).not.toContain(`value="${PEOPLE.pupil}"`);
    await sourceOf(database).lift(controller, target);
    expect((await pupil.get("/")).text).toBe(page);
  });

  it("is shown to nobody and used by nobody: pupil, child, teacher, parent", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const [plume, jardin] = [await site.enter(PEOPLE.garTeacher), await site.enter(PEOPLE.jardinTeacher)];
    const [direction, head] = [await site.enter(1), await site.enter(2)];
    const parent = await site.enter(PEOPLE.parent);
    const [child] = PEOPLE.siblings;
    for (const id of [PEOPLE.pupil, child, PEOPLE.otherParent, 32])
      await sourceOf(database).restrict(controller, targetOf(id));

    expect((await plume.get("/classes/1")).text).not.toMatch(/Müllerbach Yvon|eleve001|Müllerbach;Yvon/);
    expect((await plume.get(`/pupils/${PEOPLE.pupil}`)).status).toBe(404);
    expect((await plume.get("/classes/1/results.csv")).text).not.toMatch(
      /Müllerbach Yvon|eleve001|Müllerbach;Yvon/,
    );
    const mark = { skill: "Lire une syllabe", score: "12" };
    expect((await plume.post(`/pupils/${PEOPLE.pupil}/results`, mark)).status).toBe(403);
    expect((await direction.get("/accounts")).text).not.toMatch(/Müllerbach Yvon|eleve001|Müllerbach;Yvon/);
    expect((await direction.get(`/accounts/${PEOPLE.pupil}`)).status).toBe(404);
    expect((await direction.get("/log")).text).not.toContain(`<td>${PEOPLE.pupil}</td>`);

    expect((await jardin.get(`/pupils/${child}`)).status).toBe(404);
    expect((await parent.get(`/pupils/${child}`)).status).toBe(404);
    expect((await parent.get("/")).text).not.toContain("Ambre");
    const sibling = (await (await site.enter(34)).get(`/pupils/${PEOPLE.siblings[1]}`)).text;
    expect(sibling).toContain("d.sablonel1@courriel.example");
    expect(sibling).not.toContain("chez.nous2@foyer.example");
    expect((await head.get("/accounts")).text).not.toMatch(/chez\.nous2@|Sarréguel/);
    expect((await (await site.enter(33)).get("/classes/10")).text).not.toContain("Sarréguel");
    const pages = await Promise.all(
      [315, 317, 318, 319, 320].map(async (id) => (await jardin.get(`/pupils/${id}`)).text),
    );
    expect(pages.join("")).not.toContain("Sarréguel");
    expect(pages.join("")).toContain("(sans auteur)");
  });

  it("is restricted and released by the administrator of the school, by number alone", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const before = await state(database);
    const head = await site.enter(PEOPLE.jardinAdministrator);
    for (const id of [PEOPLE.jardinTeacher, PEOPLE.siblings[0], PEOPLE.parent, PEOPLE.otherParent]) {
      expect([id, (await head.post(`/accounts/${id}/restrict`)).location]).toEqual([id, "/?done=restricted"]);
    }
    const page = (await head.get("/")).text;
    expect(page).toContain(`/accounts/${PEOPLE.parent}/lift`);
    expect(page).not.toMatch(/Schœnmattre|sablonel|Sablonel|chez\.nous2/);
    const stranger = await site.enter(3);
    expect((await stranger.post(`/accounts/${PEOPLE.jardinTeacher}/lift`)).status).toBe(403);
    expect((await head.post(`/accounts/${PEOPLE.jardinAdministrator}/restrict`)).status).toBe(403);
    for (const id of [PEOPLE.otherParent, PEOPLE.parent, PEOPLE.siblings[0], PEOPLE.jardinTeacher])
      expect([id, (await head.post(`/accounts/${id}/lift`)).status]).toEqual([id, 303]);
    expect(await state(database)).toEqual(before);
  });
});

describe("a school open to its administrators alone (towards S10)", () => {
  it("lets administrators in and nobody else, and opens again exactly as it was", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const before = await tablesOf(database);
    const inside = await Promise.all([31, 302, 591].map((id) => site.enter(id)));
    const seen = await Promise.all(inside.map(async (person) => (await person.get("/")).text));
    const head = await site.enter(PEOPLE.jardinAdministrator);
    expect((await head.post("/school/window", { mode: "administrators" })).location).toBe("/?done=shut");
    for (const person of inside) {
      const { status, text } = await person.get("/");
      expect([status, text.includes("ouverte aux seuls administrateurs")]).toEqual([403, true]);
      expect((await person.post("/account/deletion")).status).toBe(403);
    }
    for (const id of [31, 302, 591]) expect((await site.enter(id)).entered.status).toBe(403);
    for (const path of ["/", "/accounts", "/year", "/log"]) expect((await head.get(path)).status).toBe(200);
    expect((await site.enter(PEOPLE.jardinAdministrator)).entered.status).toBe(303);
    // The other schools are not concerned; who belongs to both sees the open one.
    expect((await site.enter(34)).entered.status).toBe(303);
    expect((await site.enter(PEOPLE.childOfTwoSchools)).entered.status).toBe(303);
    expect((await head.post("/school/window", { mode: "open" })).location).toBe("/?done=opened");
    expect(await Promise.all(inside.map(async (person) => (await person.get("/")).text))).toEqual(seen);
    const { sch_activity_log: _log, sch_session: _sessions, ...rest } = await tablesOf(database);
    expect({ ...rest, sch_activity_log: undefined, sch_session: undefined }).toEqual({
      ...before,
      sch_activity_log: undefined,
      sch_session: undefined,
    });
  });

  it("obeys the same column set from outside", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    await database.knex("sch_school").where("id", 1).update({ mode: "administrators" });
    expect((await site.enter(PEOPLE.garTeacher)).entered.status).toBe(403);
    expect((await site.enter(PEOPLE.pupil)).entered.status).toBe(403);
    expect((await site.enter(PEOPLE.plumeAdministrator)).entered.status).toBe(303);
    expect((await site.anybody.get("/")).text).toContain("ouverte qu’à ses administrateurs");
  });

  it("shows a parent the children and books of the open school alone", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const parent = await site.enter(501); // one child in Metz, the sibling in Rennes
    await database.knex("sch_school").where("id", 2).update({ mode: "administrators" });
    const home = (await parent.get("/")).text;
    expect([home.includes('/pupils/301"'), home.includes('/pupils/381"')]).toEqual([false, true]);
    expect((await parent.get("/pupils/301")).status).toBe(404);
  });
});
