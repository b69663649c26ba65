/** The guide to support: its ten lines are run here, and they do what it says. */
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { addHours } from "@preau/kernel";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { supportFor } from "./programs/support-offer.ts";
import { ACACIAS, type SupportHouse, startSupportHouse } from "./support-house.ts";

const here = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8");
const guide = here("../../../docs/support.md");
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
    ([, block]) => block ?? "",
  );
const [inPage = ""] = blocks("js");

describe("the guide to support (DC)", () => {
  let house: SupportHouse;
  beforeAll(async () => {
    house = await startSupportHouse();
    const { ports } = house.hub;
    const { token } = await ports.unitOfWork.transaction((unit) =>
      ports.apiTokens.make(unit, {
        ...{ controller: ACACIAS, use: "lms", expiresAt: addHours(ports.clock.now(), 1) },
        ...{ scopes: ["support:offer"], by: { role: "controllerDpo", controller: ACACIAS } },
      }),
    );
    vi.stubEnv("PREAU_URL", house.url);
    vi.stubEnv("PREAU_TOKEN", token);
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await house.stop();
  });

  it("shows two programs of ten lines at most", () => {
    expect(blocks("ts")).toEqual([here("programs/support-offer.ts")]);
    for (const block of [...blocks("ts"), inPage])
      expect(block.trim().split("\n").length).toBeLessThanOrEqual(10);
  });

  /** What the page's lines do with an offer: the scripts that it loads, and what they are handed. */
  const load = (offer: unknown) => {
    const scripts: { src?: string }[] = [];
    const window: Record<string, unknown> = {};
    const document = {
      createElement: () => ({}),
      head: { append: (script: { src?: string }) => void scripts.push(script) },
    };
    runInNewContext(inPage, { offer, window, document });
    return { scripts, window };
  };

  it("loads the widget for a teacher outside the GAR, with a token and nothing that says who", async () => {
    const offer = await supportFor({ id: "teacher-77", role: "teacher", origin: "outsideGar" });
    const { scripts, window } = load(offer);
    expect(scripts).toHaveLength(1);
    expect(JSON.stringify(window)).toContain(offer["token"]);
    expect(JSON.stringify(window)).not.toContain("teacher-77");
  });

  it("loads nothing for the GAR, for a pupil, or where the hub does not answer", async () => {
    const ofGar = await supportFor({ id: "teacher-78", role: "teacher", origin: "gar" });
    const pupil = await supportFor({ id: "pupil-79", role: "pupil", origin: "outsideGar" });
    vi.stubEnv("PREAU_TOKEN", "preau_none");
    const refused = await supportFor({ id: "teacher-77", role: "teacher", origin: "outsideGar" });
    for (const offer of [ofGar, pupil, refused]) expect(load(offer)).toEqual({ scripts: [], window: {} });
    expect([ofGar["page"], pupil["page"]]).toEqual(["/support", "/requests/new"]);
  });
});
