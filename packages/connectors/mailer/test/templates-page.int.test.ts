/** Previews of every template, on their pages. @clause DC */
import { manualClock } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { ACACIAS, makeMailHouse, openHouseDatabases, relay } from "./mail-house.ts";
import { openMailSite } from "./mail-site.ts";

describe("the templates of messages (DC)", () => {
  it("are shown to the publisher's people in both languages, as text, as a frame that runs nothing, and as the file that would leave", async () => {
    const house = await makeMailHouse(await openHouseDatabases("sqlite::memory:"), manualClock(), {
      options: { from: "preau@marelle.example" },
    });
    const { reader } = await openMailSite(house);
    const staff = await reader("publisherDpo");
    const list = await staff.ask("/mail/templates");
    expect(list.text).toContain(relay.subject.en);
    expect(list.text).toContain("/mail/templates/desk.relay/fr");
    const path = "/mail/templates/desk.relay/fr";
    const page = await staff.ask(path);
    expect(page.text).toContain(`<span lang="fr">${relay.subject.fr}`);
    expect(page.text).toContain("https://preau.example/desk/example");
    expect(page.headers.get("content-security-policy")).toContain("frame-src 'self'");
    const frame = await staff.ask(`${path}/html`);
    expect(frame.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
    expect(frame.text).toContain("Ouvrir la demande");
    const file = await staff.ask(`${path}/eml`);
    expect(file.headers.get("content-type")).toContain("message/rfc822");
    expect(file.headers.get("content-disposition")).toBe('attachment; filename="desk.relay.fr.eml"');
    expect(file.text).toMatch(/^Date: Mon, 23 Nov 2026 08:00:00 \+0000\r$/m);
    expect((await staff.ask("/mail/templates/desk.relay/en")).text).toContain("Open the request");
    for (const wrong of ["desk.other/fr", "desk.relay/de", "constructor/fr"])
      expect((await staff.ask(`/mail/templates/${wrong}`)).status, wrong).toBe(404);
    for (const role of ["controllerDpo", "support"] as const) {
      const other = await reader(role, ACACIAS);
      for (const place of ["/mail/templates", path, `${path}/html`, `${path}/eml`])
        expect((await other.ask(place)).status, place).toBe(403);
    }
  });
});
