/** Debian's SimpleSAMLphp as an identity provider under PHP's own server, with a folder of its own for all that it keeps. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { instant } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { ido, makeKey } from "./identity-provider.ts";

const HOME = "/usr/share/simplesamlphp";

/** Why it cannot be started here; undefined when it can. */
export function simpleSamlPhpSkipReason(): string | undefined {
  if (!existsSync(join(HOME, "www"))) return "no simplesamlphp (Debian)";
  try {
    execFileSync("php", ["-r", "exit(extension_loaded('dom') && extension_loaded('mbstring') ? 0 : 1);"]);
    return undefined;
  } catch {
    return "no php with dom and mbstring";
  }
}

const php = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(php).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `[${Object.entries(value)
      .map(([key, each]) => `${php(key)} => ${php(each)}`)
      .join(", ")}]`;
  return typeof value === "string" ? `'${value.replaceAll(/['\\]/g, "\\$&")}'` : JSON.stringify(value);
};

export type SimpleSamlPhp = Awaited<ReturnType<typeof startSimpleSamlPhp>>;

/** Starts it; it serves its metadata when this resolves. */
export async function startSimpleSamlPhp() {
  const folder = makeFolder();
  const at = (name: string) => join(folder.path, name);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}/simplesaml`;
  for (const name of ["metadata", "data", "log", "tmp", "cert", "attributemap"]) mkdirSync(at(name));
  const key = makeKey("SimpleSAMLphp", instant(new Date(Date.now() - 86_400_000).toISOString()));
  writeFileSync(at("cert/idp.pem"), key.privateKey);
  writeFileSync(at("cert/idp.crt"), key.certificate);
  const trusted = at("service-provider.xml");
  const known = php({ type: "xml", file: trusted });
  const sources = `if (file_exists(${php(trusted)})) $config['metadata.sources'][] = ${known};\n`;
  const config = {
    baseurlpath: `${base}/`,
    certdir: at("cert/"),
    loggingdir: at("log/"),
    datadir: at("data/"),
    tempdir: at("tmp"),
    metadatadir: at("metadata/"),
    attributenamemapdir: at("attributemap/"),
    secretsalt: "a salt that no other installation has",
    "auth.adminpassword": "not the default one",
    "admin.protectmetadata": false,
    "admin.checkforupdates": false,
    "enable.saml20-idp": true,
    "module.enable": { exampleauth: true, core: true, saml: true },
    "store.type": "phpsession",
    "session.phpsession.savepath": at("data/"),
    "session.cookie.secure": false,
    "logging.handler": "file",
    "logging.level": 4,
    "trusted.url.domains": [],
    "metadata.sources": [{ type: "flatfile" }],
    timezone: "UTC",
  };
  writeFileSync(at("config.php"), `<?php\n$config = ${php(config)};\n${sources}`);
  const person = {
    uid: ["prof"],
    IDO: [ido("ssp")],
    UAI: ["0999999F"],
    PRO: ["National_ens"],
    NOM: ["ZÉPHYRINOT"],
    PRE: ["Éve"],
  };
  writeFileSync(
    at("authsources.php"),
    `<?php\n$config = ${php({ people: ["exampleauth:UserPass"] })};\n$config['people']['prof:secret'] = ${php(person)};\n`,
  );
  const hosted = {
    host: "__DEFAULT__",
    privatekey: "idp.pem",
    certificate: "idp.crt",
    auth: "people",
    "signature.algorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "saml20.sign.assertion": true,
    "saml20.sign.response": true,
    "sign.logout": true,
    "validate.authnrequest": true,
    "validate.logout": true,
    SingleLogoutServiceBinding: [
      "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
      "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
    ],
  };
  writeFileSync(
    at("metadata/saml20-idp-hosted.php"),
    `<?php\n$metadata['${base}/idp'] = ${php(hosted)};\n$metadata['${base}/idp']['assertion.encryption'] = file_exists(${php(at("encrypting"))});\n`,
  );
  writeFileSync(at("router.php"), router);

  const server = spawn(
    "php",
    [
      "-d",
      "error_reporting=E_ALL & ~E_DEPRECATED",
      "-d",
      "display_errors=0",
      "-S",
      `127.0.0.1:${port}`,
      "-t",
      join(HOME, "www"),
      at("router.php"),
    ],
    { env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: folder.path }, stdio: ["ignore", "ignore", "pipe"] },
  );
  await started(server);
  return {
    base,
    metadataUrl: `${base}/saml2/idp/metadata.php`,
    entityId: `${base}/idp`,
    /** A service provider's metadata, for its own parser. */
    trust: (metadata: string) => writeFileSync(trusted, metadata),
    /** Whether it encrypts assertions from now on. */
    encrypt: (encrypting: boolean) =>
      encrypting ? writeFileSync(at("encrypting"), "") : rmSync(at("encrypting"), { force: true }),
    stop: async () => {
      const gone = new Promise((resolve) => server.once("exit", resolve));
      server.kill();
      await gone;
      folder.remove();
    },
  };
}

/** What Apache's Alias does for it: `/simplesaml/x.php/path` is the script x.php with a path. */
const router = `<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (!preg_match('#^/simplesaml(/.*?\\.php)(/.*)?$#', $path, $found)) return false;
$_SERVER['SCRIPT_NAME'] = '/simplesaml' . $found[1];
$_SERVER['PHP_SELF'] = $path;
$_SERVER['PATH_INFO'] = $found[2] ?? '';
$_SERVER['SCRIPT_FILENAME'] = '${HOME}/www' . $found[1];
chdir(dirname($_SERVER['SCRIPT_FILENAME']));
require $_SERVER['SCRIPT_FILENAME'];
`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** PHP says so on its error stream. */
function started(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes("Development Server") && said.includes("started")) resolve();
    });
    server.once("exit", (code) => reject(new Error(`php ended with ${code}: ${said}`)));
    server.once("error", reject);
  });
}
