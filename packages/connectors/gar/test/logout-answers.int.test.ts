/** What we answer to a provider that ends sessions: signed, by the binding that it takes answers by. */
import { verify } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedCertificates } from "./encryption-documents.ts";
import { idpMetadata } from "./identity-provider.ts";
import {
  bothServices,
  envelope,
  honestLogout,
  logoutServices,
  logoutUrl,
  logoutXml,
  providerOf,
  redirectQuery,
  signedIn,
  signedLogout,
} from "./logout-messages.ts";
import { makeWorld, openWorld as open, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld({ metadata: idpMetadata(undefined, { logout: bothServices }) });
});
afterAll(() => world.close());

describe("answers of ours (SAML bindings §3.4–3.5)", () => {
  const formOf = (html: string) =>
    new Map(
      [...html.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
    );

  it("come signed in the query, with the RelayState as it came", async () => {
    const one = await signedIn(world);
    const request = honestLogout(world, one.name, one.index);
    const answer = await providerOf(world).redirect(
      redirectQuery(logoutXml(request), { relayState: "a b&c" }),
    );
    expect(answer.status).toBe(302);
    const location = answer.headers.get("location") ?? "";
    expect(location.startsWith(`${logoutUrl}/redirect?SAMLResponse=`)).toBe(true);
    expect(location).toContain("&RelayState=a%20b%26c&SigAlg=");
    const [signed = "", signature = ""] = location.slice(location.indexOf("?") + 1).split("&Signature=");
    const [certificate = ""] = await publishedCertificates(world, "signing");
    const bytes = Buffer.from(decodeURIComponent(signature), "base64");
    expect(verify("sha256", Buffer.from(signed), certificate, bytes)).toBe(true);
    const message = decodeURIComponent(/SAMLResponse=([^&]*)/.exec(signed)?.[1] ?? "");
    const xml = inflateRawSync(Buffer.from(message, "base64")).toString();
    expect(xml).toContain(`Destination="${logoutUrl}/redirect" InResponseTo="${request.id}"`);
    expect(xml).toContain("status:Success");
  });

  it("come signed in a form that posts itself to that origin alone", async () => {
    const one = await signedIn(world);
    const request = honestLogout(world, one.name, one.index);
    const answer = await providerOf(world).post(signedLogout(request), { RelayState: `"><script>` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toMatch(
      /^default-src 'none';.*script-src 'sha256-[\w+/=]+';form-action 'self' https:\/\/idp\.example;frame-ancestors https:\/\/idp\.example;/,
    );
    expect(answer.text).toContain(`action="${logoutUrl}/post"`);
    expect(answer.text).toContain('<button type="submit"');
    expect(answer.text).not.toContain(`"><script>"`);
    const xml = Buffer.from(formOf(answer.text).get("SAMLResponse") ?? "", "base64").toString();
    expect(xml).toMatch(
      /<samlp:LogoutResponse [^>]*Destination="[^"]*\/post"[^>]*><saml:Issuer>[^<]*<\/saml:Issuer><Signature /,
    );
  });

  it("come by the other binding where the provider has but one, and lead home where it has none", async () => {
    const only = await open({ metadata: idpMetadata(undefined, { logout: logoutServices.redirect }) });
    const one = await signedIn(only);
    const posted = await providerOf(only).post(signedLogout(honestLogout(only, one.name, one.index)));
    expect([posted.status, posted.headers.get("location")?.split("?")[0]]).toEqual([
      302,
      `${logoutUrl}/redirect`,
    ]);
    const none = await open({});
    const two = await signedIn(none);
    const answer = await providerOf(none).post(signedLogout(honestLogout(none, two.name, two.index)));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
    expect(await two.browser.session()).toBe(401);
  });

  it("come signed in an envelope", async () => {
    const one = await signedIn(world);
    const request = honestLogout(world, one.name, one.index);
    const answer = await providerOf(world).soap(envelope(signedLogout(request)));
    expect(answer.headers.get("content-type")).toMatch(/^text\/xml/);
    expect(answer.text).toMatch(
      /^<soap:Envelope [^>]*><soap:Body><samlp:LogoutResponse .*<Signature .*<\/soap:Body><\/soap:Envelope>$/s,
    );
    expect(answer.text).toContain(`InResponseTo="${request.id}"`);
  });

  it("come for a session that was over already", async () => {
    const answer = await providerOf(world).soap(
      envelope(signedLogout(honestLogout(world, "_nobody", "_none"))),
    );
    expect(answer.status).toBe(200);
    expect((await world.entries("gar.signedOutByProvider"))[0]?.payload).toMatchObject({ sessions: 0 });
  });
});
