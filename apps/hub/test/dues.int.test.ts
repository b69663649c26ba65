import { controllerId } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { PUBLISHER, revokeAccount } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountMeans } from "../src/account-means.ts";
import { duesOf } from "../src/dues.ts";
import { readCalendar, valueOf } from "./calendar-lines.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { accountOfRole, cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
const SCHOOL = controllerId("ecole-des-mirabelliers");

const folder = makeFolder();
let house: RunningHouse;
beforeAll(async () => {
  house = await startHouse(folder.path);
});
afterAll(async () => {
  await house.stop();
  folder.remove();
});

const at = (path: string, cookie = "", accept = "text/html", init: RequestInit = {}) =>
  fetch(house.url + path, {
    ...init,
    redirect: "manual",
    headers: { accept, cookie, ...(init.headers as Record<string, string> | undefined) },
  });
const textAt = async (path: string, cookie = "") => (await at(path, cookie)).text();

/** Posts a form of the page of what is due, with its token. */
async function post(action: string, cookie: string): Promise<Response> {
  const page = await textAt("/dues", cookie);
  const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? "";
  const body = new URLSearchParams({ _csrf: token });
  return at(action, cookie, "text/html", { method: "POST", body, headers: { origin: house.url } });
}

async function makeFeed(cookie: string): Promise<string> {
  const page = await (await post("/dues/feed", cookie)).text();
  const address = /https?:\/\/[^<\s]+\/dues\/feed\/[A-Za-z0-9_-]{43}\.ics/.exec(page)?.[0];
  if (address === undefined) throw new Error("no address on the page");
  return new URL(address).pathname;
}

describe("what is due", () => {
  it("shows staff every controller's, late first, with clause and moment", async () => {
    const page = await textAt("/dues", await cookieOfRole(house.hub, "operations"));
    expect(page).toContain(SCHOOL);
    expect(page).toContain(MINISTRY);
    expect(page).toContain('href="/agreement/D6.0"');
    expect(page.indexOf("En retard")).toBeLessThan(page.indexOf("Plus tard"));
    const dues = await duesOf(house.hub, { actorRole: "operations", controller: PUBLISHER });
    expect(dues.map(({ dueAt }) => dueAt)).toEqual(dues.map(({ dueAt }) => dueAt).toSorted());
  });

  it("filters by controller and clause, and says so when nothing matches", async () => {
    const cookie = await cookieOfRole(house.hub, "publisherDpo");
    const some = await textAt(`/dues?controller=${SCHOOL}&clause=D3`, cookie);
    expect(some).toContain(`<code>${SCHOOL}</code>`);
    expect(some).not.toContain(`<code>${MINISTRY}</code>`);
    const none = await textAt("/dues?clause=D99", cookie);
    expect(none).toContain("Aucune échéance ne correspond.");
    expect(await textAt("/dues?clause=<script>alert(1)</script>", cookie)).not.toContain("<script>alert");
  });

  it.each(["controllerAdministrator", "controllerDpo"] as const)(
    "shows a client's %s that client's alone: on the page, at home, in the file",
    async (role) => {
      for (const [own, other] of [
        [MINISTRY, SCHOOL],
        [SCHOOL, MINISTRY],
      ] as const) {
        const cookie = await cookieOfRole(house.hub, role, own);
        for (const path of ["/dues", "/", "/dues.ics", `/dues?controller=${other}`])
          expect([path, (await textAt(path, cookie)).includes(other)]).toEqual([path, false]);
        const dues = await duesOf(house.hub, { actorRole: role, controller: own });
        expect(dues.length).toBeGreaterThan(0);
        expect(dues.filter(({ controller }) => controller !== own)).toEqual([]);
      }
    },
  );

  it("shows a data subject and a visitor nothing of it", async () => {
    const cookie = await cookieOfRole(house.hub, "dataSubject");
    expect(await duesOf(house.hub, { actorRole: "dataSubject", controller: MINISTRY })).toEqual([]);
    for (const page of [await textAt("/", cookie), await textAt("/")]) {
      expect(page).not.toContain('href="/dues"');
      expect(page).toContain('href="/agreement"');
    }
    expect((await at("/dues", cookie)).status).toBe(403);
  });
});

describe("the calendar file", () => {
  it("downloads for who is signed in, well-formed, one event a due, without personal data", async () => {
    const response = await at("/dues.ics", await cookieOfRole(house.hub, "auditor"));
    expect(response.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const file = await response.text();
    const dues = await duesOf(house.hub, { actorRole: "auditor", controller: PUBLISHER });
    expect(
      readCalendar(file)
        .components.map((event) => valueOf(event, "DTSTART"))
        .toSorted(),
    ).toEqual(dues.map(({ dueAt }) => `${dueAt.slice(0, 19).replaceAll(/[-:]/g, "")}Z`).toSorted());
    expect(file).not.toMatch(/@editions-marelle|act_|sub_/);
  });
});

describe("the address that a calendar subscribes to", () => {
  it("needs no sign-in, shows what its account sees, and is kept as a hash alone", async () => {
    const { cookie } = await accountOfRole(house.hub, "controllerAdministrator");
    const path = await makeFeed(cookie);
    const response = await at(path, "", "*/*");
    expect([response.status, response.headers.get("cache-control")]).toEqual([200, "no-store"]);
    const events = readCalendar(await response.text()).components;
    expect(events.length).toBeGreaterThan(0);
    expect(events.filter((event) => valueOf(event, "DESCRIPTION").includes(SCHOOL))).toEqual([]);
    const token = /feed\/([^.]+)\./.exec(path)?.[1] ?? "";
    expect(await textAt("/dues", cookie)).not.toContain(token);
  });

  it("ends when it is replaced, and when it is revoked", async () => {
    const { cookie } = await accountOfRole(house.hub, "operations");
    const first = await makeFeed(cookie);
    const second = await makeFeed(cookie);
    expect([(await at(first)).status, (await at(second)).status]).toEqual([404, 200]);
    const revoked = await post("/dues/feed/revocation", cookie);
    expect([revoked.status, revoked.headers.get("location")]).toEqual([303, "/dues#calendar"]);
    expect((await at(second)).status).toBe(404);
  });

  it("says the same of a wrong token, a malformed one and none", async () => {
    for (const file of [
      `${"A".repeat(43)}.ics`,
      "A.ics",
      "A".repeat(43),
      "..ics",
      "%00.ics",
      "x".repeat(2_000),
    ])
      expect([file, (await at(`/dues/feed/${file}`)).status]).toEqual([file, 404]);
  });

  it("takes a token of the form and an account", async () => {
    const { cookie } = await accountOfRole(house.hub, "operations");
    const bare = await at("/dues/feed", cookie, "text/html", { method: "POST", body: new URLSearchParams() });
    expect(bare.status).toBe(403);
    const without = await post("/dues/feed", await cookieOfRole(house.hub, "support"));
    expect([without.status, await without.text()]).toEqual([
      403,
      expect.stringContaining("HUB_FEED_NEEDS_ACCOUNT"),
    ]);
  });

  it("shows nothing any more once its account is revoked", async () => {
    const { id, controller, cookie } = await accountOfRole(house.hub, "controllerDpo");
    const path = await makeFeed(cookie);
    expect((await at(path)).status).toBe(200);
    const means = accountMeans(house.hub);
    await revokeAccount(means, { role: "system", controller }, { controller, id });
    expect((await at(path)).status).toBe(404);
  });

  it("is recorded in the activity log when it is made and when it is revoked (DD.7)", async () => {
    const { ports } = house.hub;
    const types = await ports.unitOfWork.transaction(async (unit) =>
      (await ports.journal.entries(unit, { controller: PUBLISHER, log: "activity" })).map(({ type }) => type),
    );
    expect(types).toEqual(expect.arrayContaining(["calendar.feedMade", "calendar.feedRevoked"]));
  });
});
