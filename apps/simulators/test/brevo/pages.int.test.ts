import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrevoWorld, brevoWorld, sender } from "./brevo-world.ts";

let world: BrevoWorld;
beforeAll(async () => {
  world = await brevoWorld();
  await world.switchOn("unlimited");
});
afterAll(() => world.stop());

const page = async (path: string, language = "en") => {
  const headers = { accept: "text/html", "accept-language": language };
  const response = await fetch(`${world.url()}${path}`, { headers });
  return { status: response.status, headers: response.headers, html: await response.text() };
};

describe("the pages of the simulated Brevo", () => {
  it("show mails, blocklist, deletions, webhooks and calls, in two languages, and what was received as text", async () => {
    await world.call("POST", "/v3/webhooks", { url: world.hookUrl, events: ["hardBounce"] });
    const subject = "A <b>notice</b>";
    const mail = { sender, subject, htmlContent: "<script>1</script><p>Hello</p>", textContent: "a < b" };
    await world.call("POST", "/v3/smtp/email", { ...mail, to: [{ email: "bounce.lea@ecole.example" }] });
    await world.advance(1);
    await world.call("DELETE", "/v3/smtp/log/bounce.lea@ecole.example");

    const english = await page("/");
    for (const text of [
      "A &lt;b&gt;notice&lt;/b&gt;",
      "taken → hard bounce",
      "one address",
      "asked for",
      "accepted",
    ])
      expect(english.html).toContain(text);
    expect(english.html).not.toContain("pass%20word");
    const french = await page("/", "fr");
    for (const text of ["Courriels", "pris → rejet définitif", "une adresse", "demandée", "accepté"])
      expect(french.html).toContain(text);
    expect((await page("/?lang=en", "fr")).headers.get("set-cookie")).toContain("preau-mail-language=en");

    const address = /\/mails\/[0-9a-f-]{36}/.exec(english.html)?.[0] ?? "";
    const one = await page(address);
    expect(one.html).toContain("a &lt; b");
    expect(one.html).toContain(`<iframe sandbox title="Preview" src="${address}/preview">`);
    const preview = await page(`${address}/preview`);
    expect(preview.html).toContain("<p>Hello</p>");
    expect(preview.headers.get("content-security-policy")).toMatch(/default-src 'none'.*; sandbox$/);
    await world.switchOn("no-previews");
    expect((await page(address)).html).not.toContain("a &lt; b");
    expect((await page(`${address}/preview`)).html).toBe("");
    await world.advance(172_800);
    expect((await page(address)).status).toBe(404);
  });

  it("move the clock, and set the switches by one form", async () => {
    const post = (path: string, fields: Record<string, string>) =>
      fetch(`${world.url()}${path}`, {
        method: "POST",
        body: new URLSearchParams(fields),
        redirect: "manual",
      });
    const now = async () => Date.parse((await world.call("POST", "/_advance", { seconds: 0 })).body.now);
    const before = await now();
    expect((await post("/_advance", { seconds: "600", back: "on" })).status).toBe(303);
    expect((await now()) - before).toBeGreaterThanOrEqual(600_000);
    expect((await post("/_advance", { seconds: "-1" })).status).toBe(400);
    await post("/_faults/form", { "rate-limited": "3", "log-kept": "on" });
    const { html } = await page("/_faults", "fr");
    expect(html).toContain("En service : <code>rate-limited</code> <code>log-kept</code>");
    expect((await post("/_faults", { nothing: "on" })).status).toBe(400);
  });
});
