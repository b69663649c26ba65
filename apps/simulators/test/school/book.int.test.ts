import type { Database } from "@preau/database";
import { describe, expect, it } from "vitest";
import { PEOPLE, type Person, schoolInMemory, siteOf } from "./school-site.ts";

const [CHILD, SIBLING] = PEOPLE.siblings;
const TEXT = "Bâtit un pont d’une rive à l’autre.";

/** An observation that the teacher has just written, shared with nobody. */
async function written(database: Database, teacher: Person): Promise<number> {
  const fields = { skill: "Explorer le monde", body: TEXT };
  expect((await teacher.post(`/pupils/${CHILD}/observations`, fields)).status).toBe(303);
  const [row] = await database.knex("sch_observation").where("body", TEXT).select<{ id: number }[]>("id");
  return row?.id ?? 0;
}

describe("the progress book, shared with parents", () => {
  it("shows an observation to the one parent with whom it is shared, until that is withdrawn", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const teacher = await site.enter(PEOPLE.jardinTeacher);
    const [parent, other] = [await site.enter(PEOPLE.parent), await site.enter(PEOPLE.otherParent)];
    const sees = async (person: Person) => (await person.get(`/pupils/${CHILD}`)).text.includes(TEXT);
    const id = await written(database, teacher);
    expect([await sees(teacher), await sees(parent), await sees(other)]).toEqual([true, false, false]);
    const to = { parent: String(PEOPLE.parent) };
    expect((await teacher.post(`/observations/${id}/share`, to)).location).toBe(
      `/pupils/${CHILD}?done=shared`,
    );
    expect([await sees(parent), await sees(other)]).toEqual([true, false]);
    expect((await teacher.post(`/observations/${id}/share`, to)).status).toBe(303);
    expect(await database.knex("sch_share").where("observation_id", id)).toHaveLength(1);
    expect((await teacher.post(`/observations/${id}/withdraw`, to)).location).toBe(
      `/pupils/${CHILD}?done=withdrawn`,
    );
    expect([await sees(teacher), await sees(parent)]).toEqual([true, false]);
    expect((await teacher.post(`/observations/${id}/withdraw`, to)).status).toBe(403);
  });

  it("is shared with parents of that child alone, by teachers of its school alone", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const id = await written(database, await site.enter(PEOPLE.jardinTeacher));
    const share = async (who: number, parent: number) =>
      (await (await site.enter(who)).post(`/observations/${id}/share`, { parent: String(parent) })).status;
    for (const stranger of [503, PEOPLE.pupil, PEOPLE.jardinTeacher, 0])
      expect([stranger, await share(PEOPLE.jardinTeacher, stranger)]).toEqual([stranger, 403]);
    for (const who of [34, PEOPLE.jardinAdministrator, PEOPLE.parent, CHILD, PEOPLE.garTeacher])
      expect([who, await share(who, PEOPLE.parent)]).toEqual([who, 403]);
    expect(await share(32, PEOPLE.parent)).toBe(303);
  });

  it("shows a parent every one of their children, and of a book neither other parents nor files", async () => {
    const site = await siteOf(await schoolInMemory());
    const parent = await site.enter(PEOPLE.parent);
    const home = (await parent.get("/")).text;
    expect([home.includes(`/pupils/${CHILD}"`), home.includes(`/pupils/${SIBLING}"`)]).toEqual([true, true]);
    const page = (await parent.get(`/pupils/${CHILD}`)).text;
    expect(page).not.toContain("chez.nous2@foyer.example");
    expect(page).not.toContain("/files/");
    expect(page).not.toContain("/observations/");
  });

  it("shows a child's book to nobody through the child's own account", async () => {
    const site = await siteOf(await schoolInMemory());
    const page = (await (await site.enter(CHILD)).get("/")).text;
    expect(page).toContain("Mon bonhomme");
    expect(page).not.toContain("/observations/");
    expect(page).not.toMatch(/<article/);
  });

  it("is archived at the school that a child leaves, and read on at the next one", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const [old, next] = [await site.enter(PEOPLE.jardinTeacher), await site.enter(34)];
    const id = await written(database, old);
    const to = { parent: String(PEOPLE.parent) };
    expect((await old.post(`/observations/${id}/share`, to)).status).toBe(303);
    expect((await next.get(`/pupils/${CHILD}`)).status).toBe(404);
    const administrator = await site.enter(PEOPLE.jardinAdministrator);
    expect((await administrator.post(`/accounts/${CHILD}/transfer`, { class: "13" })).status).toBe(303);
    expect((await old.get(`/pupils/${CHILD}`)).status).toBe(404);
    expect((await administrator.get(`/accounts/${CHILD}`)).status).toBe(404);
    const page = (await next.get(`/pupils/${CHILD}`)).text;
    expect(page).toContain(TEXT);
    expect(page).toContain("archivé, en lecture seule");
    const other = { parent: String(PEOPLE.otherParent) };
    expect((await next.post(`/observations/${id}/share`, other)).status).toBe(403);
    expect((await old.post(`/observations/${id}/share`, other)).status).toBe(403);
    expect((await old.post(`/observations/${id}/withdraw`, to)).status).toBe(403);
    expect((await next.post(`/observations/${id}/withdraw`, to)).status).toBe(303);
    const fields = { skill: "Vivre ensemble", body: "Fait connaissance." };
    expect((await next.post(`/pupils/${CHILD}/observations`, fields)).status).toBe(303);
    expect((await (await site.enter(PEOPLE.parent)).get("/")).text).toContain(`/pupils/${CHILD}"`);
  });
});
