/** A provider that nobody here wrote: Debian's SimpleSAMLphp, which reads our metadata, and whose own we read. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instant, manualClock } from "@preau/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signOutForm } from "./logout-messages.ts";
import { type SimpleSamlPhp, simpleSamlPhpSkipReason, startSimpleSamlPhp } from "./simplesamlphp.ts";
import { makeWorld, type World } from "./world.ts";

const reason = simpleSamlPhpSkipReason();
if (reason !== undefined) process.stderr.write(`skipped: SimpleSAMLphp: ${reason}\n`);

describe.skipIf(reason !== undefined && !process.env["CI"])(
  "SimpleSAMLphp (SAML profiles §4.1, §4.4)",
  () => {
    let peer: SimpleSamlPhp;
    let world: World;
    beforeAll(async () => {
      peer = await startSimpleSamlPhp();
      const clock = manualClock(instant(new Date().toISOString())); // the peer has no other
      const options = { idpMetadata: peer.metadataUrl, allowCbc: true };
      world = await makeWorld({ clock, options });
      peer.trust((await world.browser().ask("/gar/saml/metadata")).text);
    });
    afterAll(async () => {
      await world.close();
      await peer.stop();
    });

    it("our metadata are valid by OASIS's own schema", async () => {
      const { text } = await world.browser().ask("/gar/saml/metadata");
      const file = join(world.folder, "metadata.xml");
      writeFileSync(file, text);
      const check = `$d = new DOMDocument(); $d->load($argv[1]); echo $d->schemaValidate('/usr/share/simplesamlphp/schemas/saml-schema-metadata-2.0.xsd') ? 'valid' : 'invalid';`;
      expect(execFileSync("php", ["-r", check, file], { encoding: "utf8" })).toBe("valid");
    });

    it("signs in, and its response counts once", async () => {
      const person = visitor();
      const { response } = await person.signIn();
      expect((await person.ours.post(response)).status).toBe(303);
      expect(await person.ours.session()).toMatchObject({ role: "teacher", origin: "gar" });
      expect((await person.ours.post(response)).status).toBe(403);
    });

    it("encrypts, by AES-CBC alone: read where that is allowed and nowhere else", async () => {
      peer.encrypt(true);
      try {
        const person = visitor();
        const { response } = await person.signIn();
        const xml = Buffer.from(response, "base64").toString();
        expect(xml).toContain("aes128-cbc");
        expect(xml).not.toContain("National_ens");
        const strict = await makeWorld({
          folder: world.folder,
          clock: world.clock,
          options: { idpMetadata: peer.metadataUrl },
        });
        world.clock.advance(1_000); // the entry is the newest
        const there = strict.browser();
        for (const [name, value] of person.ours.cookies) there.cookies.set(name, value);
        expect((await there.post(response)).status).toBe(403);
        expect((await strict.entries("gar.signInRefused"))[0]?.payload?.["reason"]).toBe("weakAlgorithm");
        await strict.close();
        expect((await person.ours.post(response)).status).toBe(303);
        expect(await person.ours.session()).toMatchObject({ role: "teacher" });
      } finally {
        peer.encrypt(false);
      }
    });

    it("ends our session when its own ends", async () => {
      const person = visitor();
      await person.ours.post((await person.signIn()).response);
      const landed = await person.follow(
        `${peer.base}/saml2/idp/initSLO.php?RelayState=${encodeURIComponent(`${peer.base}/logout.php`)}`,
      );
      expect(landed).toMatchObject({ url: `${peer.base}/logout.php` });
      expect(person.visited.some((url) => url.includes("/gar/saml/logout?SAMLRequest="))).toBe(true);
      expect(await person.ours.session()).toBe(401);
    });

    it("ends its own session when ours ends, and we believe its answer", async () => {
      const person = visitor();
      await person.ours.post((await person.signIn()).response);
      const page = await signOutForm(world, person.ours);
      expect(await person.ours.session()).toBe(401);
      const landed = await person.submit(page.text);
      expect(landed.url).toMatch(/\/$/);
      expect(person.visited.some((url) => url.includes("/gar/saml/logout"))).toBe(true);
      expect((await person.toProvider()).text).toContain('name="password"'); // it asks who comes
    });

    /** A browser with a jar for each site. The hub's published address leads to the test's own server. */
    function visitor() {
      const ours = world.browser();
      const jar = new Map<string, string>();
      const visited: string[] = [];
      const hub = new URL(world.options.publicUrl).origin;

      type Asked = { readonly method?: string; readonly body?: string };
      const ask = async (url: string, { method = "GET", body }: Asked = {}) => {
        visited.push(url);
        const headers = body === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
        const sent = { method, headers, ...(body === undefined ? {} : { body }) };
        if (url.startsWith(hub)) return ours.ask(url.slice(hub.length), sent);
        const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
        const answer = await fetch(url, { ...sent, redirect: "manual", headers: { ...headers, cookie } });
        for (const line of answer.headers.getSetCookie()) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(name, value);
        }
        return { status: answer.status, headers: answer.headers, text: await answer.text() };
      };
      const follow = async (url: string, asked?: Asked): Promise<{ url: string; text: string }> => {
        const { headers, text } = await ask(url, asked);
        const location = headers.get("location");
        if (location === null) return text.includes("SAMLResponse") ? submit(text, url) : { url, text };
        const next = new URL(location, url).href;
        return next === `${hub}/` ? { url: next, text } : follow(next);
      };
      const submit = (html: string, from = peer.base) => {
        const action = unescaped(/<form[^>]* action="([^"]*)"/.exec(html)?.[1] ?? "");
        return follow(new URL(action || from, from).href, {
          method: "POST",
          body: fieldsOf(html).toString(),
        });
      };
      /** To the provider's form, or to what it posts to us. */
      const toProvider = async () => {
        const { location } = await ours.begin();
        let url = location;
        for (;;) {
          const { headers, text } = await ask(url);
          const next = headers.get("location");
          if (next === null) return { url, text };
          url = new URL(next, url).href;
        }
      };
      const signIn = async () => {
        const form = await toProvider();
        const fields = fieldsOf(form.text);
        fields.set("username", "prof");
        fields.set("password", "secret");
        const { text } = await ask(form.url, { method: "POST", body: fields.toString() });
        return { response: fieldsOf(text).get("SAMLResponse") ?? "" };
      };
      return { ours, visited, follow, submit, toProvider, signIn };
    }
  },
);

function fieldsOf(html: string): URLSearchParams {
  const inputs = html.match(/<input[^>]*type="hidden"[^>]*>/g) ?? [];
  const of = (input: string, name: string) =>
    unescaped(new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? "");
  return new URLSearchParams(inputs.map((input) => [of(input, "name"), of(input, "value")]));
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
