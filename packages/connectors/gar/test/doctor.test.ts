import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type JournalEntry, type JsonObject, manualClock, millisOf } from "@preau/kernel";
import { afterEach, describe, expect, it } from "vitest";
import { clockSkew } from "../src/doctor/clock-skew.ts";
import { driftFindings } from "../src/doctor/metadata-drift.ts";
import { attributeFindings, countAttributes } from "../src/doctor/received-attributes.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A server whose clock says that; without one, a server that says no time. */
async function serverAt(date: string | undefined): Promise<string> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    if (date !== undefined) response.setHeader("Date", date);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("the clock against a provider's", () => {
  const clock = manualClock();
  const at = (seconds: number) => new Date(millisOf(clock.now()) - seconds * 1_000).toUTCString();
  const ask = async (date: string | undefined) =>
    clockSkew({ about: "gar.saml", url: await serverAt(date), clock, allowedSeconds: 60 });

  it.each([
    [0, "PASS"],
    [30, "WARN"],
    [-30, "WARN"],
    [90, "FAIL"],
    [-90, "FAIL"],
  ])("%d s apart is %s", async (seconds, result) => {
    const found = await ask(at(seconds));
    expect(found.result).toBe(result);
    if (seconds !== 0) expect(found.evidence.en).toContain(seconds > 0 ? "ahead" : "behind");
  });

  it("is unknown where the server says no time, or is not there", async () => {
    expect((await ask(undefined)).result).toBe("UNKNOWN");
    const nobody = await clockSkew({ about: "x", url: "http://127.0.0.1:1/", clock, allowedSeconds: 60 });
    expect(nobody.result).toBe("UNKNOWN");
  });
});

describe("declared attributes against received ones (D4.1)", () => {
  const entry = (payload: JsonObject) => ({ subject: { payload } }) as unknown as JournalEntry;
  const counts = countAttributes([
    entry({ kept: ["IDO", "NOM"], dropped: [{ attribute: "P_MEL", clause: "DB.K.gar-teacher" }] }),
    entry({ kept: ["IDO"], dropped: [{ attribute: "NOM", clause: "D4.1" }] }),
    entry({ kept: "IDO", dropped: [null, { attribute: 3 }] }), // an entry of another shape counts for nothing
  ]);
  const find = (about: string) =>
    attributeFindings(["IDO", "NOM", "DIV"], counts, 2).find((each) => each.about === about);

  it("passes what is declared and kept", () => {
    expect(find("IDO")).toMatchObject({ result: "PASS", evidence: { en: "came in 2 of 2, kept" } });
  });

  it("warns of what comes undeclared, under the clause that drops it", () => {
    expect(find("P_MEL")).toMatchObject({
      result: "WARN",
      evidence: { en: expect.stringContaining("DB.K.gar-teacher") },
    });
    expect(find("P_MEL")?.remedy?.en).toContain("send it no more");
  });

  it("warns of what is declared and dropped, and of what never comes", () => {
    expect(find("NOM")?.remedy?.en).toContain("take it out of the declaration");
    expect(find("DIV")).toMatchObject({
      result: "WARN",
      evidence: { en: expect.stringContaining("none of the last 2") },
    });
  });

  it("says nothing before anybody has signed in", () => {
    expect(attributeFindings(["IDO"], [], 0)).toMatchObject([{ result: "UNKNOWN" }]);
  });
});

describe("what changed since it was accepted", () => {
  const accepted = {
    "gar.saml": { entityId: "a", keys: "1" },
    "gar.saml (ours)": { entityId: "b", keys: "2" },
  };

  it("notes what was never seen, and passes what is the same", () => {
    expect(driftFindings(undefined, accepted).map(({ result }) => result)).toEqual(["PASS", "PASS"]);
    expect(driftFindings(accepted, accepted).map(({ result }) => result)).toEqual(["PASS", "PASS"]);
  });

  it("takes our keys for new where none were there before, and for changed afterwards", () => {
    const before = { "gar.saml (ours)": { entityId: "b" } };
    const now = { "gar.saml (ours)": { entityId: "b", keys: "2" } };
    expect(driftFindings(before, now)[0]?.result).toBe("PASS");
    expect(driftFindings(now, { "gar.saml (ours)": { entityId: "b", keys: "3" } })[0]?.result).toBe("WARN");
  });

  it("warns of the provider's change by the names of what changed, and fails for ours that the ministry has on file", () => {
    const now = {
      "gar.saml": { entityId: "a", keys: "9", sso: "x" },
      "gar.saml (ours)": { entityId: "c", keys: "2" },
    };
    const [theirs, ours] = driftFindings(accepted, now);
    expect(theirs).toMatchObject({ result: "WARN", evidence: { en: "changed: keys, sso" } });
    expect(ours).toMatchObject({
      result: "FAIL",
      check: "declaration",
      evidence: { en: "changed: entityId" },
    });
    expect(driftFindings(accepted, { "gar.saml (ours)": { entityId: "b", keys: "3" } })[0]?.result).toBe(
      "WARN",
    );
  });
});
