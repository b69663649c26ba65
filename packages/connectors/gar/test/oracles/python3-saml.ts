/** Debian's python3-saml, in one process that is given a document a line. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Oracle, oneSpelling, type Parties, type Reading, sortedAttributes } from "./reading.ts";

/** Debian's own interpreter, which alone sees Debian's packages. */
const PYTHON = "/usr/bin/python3";
const PROGRAM = fileURLToPath(new URL("python3-saml.py", import.meta.url));

/** Why there is no such oracle here; undefined where there is one. */
export function pythonSamlSkipReason(): string | undefined {
  const { status } = spawnSync(PYTHON, ["-c", "import onelogin.saml2"]);
  return status === 0 ? undefined : "python3-onelogin-saml2 is not installed";
}

export async function pythonSaml(parties: Parties): Promise<Oracle> {
  const child = spawn(PYTHON, [PROGRAM], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("python3-saml has ended");
    return value;
  };
  const say = (message: unknown) => void child.stdin.write(`${JSON.stringify(message)}\n`);
  const bare = (pem: string) => pem.replaceAll(/-----[^-]+-----|\s/g, "");
  const [certificate, ownCertificate] = [bare(parties.certificate), bare(parties.ownCertificate)];
  say({ ...parties, certificate, ownCertificate });
  await next();
  return {
    name: "python3-saml",
    read: async (asked) => {
      say(asked);
      const reading = JSON.parse(await next()) as Reading | null;
      if (reading === null) return undefined;
      const attributes = sortedAttributes(Object.entries(reading.attributes));
      return { nameId: reading.nameId, attributes, signedPart: oneSpelling(reading.signedPart) };
    },
    close: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
