/**
 * The keys and certificates of both sides, in `gar/tls` of the data folder: what a client is configured with is
 * `client.crt`, `client.key` and `server.crt`. The last one also names the two wrong certificates that the service can
 * show, so that a client refuses them for the very thing that is wrong: the date, the host.
 */
import { createPrivateKey, generateKeyPair, type KeyObject, X509Certificate } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { selfSignedCertificate } from "@preau/gar";
import { addHours, type Instant, millisOf } from "@preau/kernel";

export interface Credentials {
  /** PEM. */
  readonly key: string;
  /** PEM. */
  readonly cert: string;
}

export interface TlsFiles {
  readonly server: Credentials;
  readonly expired: Credentials;
  readonly otherHost: Credentials;
  /** PEM: the only client that is let in. */
  readonly clientCertificate: string;
  readonly paths: {
    readonly serverCertificate: string;
    readonly clientCertificate: string;
    readonly clientKey: string;
  };
}

const DAYS = 365;
const DAY_HOURS = 24;
const generate = promisify(generateKeyPair);

/** Those of the folder, or new ones when there are none, or they end within a day. */
export async function tlsFiles(folder: string, now: Instant): Promise<TlsFiles> {
  const path = (name: string) => join(folder, name);
  try {
    const names = ["server.key", "server.crt", "client.key", "client.crt"];
    const [key = "", bundle = "", clientKey = "", client = ""] = await Promise.all(
      names.map((name) => readFile(path(name), "utf8")),
    );
    const [server = "", expired = "", otherHost = ""] = certificatesIn(bundle);
    if (isGood(key, server, now) && isGood(clientKey, client, now)) {
      return found(folder, { key, server, expired, otherHost, client });
    }
  } catch {
    // not there, or nothing that can be read: made anew
  }
  return made(folder, now);
}

async function made(folder: string, now: Instant): Promise<TlsFiles> {
  const pairs = await Promise.all([1, 2].map(() => generate("rsa", { modulusLength: 2048 })));
  const [serverKey, clientKey] = pairs.map(({ privateKey }) => privateKey);
  if (serverKey === undefined || clientKey === undefined) throw new TypeError("two keys were expected");
  const names = ["localhost", "127.0.0.1", "::1"];
  const from = addHours(now, -1); // a client's clock may be behind
  const server = selfSignedCertificate(serverKey, { name: "GAR simulator", names, from, days: DAYS });
  const expired = selfSignedCertificate(serverKey, {
    ...{ name: "GAR simulator, expired", names, days: 5 },
    from: addHours(now, -6 * DAY_HOURS),
  });
  const otherHost = selfSignedCertificate(serverKey, {
    ...{ name: "GAR simulator, elsewhere", names: ["elsewhere.example"], from, days: DAYS },
  });
  const client = selfSignedCertificate(clientKey, { name: "GAR simulator, client", from, days: DAYS });
  await mkdir(folder, { recursive: true });
  const key = pemOf(serverKey);
  await write(join(folder, "server.key"), key, 0o600);
  await write(join(folder, "server.crt"), server + expired + otherHost, 0o644);
  await write(join(folder, "client.key"), pemOf(clientKey), 0o600);
  await write(join(folder, "client.crt"), client, 0o644);
  return found(folder, { key, server, expired, otherHost, client });
}

function found(
  folder: string,
  pem: Readonly<Record<"key" | "server" | "expired" | "otherHost" | "client", string>>,
): TlsFiles {
  const { key } = pem;
  return {
    server: { key, cert: pem.server },
    expired: { key, cert: pem.expired },
    otherHost: { key, cert: pem.otherHost },
    clientCertificate: pem.client,
    paths: {
      serverCertificate: join(folder, "server.crt"),
      clientCertificate: join(folder, "client.crt"),
      clientKey: join(folder, "client.key"),
    },
  };
}

/** Credentials that no certificate file names: a server that somebody put in the way. */
export async function strangerCredentials(now: Instant): Promise<Credentials> {
  const { privateKey } = await generate("rsa", { modulusLength: 2048 });
  const names = ["localhost", "127.0.0.1", "::1"];
  const from = addHours(now, -1);
  return {
    key: pemOf(privateKey),
    cert: selfSignedCertificate(privateKey, { name: "GAR simulator", names, from, days: 2 }),
  };
}

function isGood(key: string, certificate: string, now: Instant): boolean {
  const x509 = new X509Certificate(certificate);
  const tomorrow = millisOf(addHours(now, DAY_HOURS));
  const inForce = x509.validFromDate.getTime() <= millisOf(now) && x509.validToDate.getTime() > tomorrow;
  return inForce && x509.checkPrivateKey(createPrivateKey(key));
}

function certificatesIn(bundle: string): readonly string[] {
  return bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
}

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}

/** A new file, so that its mode is the one given. */
async function write(file: string, text: string, mode: number): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { flag: "wx", mode });
}
