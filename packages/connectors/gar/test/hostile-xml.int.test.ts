/** Bodies made to cost. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attempt, type Build } from "./attempt.ts";
import { base64, type Fields, signedResponse, signXml } from "./identity-provider.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** On an idle core the dearest is 29 ms, some four honest sign-ins; without the caps it is seconds, hundreds of them. */
const HONEST_SIGN_INS = 15;

describe("hostile bodies cost a few honest sign-ins (D4.1)", () => {
  const stuffed = (content: string) => (f: Fields) =>
    signedResponse(f).replace("</saml:AttributeStatement>", `${content}$&`);
  const value = "<saml:AttributeValue/>";
  const cases: [string, Build][] = [
    ["10,000 flat elements", stuffed("<saml:a/>".repeat(10_000))],
    ["20,000 flat elements", stuffed("<x/>".repeat(20_000))],
    ["5,000 nested elements", stuffed("<x>".repeat(5_000) + "</x>".repeat(5_000))],
    ["2,000 prefixes", stuffed(Array.from({ length: 2_000 }, (_, n) => `<x xmlns:p${n}="urn:p"/>`).join(""))],
    ["20,000 comments", stuffed("<!---->".repeat(8_000))],
    [
      "one text of 50 kB",
      stuffed(
        `<saml:Attribute Name="X"><saml:AttributeValue>${"x".repeat(50_000)}</saml:AttributeValue></saml:Attribute>`,
      ),
    ],
    [
      "50 kB of references",
      stuffed(
        `<saml:Attribute Name="X"><saml:AttributeValue>${"&#120;".repeat(8_000)}</saml:AttributeValue></saml:Attribute>`,
      ),
    ],
    ["50 kB of space", stuffed(" ".repeat(50_000))],
    ["a long name", stuffed(`<saml:Attribute Name="${"x".repeat(50_000)}">${value}</saml:Attribute>`)],
  ];
  it.each(cases)("%s", async (_name, build) => {
    await attempt(world, build); // once to be warm
    const spent = [];
    const honest = [];
    for (let n = 0; n < 5; n += 1) {
      const { refused, stillHonest, cpuMs, honestMs } = await attempt(world, build);
      expect(refused).toMatchObject({ session: 401 });
      expect(stillHonest).toBe(true);
      spent.push(cpuMs);
      honest.push(honestMs);
    }
    expect(Math.min(...spent)).toBeLessThan(HONEST_SIGN_INS * Math.min(...honest));
  });

  const altered = (xml: string) => xml.replace("National_ens", "National_eni");
  const declaring = (count: number) => (xml: string) =>
    xml.replace(
      "<samlp:Response ",
      `$&${Array.from({ length: count }, (_, n) => `xmlns:p${n}="urn:p${n}"`).join(" ")} `,
    );
  const attributes = (count: number, content: string) =>
    stuffed(
      Array.from(
        { length: count },
        (_, n) => `<saml:Attribute Name="X${n}">${content}</saml:Attribute>`,
      ).join(""),
    );
  const typed =
    '<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">x</saml:AttributeValue>';
  const whole = (xml: string) => signXml(xml, { element: "Response" });
  const keyInfo = (content: string) => (f: Fields) => signedResponse(f).replace("</KeyInfo>", `${content}$&`);
  const reached: [string, Build, string][] = [
    [
      "as many values as pass the gate",
      stuffed(`<saml:Attribute Name="X">${value.repeat(240)}</saml:Attribute>`),
      "badSignature",
    ],
    ["as many attributes as pass the gate", attributes(120, value), "badSignature"],
    ["as many typed values as pass the gate", attributes(120, typed), "badSignature"],
    ["both signed, altered", (f) => altered(whole(attributes(110, typed)(f))), "badSignature"],
    ["440 elements with a bad signature", attributes(190, value), "notXml"],
    ["900 namespaces on the root", (f) => declaring(900)(altered(signedResponse(f))), "notXml"],
    ["17 attributes on one element", (f) => declaring(12)(signedResponse(f)), "notXml"],
    [
      "65 namespaces",
      stuffed(
        Array.from({ length: 13 }, (_, n) => {
          const five = Array.from({ length: 5 }, (_none, m) => `xmlns:p${n}-${m}="urn:p"`).join(" ");
          return `<saml:Attribute Name="X${n}" ${five}>${value}</saml:Attribute>`;
        }).join(""),
      ),
      "notXml",
    ],
    ["100 elements in KeyInfo", keyInfo("<x/>".repeat(100)), "unknownShape"],
    ["a Reference in KeyInfo", keyInfo("<Reference/>"), "unknownShape"],
    ["a Transform in KeyInfo", keyInfo("<Transforms><Transform/></Transforms>"), "unknownShape"],
  ];
  it.each(reached)("%s", async (_name, build, reason) => {
    await attempt(world, build); // once to be warm
    const spent = [];
    const honest = [];
    for (let n = 0; n < 5; n += 1) {
      const result = await attempt(world, build);
      expect(result).toMatchObject({ refused: { session: 401 }, reason, stillHonest: true });
      spent.push(result.cpuMs);
      honest.push(result.honestMs);
    }
    expect(Math.min(...spent)).toBeLessThan(HONEST_SIGN_INS * Math.min(...honest));
  });

  it.each([
    ["a teacher with sixty groups, values typed, both signed", 85],
    ["10 kB, both signed", 10],
  ])("%s, signs in", async (_name, count) => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const values = typed.repeat(count);
    const fields = {
      ...browser.fieldsFor(requestId),
      attributesExtra: `<saml:Attribute Name="X">${values}</saml:Attribute>`,
    };
    expect((await browser.post(base64(whole(signedResponse(fields))))).status).toBe(303);
  });

  it("a body over the limit is not read", async () => {
    const browser = world.browser();
    await browser.begin();
    expect((await browser.post("A".repeat(200_000))).status).toBe(413);
  });

  it("a body that is no form, or has no response, is refused", async () => {
    const browser = world.browser();
    await browser.begin();
    expect((await browser.post("")).status).toBe(403);
    expect((await browser.post("%%%")).status).toBe(403);
    const answer = await browser.ask("/gar/saml/acs", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(415);
    const get = await browser.ask(`/gar/saml/acs?SAMLResponse=${encodeURIComponent(base64("<x/>"))}`);
    expect(get.status).toBe(405);
  });

  it("no message reaches the library by the login's query", async () => {
    const browser = world.browser();
    for (const name of ["SAMLResponse", "SAMLRequest"]) {
      const answer = await browser.ask(
        `/gar/saml/login?${name}=${encodeURIComponent(base64("x".repeat(100)))}`,
      );
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toMatch(/^https:\/\/idp\.example\/idp\/profile/);
    }
  });
});
