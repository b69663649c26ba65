/** Where anybody asks, over HTTP: what a stranger learns, what a press does, once; who follows what they asked. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCHOOL } from "../desk-house.ts";
import { ASKED } from "./asked.ts";
import { KIND, openSite, type Site } from "./site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
}, 30_000);
afterAll(() => site.stop());

const inquiriesNow = async () => (await site.database.knex("dsr_inquiry").select("id")).length;
const idIn = (text: string) => /inq_[0-9a-z]{26}/.exec(text)?.[0] ?? "";
/** What differs by chance: references, tokens, times. */
const plain = (text: string) =>
  text.replaceAll(/(?:inq|prs)_[0-9a-z]{26}/g, "…").replaceAll(/name="_csrf" value="[^"]*"/g, "");

describe("asking, by anybody (D10.1a)", () => {
  it("tells the same words whoever asks, whether the school and the person are known or not", async () => {
    await site.identify("email", "known@college-du-hameau.example");
    const answers: string[] = [];
    for (const change of [
      {},
      { school: "École que personne ne connaît" },
      { address: "known@college-du-hameau.example" },
      { school: "", address: "", name: "", pupil: "" },
    ]) {
      const { status, text } = await site
        .browser()
        .send("/requests/new", "/requests/new", { ...ASKED, ...change });
      expect(status).toBe(200);
      answers.push(plain(text));
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain("lundi 23 novembre 2026 à 9");
    expect(answers[0]).toContain("mercredi 25 novembre 2026 à 9");
  });

  it("is one message for two presses of one form, and another for another form", async () => {
    const one = site.browser();
    const body = await one.bodyFrom("/requests/new", ASKED);
    const [first, second] = [await one.ask("/requests/new", body), await one.ask("/requests/new", body)];
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(idIn(second.text)).toBe(idIn(first.text));
    const other = await one.send("/requests/new", "/requests/new", ASKED);
    expect(idIn(other.text)).not.toBe(idIn(first.text));
    // Gone back in the browser, for a second child: nothing that is written is lost.
    const again = { ...body, body: body.body.replace(/pupil=[^&]*/, "pupil=Chlo%C3%A9") };
    const child = await one.ask("/requests/new", again);
    expect([idIn(first.text), idIn(other.text)]).not.toContain(idIn(child.text));
    expect(idIn((await one.ask("/requests/new", again)).text)).toBe(idIn(child.text));
  });

  it("refuses a form that asks for nothing, keeps what was typed, and runs nothing of it", async () => {
    const before = await inquiriesNow();
    const name = `<script>alert("1")</script>`;
    const { status, text } = await site
      .browser("en")
      .send("/requests/new", "/requests/new", { role: "teacher", name });
    expect(status).toBe(422);
    expect(text).toContain("&lt;script>");
    expect(text).not.toContain("<script>");
    expect(text).toMatch(/<option[^>]*value="teacher"[^>]*selected|selected[^>]*value="teacher"/);
    expect(await inquiriesNow()).toBe(before);
  });

  it("takes nothing without the form's token, or from another site", async () => {
    const before = await inquiriesNow();
    const one = site.browser();
    const body = await one.bodyFrom("/requests/new", ASKED);
    const without = { ...body, body: body.body.replace(/_csrf=[^&]*/, "_csrf=x") };
    expect((await one.ask("/requests/new", without)).status).toBe(403);
    const elsewhere = { ...body, headers: { ...body.headers, origin: "https://elsewhere.example" } };
    expect((await one.ask("/requests/new", elsewhere)).status).toBe(403);
    expect(await inquiriesNow()).toBe(before);
  });

  it("asks somebody signed in neither name nor address, and opens their case at once", async () => {
    const subject = await site.identify(KIND, "signed-in");
    const pupil = await site.person(subject);
    const { text } = await pupil.ask("/requests/new");
    expect(text).not.toMatch(/name="(?:name|address|school|role|pupil)"/);
    await pupil.send("/requests/new", "/requests/new", { "ask-erasure": "on" });
    const mine = await pupil.ask("/requests/mine");
    expect(mine.text).toContain("Effacement");
    expect(mine.text).toContain("Nous la transmettons au plus tard");
    const [row] = await site.database.knex("dsr_request").where({ subject });
    expect(row).toMatchObject({ controller: SCHOOL, identity: "signedIn", matter: "erasure" });
  });

  it("shows a person their own requests alone, and lets nobody else take them back", async () => {
    const { id, subject } = await site.opened("access", { pupil: "mine" });
    const other = await site.person(await site.identify(KIND, "not-mine"));
    expect((await other.ask("/requests/mine")).text).not.toContain(id);
    const taken = await other.send(`/requests/mine/${id}/withdrawal`, "/requests/new");
    expect(taken.status).toBe(404);
    const own = await site.person(subject);
    const back = await own.send(`/requests/mine/${id}/withdrawal`, "/requests/mine");
    expect(back.status).toBe(303);
    expect(await site.read(id)).toMatchObject({ state: "open", outcome: "withdrawn" });
    const after = (await own.ask("/requests/mine")).text;
    expect(after).not.toContain("/withdrawal");
    expect(after).not.toContain("Nous la transmettons au plus tard");
    expect((await site.browser().ask("/requests/mine")).status).toBe(401);
  });

  it("brakes whoever sends many, and says when to come back", async () => {
    const one = site.browser();
    const body = await one.bodyFrom("/requests/new", {});
    const answers: number[] = [];
    for (let time = 0; time < 31; time += 1) answers.push((await one.ask("/requests/new", body)).status);
    expect(answers.at(-1)).toBe(429);
    expect(answers.filter((status) => status === 422).length).toBeGreaterThan(5);
  });
});
