/** The simulated GAR, and a service provider of node-saml's with its pages: consumer, logout on three bindings. */
import { generateKeyPairSync } from "node:crypto";
import { type Profile, SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { selfSignedCertificate } from "@preau/gar";
import { type Clock, instant, systemClock } from "@preau/kernel";
import express, { type Response } from "express";
import { makeFaults } from "../../src/faults.ts";
import { garApplication, garDefects } from "../../src/gar/gar-application.ts";
import { namesAt } from "../../src/gar/identity-provider-metadata.ts";
import { envelope, logoutResponseXml, readLogoutMessage } from "../../src/gar/logout-messages.ts";
import { parseResources } from "../../src/gar/resources.ts";
import { saml } from "../../src/gar/saml.ts";
import { serviceProviders } from "../../src/gar/service-providers.ts";
import { type Signer, signElement } from "../../src/gar/sign.ts";
import { casServices } from "../../src/gar-cas/services.ts";
import { oidcClients } from "../../src/gar-oidc/clients.ts";
import { listen } from "../../src/listen.ts";
import { formWithButton, makeBrowser } from "./browser.ts";

export const teacher = "Maëlle Caradec-Nuñes";

function makeSigner(): Signer {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: selfSignedCertificate(privateKey, { name: "Test", from: systemClock.now(), days: 2 }),
  };
}

/** What came to the service provider's logout addresses, and whether node-saml took it. */
export interface LogoutSeen {
  readonly binding: "soap" | "post" | "redirect";
  readonly profile: Profile | null | undefined;
  readonly xml: string;
}

export interface WorldOptions {
  /** Bindings of the logout addresses in the service provider's metadata. */
  readonly bindings?: readonly ("soap" | "post" | "redirect")[];
  readonly encryption?: boolean;
}

export async function samlWorld(options: WorldOptions = {}) {
  let shift = 0;
  const clock: Clock = { ...systemClock, now: () => instant(Date.now() + shift) };
  const signers = { own: makeSigner(), next: makeSigner(), stranger: makeSigner() };
  const key = makeSigner();
  const seen: LogoutSeen[] = [];
  let url = "";
  let consumed = "";

  const pages = express();
  const form = express.urlencoded({ extended: false, limit: "8mb" });
  pages.get("/login", async (_request, response) => {
    response.redirect(302, await sp.getAuthorizeUrlAsync("/after", undefined, {}));
  });
  pages.post("/acs", form, (request, response) => {
    consumed = String((request.body as Record<string, unknown>)["SAMLResponse"]);
    response.send("signed in");
  });
  pages.get("/slo", async (request, response) => {
    const query = request.query as Record<string, string>;
    const [, original = ""] = request.originalUrl.split("?");
    await take(response, "redirect", query, () => sp.validateRedirectAsync(query, original));
  });
  pages.post("/slo", form, async (request, response) => {
    const body = request.body as Record<string, string>;
    await take(response, "post", body, () =>
      body["SAMLRequest"] === undefined
        ? sp.validatePostResponseAsync({ SAMLResponse: body["SAMLResponse"] ?? "" })
        : sp.validatePostRequestAsync({ SAMLRequest: body["SAMLRequest"] }),
    );
  });
  pages.post("/slo/soap", express.text({ type: () => true }), async (request, response) => {
    const message =
      /<saml2p:LogoutRequest[\s\S]*<\/saml2p:LogoutRequest>/.exec(String(request.body))?.[0] ?? "";
    try {
      const SAMLRequest = Buffer.from(message).toString("base64");
      const { profile } = await sp.validatePostRequestAsync({ SAMLRequest });
      seen.push({ binding: "soap", profile, xml: message });
      const { id } = readLogoutMessage(message);
      response.type("text/xml").send(envelope(signElement(answerTo(id), answeringKey)));
    } catch {
      seen.push({ binding: "soap", profile: undefined, xml: message });
      response.sendStatus(403);
    }
  });
  /** Where the other two protocols go to. */
  const told: string[] = [];
  pages.get("/back", (_request, response) => void response.send("back"));
  pages.post("/told", form, (request, response) => {
    told.push(...Object.keys(request.body as Record<string, string>));
    response.sendStatus(200);
  });
  const party = await listen(pages, 0);
  let answeringKey = key;
  let answering: Partial<Parameters<typeof logoutResponseXml>[0]> = {};

  const application = garApplication({
    url: () => url,
    clock,
    signers,
    providers: serviceProviders([]),
    resources: parseResources(`Plume=${party.url}/login`),
    oidcClients: oidcClients([]),
    casServices: casServices([]),
    defects: makeFaults(garDefects),
  });
  const running = await listen(application, 0);
  ({ url } = running);
  const names = namesAt(url);

  const provider = (more: Partial<ConstructorParameters<typeof SAML>[0]> = {}): SAML =>
    new SAML({
      callbackUrl: `${party.url}/acs`,
      issuer: `${party.url}/metadata`,
      entryPoint: names.signOnUrl,
      logoutUrl: names.logoutUrls.redirect,
      logoutCallbackUrl: `${party.url}/slo`,
      idpCert: signers.own.certificate,
      idpIssuer: names.entityId,
      privateKey: key.privateKey,
      ...(options.encryption === false ? {} : { decryptionPvk: key.privateKey }),
      signatureAlgorithm: "sha256",
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: false,
      validateInResponseTo: ValidateInResponseTo.always,
      identifierFormat: null,
      ...more,
    });
  let sp = provider();

  const register = async (bindings = options.bindings ?? ["soap", "post", "redirect"]) => {
    const locations = {
      soap: `${party.url}/slo/soap`,
      post: `${party.url}/slo`,
      redirect: `${party.url}/slo`,
    };
    const services = bindings.map(
      (each) => `<SingleLogoutService Binding="${saml[each]}" Location="${locations[each]}"/>`,
    );
    const own = sp.generateServiceProviderMetadata(
      options.encryption === false ? null : key.certificate,
      key.certificate,
    );
    const registered = await fetch(`${url}/idp/service-providers`, {
      method: "POST",
      body: own.replace(/<SingleLogoutService[^>]*>/, services.join("")),
    });
    if (registered.status !== 201) throw new Error(`metadata: ${registered.status}`);
  };
  await register();

  function answerTo(id: string): string {
    return logoutResponseXml({
      id: "_answer",
      version: "2.0",
      issuer: `${party.url}/metadata`,
      destination: names.entityId,
      issuedAt: Date.parse(clock.now()),
      inResponseTo: id,
      status: [saml.success],
      ...answering,
    });
  }

  /** Checks a message and answers a request by redirect, as node-saml does. */
  async function take(
    response: Response,
    binding: LogoutSeen["binding"],
    message: Record<string, string>,
    check: () => Promise<{ profile: Profile | null }>,
  ): Promise<void> {
    const xml = Buffer.from(message["SAMLRequest"] ?? message["SAMLResponse"] ?? "", "base64").toString(
      "utf8",
    );
    try {
      const { profile } = await check();
      seen.push({ binding, profile, xml });
      if (profile === null) {
        response.send("bye");
        return;
      }
      const relay = message["RelayState"] ?? "";
      response.redirect(303, await sp.getLogoutResponseUrlAsync(profile, relay, {}, true));
    } catch {
      seen.push({ binding, profile: undefined, xml });
      response.status(403).send("refused");
    }
  }

  return {
    url,
    names,
    party: party.url,
    key,
    signers,
    seen,
    told,
    provider,
    register,
    sp: () => sp,
    answerWith: (other: Signer, more: typeof answering = {}) => {
      answeringKey = other;
      answering = more;
    },
    fault: async (name: string, value = "on") => {
      const set = await fetch(`${url}/_faults`, {
        method: "POST",
        body: new URLSearchParams({ [name]: value }),
      });
      if (!set.ok) throw new Error(`${name}: ${set.status}`);
    },
    reset: async () => {
      await fetch(`${url}/_faults`, { method: "DELETE" });
      shift = 0;
      sp = provider();
      answeringKey = key;
      answering = {};
      seen.length = 0;
      told.length = 0;
    },
    /** From the service provider's door to its consumer; what node-saml makes of the response. */
    signIn: async (person = teacher, browser = makeBrowser()): Promise<Profile> => {
      const page = await browser.get(`${party.url}/login`);
      const chosen = page.text.includes("Qui êtes-vous")
        ? await browser.submit(formWithButton(page, person))
        : page;
      await browser.submit(formWithButton(chosen, "Continuer"));
      const { profile } = await sp.validatePostResponseAsync({ SAMLResponse: consumed });
      if (profile === null) throw new Error("nobody");
      return profile;
    },
    /** The document that came last. */
    document: () => Buffer.from(consumed, "base64").toString("utf8"),
    stop: async () => {
      await Promise.all([running.stop(), party.stop()]);
    },
  };
}

export type SamlWorld = Awaited<ReturnType<typeof samlWorld>>;
