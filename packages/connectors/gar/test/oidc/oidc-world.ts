/** The world with an OpenID provider configured, and a browser that goes to it and back. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instant, type ManualClock, manualClock } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { onTestFinished } from "vitest";
import { makeWorld, type World, type WorldOptions } from "../world.ts";
import { CLIENT_ID, CLIENT_SECRET, type FakeIssuer, startFakeIssuer } from "./fake-issuer.ts";

export const ARK = "ark:/12345/plume.p";

/** A file for the client secret, in a folder of its own. */
export function secretFile(text = `${CLIENT_SECRET}\n`, mode = 0o600) {
  const folder = makeFolder();
  const file = join(folder.path, "client-secret");
  writeFileSync(file, text, { mode });
  return { file, remove: () => folder.remove() };
}

export interface OidcWorldOptions extends WorldOptions {
  readonly oidc?: Record<string, unknown>;
}

export interface Stage {
  readonly issuer: FakeIssuer;
  readonly clock: ManualClock;
  readonly world: World;
  readonly close: () => Promise<void>;
}

/** A hub with the GAR over OpenID Connect at this issuer. */
export async function oidcWorld(
  issuer: string,
  { oidc, options, ...given }: OidcWorldOptions = {},
): Promise<Pick<Stage, "world" | "close">> {
  const secret = secretFile();
  const own = { issuer, clientId: CLIENT_ID, clientSecretFile: secret.file, idRessource: ARK, ...oidc };
  const world = await makeWorld({ ...given, options: { ...options, oidc: own } });
  return {
    world,
    close: async () => {
      await world.close();
      secret.remove();
    },
  };
}

/** One hub and one provider in which everything can be wrong, on one clock. */
export async function openStage(given: OidcWorldOptions = {}): Promise<Stage> {
  const clock = given.clock ?? manualClock(instant("2026-11-23T08:00:00.000Z"));
  const issuer = await startFakeIssuer(clock);
  const { world, close } = await oidcWorld(issuer.issuer, { ...given, clock });
  return {
    issuer,
    clock,
    world,
    close: async () => {
      await close();
      issuer.close();
    },
  };
}

/** The same, for the running test. */
export async function stage(given: OidcWorldOptions = {}): Promise<Stage> {
  const opened = await openStage(given);
  onTestFinished(() => opened.close());
  return opened;
}

export function oidcBrowser({ issuer, world }: Pick<Stage, "issuer" | "world">, basePath = "/gar/oidc") {
  const browser = world.browser();
  const begin = async (query = "") => {
    const answer = await browser.ask(`${basePath}/login${query}`);
    return { ...answer, location: answer.headers.get("location") ?? "" };
  };
  return {
    ...browser,
    begin,
    back: (query: string) => browser.ask(`${basePath}/callback${query}`),
    signIn: async (query = "") => {
      const { location } = await begin(query);
      return browser.ask(`${basePath}/callback${issuer.agree(location)}`);
    },
    logout: (fields: Record<string, string> | string, headers: Record<string, string> = {}) =>
      browser.ask(`${basePath}/logout`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body: new URLSearchParams(fields).toString(),
      }),
  };
}

/** The reason of the newest refusal in the journal, and how many there were of it. */
export async function lastRefusal(world: World): Promise<unknown> {
  const [entry] = await world.entries("gar.signInRefused");
  return entry?.payload?.["reason"];
}
