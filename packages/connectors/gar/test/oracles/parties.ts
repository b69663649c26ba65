import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "../attacks/target.ts";
import { publishedCertificates } from "../encryption-documents.ts";
import { idpEntityId, idpKey } from "../identity-provider.ts";
import type { Parties } from "./reading.ts";

/** What another service provider must know to stand where the connector stands. */
export async function partiesOf(target: Target): Promise<Parties> {
  const world = target.world();
  const { entityId: audience, consumer } = world.names;
  const [ownCertificate = ""] = await publishedCertificates(world, "encryption");
  const file = readFileSync(join(world.folder, "service-provider.pem"), "utf8");
  const ownKey = /-----BEGIN PRIVATE KEY-----[\s\S]*?-----END PRIVATE KEY-----/.exec(file)?.[0] ?? "";
  return { issuer: idpEntityId, certificate: idpKey.certificate, audience, consumer, ownKey, ownCertificate };
}
