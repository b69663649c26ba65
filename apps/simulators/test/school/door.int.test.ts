import { describe, expect, it } from "vitest";
import { erase, PEOPLE, schoolInMemory, siteOf } from "./school-site.ts";

describe("the door of the demo school", () => {
  it("keeps who is in by a cookie that scripts and other sites do not get, and a hash of it", async () => {
    const database = await schoolInMemory();
    const person = await (await siteOf(database)).enter(PEOPLE.pupil);
    const cookie = person.entered.headers.getSetCookie().join();
    expect(cookie).toMatch(/HttpOnly; SameSite=Lax/);
    const [session] = await database.knex("sch_session").select<{ token_hash: string }[]>("token_hash");
    expect(session?.token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(person.cookie).not.toContain(session?.token_hash);
    expect((await person.post("/sign-out")).location).toBe("/");
    expect((await person.get("/account")).location).toBe("/sign-in");
    expect(await database.knex("sch_session")).toHaveLength(0);
  });

  it("takes no form from elsewhere, nor one without the session's token", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const person = await site.enter(PEOPLE.garTeacher);
    const body = () => new URLSearchParams({ skill: "Lire une syllabe", score: "12" });
    const other = await (await site.enter(21)).get("/account");
    const stolen = /name="form" value="([^"]+)"/.exec(other.text)?.[1] ?? "";
    const attempts: readonly Readonly<Record<string, string>>[] = [{}, { form: "" }, { form: stolen }];
    for (const fields of attempts) {
      const form = body();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      const answer = await fetch(`${site.url}/pupils/101/results`, {
        ...{ method: "POST", redirect: "manual", body: form },
        headers: { cookie: person.cookie },
      });
      expect(answer.status).toBe(403);
    }
    for (const headers of [{ origin: "http://evil.example" }, { "sec-fetch-site": "same-site" }]) {
      const answer = await fetch(`${site.url}/sign-in`, {
        ...{ method: "POST", redirect: "manual", headers },
        body: new URLSearchParams({ person: "101" }),
      });
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
    }
    expect(await database.knex("sch_result").where("id", ">", 1440)).toHaveLength(0);
  });

  it("refuses what is out of bounds without writing it", async () => {
    const person = await (await siteOf(await schoolInMemory())).enter(PEOPLE.garTeacher);
    for (const fields of [
      { skill: "Lire une syllabe", score: "21" },
      { skill: "Lire une syllabe", score: "-1" },
      { skill: "Autre chose", score: "12" },
      { skill: "Lire une syllabe", score: "12", comment: "x".repeat(2001) },
    ])
      expect((await person.post("/pupils/101/results", fields)).status).toBe(422);
    expect((await person.post("/messages", { to: "1", body: "x".repeat(20_000) })).status).toBe(413);
  });

  it("writes what people write as text, never as markup", async () => {
    const site = await siteOf(await schoolInMemory());
    const hostile = `<script>alert("1")</script><img src=x onerror=alert(1)> O'Neil & "fils"`;
    const person = await site.enter(PEOPLE.garTeacher);
    await person.post("/pupils/101/results", { skill: "Lire une syllabe", score: "12", comment: hostile });
    const { text, headers } = await person.get("/pupils/101");
    expect(text).not.toMatch(/<script|<img/);
    expect(text).toContain("&lt;script>");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("speaks French and English, and names no other site in going back", async () => {
    const { anybody, url } = await siteOf(await schoolInMemory());
    expect((await anybody.get("/")).text).toContain('<html lang="fr">');
    const chosen = await anybody.get("/sign-in?lang=en");
    expect([chosen.status, chosen.location]).toEqual([303, "/sign-in"]);
    const cookie = chosen.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const page = await (await fetch(`${url}/sign-in`, { headers: { cookie } })).text();
    expect(page).toContain("Who are you?");
    const away = await fetch(`${url}//evil.example?lang=en`, { redirect: "manual" });
    expect(away.headers.get("location")).toBe("/evil.example");
  });

  it("puts a person out whose account was erased from outside", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const person = await site.enter(PEOPLE.plumeTeacher);
    expect((await erase(database, PEOPLE.plumeTeacher)).hits).toBe(0);
    expect((await person.get("/account")).location).toBe("/sign-in");
    const again = await site.anybody.post("/sign-in", { person: String(PEOPLE.plumeTeacher) });
    expect([again.status, again.text.includes("n’existe pas, ou plus")]).toEqual([403, true]);
    const pages = await (await site.enter(PEOPLE.plumeAdministrator)).get("/accounts");
    expect(pages.text).not.toContain("Würtzmann");
  });

  it("writes a person's wish to be deleted down, due in 24 hours, and sends who comes by the GAR to Préau", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const parent = await site.enter(PEOPLE.parent);
    for (let twice = 0; twice < 2; twice += 1)
      expect((await parent.post("/account/deletion")).location).toBe("/account?done=asked");
    const [request, ...more] = await database
      .knex("sch_deletion_request")
      .select<{ account_id: number; requested_by: number; asked_at: string; due_at: string }[]>("*");
    expect(more).toEqual([]);
    expect([request?.account_id, request?.requested_by]).toEqual([PEOPLE.parent, PEOPLE.parent]);
    expect(Date.parse(request?.due_at ?? "") - Date.parse(request?.asked_at ?? "")).toBe(86_400_000);
    expect((await (await site.enter(PEOPLE.jardinAdministrator)).get("/")).text).toContain(
      String(PEOPLE.parent),
    );
    const teacher = await site.enter(PEOPLE.garTeacher);
    expect((await teacher.get("/account")).text).toContain("http://127.0.0.1:8700/account/deletion");
    expect((await teacher.post("/account/deletion")).status).toBe(403);
    await erase(database, PEOPLE.parent);
    expect(await database.knex("sch_deletion_request")).toHaveLength(0);
  });
});
