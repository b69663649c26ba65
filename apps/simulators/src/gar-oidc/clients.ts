/** The clients (relying parties) that the OpenID provider knows: by configuration, or told while it runs. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

/** One client, as a file of clients or `POST /oidc/clients` describes it. */
export const oidcClient = z.strictObject({
  id: z.string().regex(/^[\x21-\x39\x3b-\x7e]{1,100}$/),
  /** For `client_secret_basic`; 32 characters or more, or HS256 would be weaker than its hash. */
  secret: z.string().min(32).max(200),
  /** Compared as text: nothing is a prefix of anything. */
  redirectUris: z.array(z.url()).min(1),
  /** Where logout tokens are posted; without it, nobody tells the client. */
  backChannelLogout: z.url().optional(),
  postLogoutRedirectUris: z.array(z.url()).default([]),
});
export type OidcClient = z.infer<typeof oidcClient>;

export interface OidcClients {
  find(id: string): OidcClient | undefined;
  /** Adds one, or replaces the one of that id. */
  register(client: OidcClient): void;
}

export function oidcClients(first: readonly OidcClient[]): OidcClients {
  const known = new Map(first.map((client) => [client.id, client]));
  return { find: (id) => known.get(id), register: (client) => known.set(client.id, client) };
}

export interface ConfiguredOptions {
  /** The simulators' folder. */
  readonly dataFolder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * The hub, and those of the JSON file that `PREAU_SIM_GAR_OIDC_CLIENTS` names (a list of clients). Rejects when the
 * file cannot be read or is not that.
 */
export async function configuredOidcClients(options: ConfiguredOptions): Promise<OidcClients> {
  const file = options.environment["PREAU_SIM_GAR_OIDC_CLIENTS"];
  const others =
    file === undefined ? [] : z.array(oidcClient).parse(JSON.parse(await readFile(file, "utf8")));
  return oidcClients([await hubClient(options), ...others]);
}

async function hubClient({ dataFolder, environment }: ConfiguredOptions): Promise<OidcClient> {
  const hub = `http://127.0.0.1:${environment["PREAU_PORT"] ?? "8700"}`;
  return {
    id: "preau",
    secret: await secretIn(join(dataFolder, "gar", "oidc-client-secret")),
    redirectUris: [`${hub}/gar/oidc/callback`],
    backChannelLogout: `${hub}/gar/oidc/logout`,
    postLogoutRedirectUris: [`${hub}/`],
  };
}

/** Made once, for its owner alone; the hub reads the same file. */
async function secretIn(file: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  try {
    await writeFile(file, `${randomBytes(32).toString("base64url")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return (await readFile(file, "utf8")).trim();
}

/** `client_secret_basic` (RFC 6749 §2.3.1): both parts form-encoded, then Base64. */
export function clientOfBasic(header: string | undefined, clients: OidcClients): OidcClient | undefined {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  const client = clients.find(formDecoded(pair.slice(0, Math.max(colon, 0))));
  const given = sha256(formDecoded(pair.slice(colon + 1)));
  return client !== undefined && timingSafeEqual(given, sha256(client.secret)) ? client : undefined;
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll("&", "%26")}`).get("v") ?? "";
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
