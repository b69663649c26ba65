import { createVerify } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SessionKey } from "@preau/web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keyedSessions } from "../src/keyed-sessions.ts";
import { base64, ido, signedResponse, signXml, teacher } from "./identity-provider.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

/** From login to the consumer, as an honest browser and an honest provider do it. */
async function signIn(attributes: Record<string, readonly string[]>, query = "") {
  const browser = world.browser();
  const { requestId } = await browser.begin(query);
  const answer = await browser.post(base64(signedResponse({ ...browser.fieldsFor(requestId), attributes })));
  return { browser, answer };
}

describe("sign in a teacher through the GAR (DB.K.gar-teacher)", () => {
  it("asks with a signed request (SAML bindings §3.4.4.1)", async () => {
    const { location } = await world.browser().begin();
    const [signed = "", signature = ""] = (location.split("?")[1] ?? "").split("&Signature=");
    expect(signed).toMatch(
      /^SAMLRequest=[^&]+&SigAlg=http%3A%2F%2Fwww\.w3\.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256$/,
    );
    const metadata = (await world.browser().ask("/gar/saml/metadata")).text;
    const certificate = /<ds:X509Certificate>([^<]+)</.exec(metadata)?.[1] ?? "";
    const pem = `-----BEGIN CERTIFICATE-----\n${certificate.match(/.{1,64}/g)?.join("\n") ?? ""}\n-----END CERTIFICATE-----`;
    expect(createVerify("sha256").update(signed).verify(pem, decodeURIComponent(signature), "base64")).toBe(
      true,
    );
    expect(metadata).toContain(`entityID="${world.names.entityId}"`);
    expect(metadata).toContain(`Location="${world.names.consumer}"`);
    expect(metadata).toContain('AuthnRequestsSigned="true"');
    expect(metadata).not.toContain("PRIVATE");
  });

  it("keeps what the row names and drops the rest, each under its clause (D4.1)", async () => {
    const { browser, answer } = await signIn(teacher);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/me"]);
    expect(await browser.session()).toEqual({
      subject: expect.stringMatching(/^sub_[0-9a-z]{26}$/),
      origin: "gar",
      role: "teacher",
      categories: ["connectionAndUsage", "classAndGroup", "profile", "name"],
      dropped: ["CIV", "P_MEL", "P_MS4", "P_MAT"],
      refusals: [
        { attribute: "CIV", category: "unlisted", clause: "DB.K.gar-teacher" },
        { attribute: "P_MEL", category: "workEmail", clause: "DB.K.gar-teacher" },
        { attribute: "P_MS4", category: "unlisted", clause: "DB.K.gar-teacher" },
        { attribute: "P_MAT", category: "unlisted", clause: "DB.K.gar-teacher" },
      ],
    });
  });

  it("gives the same person the same subject, and tells the others", async () => {
    const before = world.emitted.length;
    const subjects = [];
    for (let n = 0; n < 2; n += 1) {
      const { browser } = await signIn({ ...teacher, IDO: [ido("again")] });
      subjects.push(((await browser.session()) as { subject: string }).subject);
    }
    expect(subjects[0]).toBe(subjects[1]);
    expect(world.emitted.slice(before)).toEqual(
      subjects.map((subject) => ({
        controller: "ministry",
        subject,
        origin: "gar",
        product: "plume",
        role: "teacher",
      })),
    );
  });

  it("takes a documentalist for a teacher, whatever the case of the profile", async () => {
    const { browser } = await signIn({ IDO: [ido("doc")], PRO: ["NATIONAL_DOC"], UAI: ["0999999F"] });
    expect(await browser.session()).toMatchObject({ role: "teacher", dropped: [] });
  });

  it("counts no attribute without a value as received", async () => {
    const { browser } = await signIn({ ...teacher, CIV: ["null"], P_MEL: ["None"], P_MS4: [], P_MAT: [""] });
    expect(await browser.session()).toMatchObject({ dropped: [] });
  });

  it("goes on to one of our own paths, and never to another site", async () => {
    const at = async (next: string) =>
      (await signIn(teacher, `?next=${encodeURIComponent(next)}`)).answer.headers.get("location");
    expect(await at("/requests?x=1")).toBe("/requests?x=1");
    expect(await at("//evil.example")).toBe("/me");
    expect(await at("/\\evil.example")).toBe("/me");
    expect(await at("https://evil.example/")).toBe("/me");
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const response = base64(signedResponse(browser.fieldsFor(requestId)));
    const answer = await browser.post(response, { RelayState: "https://evil.example/" });
    expect(answer.headers.get("location")).toBe("/me");
  });

  it("renews the session: the secret changes and the old one is worth nothing", async () => {
    const { browser } = await signIn(teacher);
    const old = browser.cookies.get("preau") ?? "";
    const { requestId } = await browser.begin();
    await browser.post(base64(signedResponse(browser.fieldsFor(requestId))));
    expect(browser.cookies.get("preau")).not.toBe(old);
    const thief = world.browser();
    thief.cookies.set("preau", old);
    expect(await thief.session()).toBe(401);
  });

  it("seals what names the person under the cookie", async () => {
    const { browser } = await signIn(teacher);
    const session = await world.sessions.find(browser.cookies.get("preau"));
    expect(session?.sealed).toEqual({
      provider: { id: "gar.saml", nameId: "_transient-name-id", sessionIndex: expect.any(String) },
      displayName: "Éve-Aurore ZÉPHYRINOT",
      identifierKind: "gar.ido",
      schools: ["0999999F", "0999998E"],
      divisions: [
        { code: "900001~CPA", label: "CP Hirondelles" },
        { code: "900001~CPB", label: "CP B" },
      ],
      groups: [{ code: "900001~LECT1", label: "Lecture 1" }],
    });
    expect(JSON.stringify(session?.data)).not.toMatch(/ZÉPHYRINOT|Hirondelles|0999999F/);
  });

  it("is found by the provider's session index, without the browser", async () => {
    const { browser } = await signIn(teacher);
    const { requestId } = await browser.begin();
    const fields = browser.fieldsFor(requestId);
    await browser.post(base64(signedResponse(fields)));
    const key = {
      kind: "saml.sessionIndex",
      issuer: "gar.saml https://idp.example/cas/idp", // another provider may give itself the same name
      value: fields.sessionIndex,
    };
    // As it came, by a plain hash that a list of names could be tried against, it is nowhere.
    expect(await world.sessions.revokeByKey(key)).toBe(0);
    const ends = async (by: SessionKey) => {
      const [keyed] = await keyedSessions(world.vault, world.options.controller, [by]);
      return world.sessions.revokeByKey(keyed!);
    };
    expect(await ends({ ...key, issuer: "https://other.example" })).toBe(0);
    expect(await ends(key)).toBe(1);
    expect(await browser.session()).toBe(401);
  });

  it("accepts a response that is signed as a whole as well, and SHA-512", async () => {
    for (const hash of ["sha256", "sha512"] as const) {
      const browser = world.browser();
      const { requestId } = await browser.begin();
      const inner = signedResponse(browser.fieldsFor(requestId), { hash });
      expect((await browser.post(base64(signXml(inner, { element: "Response", hash })))).status).toBe(303);
      expect(await browser.session()).toMatchObject({ role: "teacher" });
    }
  });

  it("accepts base64 in lines", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const lines = base64(signedResponse(browser.fieldsFor(requestId))).replaceAll(/.{76}/g, "$&\r\n");
    expect((await browser.post(lines)).status).toBe(303);
  });

  it("lets two tabs of one browser sign in, each with its own request", async () => {
    const browser = world.browser();
    const first = await browser.begin();
    const second = await browser.begin();
    expect((await browser.post(base64(signedResponse(browser.fieldsFor(first.requestId))))).status).toBe(303);
    expect((await browser.post(base64(signedResponse(browser.fieldsFor(second.requestId))))).status).toBe(
      303,
    );
  });
});

describe("refuse a pupil while the agreement lists nothing (DB.K.gar-pupil)", () => {
  it("says so with the clause, makes nobody and no session", async () => {
    const pupil = { IDO: [ido("pupil")], PRO: ["National_elv"], NOM: ["MINUSCULIN"], DIV: ["A##CP A"] };
    const { browser, answer } = await signIn(pupil);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "GAR_ROLE_REFUSED", clause: "DB.K.gar-pupil" });
    expect(await browser.session()).toBe(401);
    const unit = <T>(work: Parameters<typeof world.unitOfWork.transaction<T>>[0]) =>
      world.unitOfWork.transaction(work);
    const identifier = { kind: "gar.ido", value: ido("pupil") };
    expect(await unit((u) => world.subjects.find(u, world.options.controller, identifier))).toBeUndefined();
    const [entry] = await world.entries("gar.signInRefused");
    expect(entry?.payload).toEqual({
      code: "GAR_ROLE_REFUSED",
      reason: "NOTHING_LISTED",
      under: "DB.K.gar-pupil",
      count: 1,
    });
  });

  it("shows a page that a person can read", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const fields = {
      ...browser.fieldsFor(requestId),
      attributes: { IDO: [ido("p")], PRO: ["National_elv"] },
    };
    const answer = await browser.ask("/gar/saml/acs", {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "text/html",
        "accept-language": "fr",
      },
      body: new URLSearchParams({ SAMLResponse: base64(signedResponse(fields)) }).toString(),
    });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("accord ne prévoit aucune donnée pour ce profil");
    expect(answer.text).toContain("DB.K.gar-pupil");
  });
});

describe("refuse profiles that the agreement has no role for (D4.1)", () => {
  it.each([
    "National_dir",
    "National_evs",
    "National_tut",
    "National_xyz",
    "National_evl",
    "",
    "null",
    "teacher",
    "__proto__",
  ])("%s is nobody, least of all a teacher", async (profile) => {
    const { browser, answer } = await signIn({ ...teacher, PRO: [profile] });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "GAR_ROLE_REFUSED", clause: "DB.K.p" });
    expect(await browser.session()).toBe(401);
  });

  it("two profiles at once are none", async () => {
    const { answer } = await signIn({ ...teacher, PRO: ["National_elv", "National_ens"] });
    expect(answer.status).toBe(403);
  });
});

describe("log sign-ins and attempts (DD.7)", () => {
  it("journals names of dropped attributes, and no value", async () => {
    await signIn(teacher);
    const [entry] = await world.entries("gar.signedIn");
    expect(entry).toMatchObject({ log: "activity", clause: "DD.7", actorRole: "dataSubject" });
    expect(entry?.subject?.payload).toEqual({
      provider: "gar.saml",
      kept: ["IDO", "UAI", "PRO", "NOM", "PRE", "DIV", "GRO", "DIV_APP"],
      product: "plume",
      role: "teacher",
      categories: ["connectionAndUsage", "classAndGroup", "profile", "name"],
      dropped: ["CIV", "P_MEL", "P_MS4", "P_MAT"].map((attribute) => ({
        attribute,
        clause: "DB.K.gar-teacher",
      })),
      droppedCount: 4,
      malformed: [],
    });
  });

  it("journals a failed attempt with its reason, which the answer does not tell", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const answer = await browser.post(
      base64(signedResponse({ ...browser.fieldsFor(requestId), audience: "https://x.example" })),
    );
    expect(answer.status).toBe(403);
    expect(answer.text).not.toMatch(/audience/i);
    const [entry] = await world.entries("gar.signInRefused");
    expect(entry?.payload).toEqual({
      code: "GAR_SIGN_IN_REFUSED",
      reason: "wrongAudience",
      under: "D4.1",
      count: 1,
    });
    const { instance } = JSON.parse(answer.text) as { instance: string };
    const reference = instance.slice(instance.lastIndexOf(":") + 1);
    expect(
      world.lines.filter((line) => line.includes(reference) && line.includes("wrongAudience")),
    ).toHaveLength(1);
  });

  it("journals a sign-out, which needs the session's token", async () => {
    const { browser } = await signIn(teacher);
    expect((await browser.ask("/gar/saml/logout", { method: "POST" })).status).toBe(403);
    const session = await world.sessions.find(browser.cookies.get("preau"));
    const answer = await browser.ask("/gar/saml/logout", {
      method: "POST",
      headers: { "x-csrf-token": session?.csrfToken ?? "" },
    });
    expect(answer.status).toBe(303);
    expect(await browser.session()).toBe(401);
    expect(await world.entries("gar.signedOut")).toHaveLength(1);
  });
});

describe("no value of a dropped attribute, and no name, is at rest or in the log (D4.1)", () => {
  const everything = () => {
    const files = readdirSync(world.folder).map((name) => join(world.folder, name));
    const bytes = files
      .filter((file) => statSync(file).isFile() && !file.endsWith(".pem"))
      .map((file) => readFileSync(file));
    return [...bytes, Buffer.from(world.lines.join("\n"))];
  };
  const holds = (needle: string) => everything().some((bytes) => bytes.includes(needle));

  it("finds what is there, so that the search is one", async () => {
    await signIn(teacher);
    expect(holds("DB.K.gar-teacher")).toBe(true);
    expect(holds("P_MEL")).toBe(true);
  });

  it.each([
    ...Object.values(teacher)
      .flat()
      .filter((value) => value.length > 4 && value !== "National_ens"),
    "ZÉPHYRINOT".normalize("NFD"),
    "Hirondelles",
    "MATIERE SECRETE",
  ])("%s is nowhere", async (value) => {
    await signIn(teacher);
    expect(holds(value)).toBe(false);
    expect(holds(Buffer.from(value).toString("base64"))).toBe(false);
    expect(holds(Buffer.from(value).toString("hex"))).toBe(false);
  });
});
