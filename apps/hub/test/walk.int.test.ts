import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { verifyReceiptOrProof } from "@preau/journal";
import { controllerId, type SubjectId } from "@preau/kernel";
import { codeOf, makeFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserLike, type Reply } from "./browser-like.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";

const folder = makeFolder();
let house: RunningHouse;
beforeAll(async () => {
  house = await startHouse(folder.path);
});
afterAll(async () => {
  await house.stop();
  folder.remove();
});

async function signIn(browser: ReturnType<typeof browserLike>, who: string, at = house): Promise<Reply> {
  const choice = await browser.go(`${at.url}/gar/saml/login`);
  expect(choice.url).toContain(at.gar);
  const posting = await browser.submit(choice, "", who);
  return browser.submit(posting, "/gar/saml/acs");
}

async function whenClosed(browser: ReturnType<typeof browserLike>, url: string): Promise<Reply> {
  for (let tries = 0; tries < 100; tries += 1) {
    const page = await browser.go(url);
    if (page.html.includes("/receipt")) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the erasure did not close");
}

describe("the first walk (D4.1, DB.K.gar-teacher, D12.2)", () => {
  it("signs a GAR teacher in, drops what annex B does not name, erases the account, files a receipt that verifies", async () => {
    const browser = browserLike();
    expect((await browser.go(`${house.url}/`)).status).toBe(200);

    const me = await signIn(browser, "prof.caradec");
    expect([me.status, new URL(me.url).pathname]).toEqual([200, "/me"]);
    expect(me.html).toContain("P_MEL");
    expect(me.html).not.toContain("maelle.caradec@");

    const session = JSON.parse((await browser.go(`${house.url}/session`)).html) as Record<string, unknown>;
    expect(session).toMatchObject({ origin: "gar", role: "teacher" });
    expect(session["dropped"]).toEqual(expect.arrayContaining(["P_MEL", "CIV"]));
    expect(session["categories"]).not.toContain("workEmail");
    expect(session["subject"]).toMatch(/^sub_/);

    const before = await (await fetch(`${house.school}/database`)).text();
    expect(before).toContain("prof.caradec");

    const plan = await browser.go(`${house.url}/account/deletion`);
    expect(plan.html).toContain("sch_account");
    const ordered = await browser.submit(plan, "/account/deletion");
    expect(new URL(ordered.url).pathname).toMatch(/^\/erasures\/era_/);

    const closed = await whenClosed(browser, ordered.url);
    const download = await browser.go(`${ordered.url}/receipt`);
    const receipt = JSON.parse(download.html) as {
      verdict: string;
      notCovered: unknown[];
      dueAt: string;
      stores: { store: string; verdict: string; lookAgain: { hits: number } }[];
    };
    expect(receipt.stores.map(({ store, verdict }) => [store, verdict])).toEqual([
      ["school", "PASS"],
      ["exports", "PASS"],
      ["data-subject-requests", "PASS"],
      ["gar", "PASS"],
      ["instructions", "PASS"],
      ["mailer.log", "PASS"],
      ["retention", "PASS"],
      ["support.cases", "PASS"],
      ["web.sessions", "PASS"],
      ["journal", "PASS"],
      ["subjects", "PASS"],
    ]);
    expect(receipt.verdict).toBe("PASS");
    expect(closed.html).toContain("D12.2");

    const after = await (await fetch(`${house.school}/database`)).text();
    expect(after).not.toContain("prof.caradec");
    expect(after).toContain("prof.ostrel");

    const vkey = house.hub.journal.vkey("evidence");
    expect(verifyReceiptOrProof(download.html, { vkey }).result).toBe("TRUE");
    expect(verifyReceiptOrProof(download.html).result).toBe("UNKNOWN");
    const changed = download.html.replace('"verdict": "PASS"', '"verdict": "PASs"');
    expect(verifyReceiptOrProof(changed, { vkey }).result).toBe("FALSE");

    // The person is signed out; what is left of the session follows the erasure and nothing else.
    expect((await browser.go(`${house.url}/me`)).url).not.toContain("/me");
  });

  it("shows an erasure to nobody else (D12.2)", async () => {
    const [first, second] = [browserLike(), browserLike()];
    await signIn(first, "prof.ostrel");
    await signIn(second, "doc.vernoux");
    const ordered = await first.submit(await first.go(`${house.url}/account/deletion`), "/account/deletion");
    expect((await second.go(ordered.url)).status).toBe(404);
    expect((await fetch(`${ordered.url}/receipt`)).status).toBe(401);
    expect((await browserLike().go(`${ordered.url}/receipt`)).url).toContain(`${house.url}/sign-in?next=`);
    await whenClosed(first, ordered.url);
  });

  it("refuses a pupil, for whom annex B lists nothing (DB.K.gar-pupil)", async () => {
    const browser = browserLike();
    const refused = await signIn(browser, "eleve.tilleul");
    expect(refused.status).toBe(403);
    expect(refused.html).toContain("DB.K.gar-pupil");
    expect((await browser.go(`${house.url}/session`)).status).toBe(401);
  });
});

describe("the hub's own pages: who may see what", () => {
  it("shows the first page, the keys and the verification page to anybody", async () => {
    for (const at of ["/", "/journal", "/journal/verify.html", "/health"])
      expect([at, (await fetch(`${house.url}${at}`, { redirect: "manual" })).status]).toEqual([at, 200]);
  });

  it("shows a sign-in to nobody who has not signed in", async () => {
    expect((await fetch(`${house.url}/me`)).status).toBe(401);
    const page = await browserLike().go(`${house.url}/me`);
    expect(page.url).toContain(`${house.url}/sign-in?next=`);
    expect((await fetch(`${house.url}/session`)).status).toBe(401);
  });

  it("shows each person their own sign-in and no other's", async () => {
    const [first, second] = [browserLike(), browserLike()];
    const [mine, other] = [await signIn(first, "doc.vernoux"), await signIn(second, "prof.ostrel")];
    expect(mine.html).toContain("Vernoux");
    expect(mine.html).not.toContain("Ostrel");
    const subject = /sub_[0-9a-z]+/.exec(other.html)?.[0];
    expect(subject).toBeDefined();
    expect(mine.html).not.toContain(subject);
  });

  it("keeps the pages of persons out of every cache, and names nobody in an address", async () => {
    const me = await signIn(browserLike(), "doc.vernoux");
    expect(me.headers.get("cache-control")).toContain("no-store");
    expect(me.url).toBe(`${house.url}/me`);
  });
});

describe("an LMS that does not answer (D12.2)", () => {
  it("keeps nobody out, and takes no order to delete what it could not look for", async () => {
    const own = makeFolder();
    const silent = await startHouse(own.path, { school: false });
    try {
      const browser = browserLike();
      const me = await signIn(browser, "prof.caradec", silent);
      expect([me.status, new URL(me.url).pathname]).toEqual([200, "/me"]);
      expect((await browser.go(`${silent.url}/account/deletion`)).status).toBeGreaterThanOrEqual(400);
      const { controller, ports } = { controller: controllerId("ministry"), ports: silent.hub.ports };
      const subject = (JSON.parse((await browser.go(`${silent.url}/session`)).html) as { subject: SubjectId })
        .subject;
      const order = ports.unitOfWork.transaction((unit) =>
        ports.events.emit(unit, "account.deletionRequested", {
          ...{ controller, subject, origin: "gar", ground: "account-deleted" },
          ...{ requestedBy: "dataSubject", requestedAt: ports.clock.now() },
        }),
      );
      expect(await codeOf(order)).toBe("HUB_LMS_SILENT");
    } finally {
      await silent.stop();
      own.remove();
    }
  });
});

describe("what an erasure leaves in the files of the LMS (D12.2)", () => {
  it("is no name, login or address, in the write-ahead log neither", () => {
    const folderOf = path.join(folder.path, "simulators", "school");
    const bytes = readdirSync(folderOf).map((name) => readFileSync(path.join(folderOf, name), "latin1"));
    expect(bytes.length).toBeGreaterThan(0);
    for (const trace of ["prof.caradec", "maelle.caradec", "Caradec"]) {
      expect(bytes.filter((each) => each.includes(trace))).toEqual([]);
    }
    expect(bytes.some((each) => each.includes("eleve001"))).toBe(true);
  });
});
