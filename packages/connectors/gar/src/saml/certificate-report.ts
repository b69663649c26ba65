/**
 * The certificates that sign-ins over SAML stand on, ours and the providers', with the days that they have left: for
 * `preau gar doctor`. Metadata pin keys, so nothing stops on the day that one of theirs ends; but ministries and registries
 * look at ours, and a provider that changes keys does it about then. Nothing is made here that is not there.
 */
import { X509Certificate } from "node:crypto";
import { existsSync } from "node:fs";
import { type Clock, type Instant, isFault, type Log, millisOf, type PreauError } from "@preau/kernel";
import { configuredProviders } from "../configured-providers.ts";
import type { GarOptions, SamlOptions } from "../options.ts";
import { identityProviderSource } from "./identity-provider-source.ts";
import { signingKey } from "./signing-key.ts";

export interface ReportedCertificate {
  /** Id of the provider: `gar.saml`. */
  readonly provider: string;
  readonly whose: "ours" | "theirs";
  readonly uses: readonly ("signing" | "encryption")[];
  /** Ours that is to follow: published, not yet signing. */
  readonly next: boolean;
  /** Hexadecimal. */
  readonly serial: string;
  /** SHA-256, hexadecimal with colons. */
  readonly fingerprint: string;
  readonly endsAt: Instant;
  /** Whole days; negative once it has ended. */
  readonly daysLeft: number;
}

export interface CertificateReport {
  readonly certificates: readonly ReportedCertificate[];
  /** What could not be read, and why: GAR_METADATA_UNREADABLE, GAR_KEY_UNREADABLE. */
  readonly failures: readonly { readonly provider: string; readonly error: PreauError }[];
}

interface Ports {
  readonly clock: Clock;
  readonly log: Log;
}

/** Of every SAML provider that is configured. */
export async function certificateReport(ports: Ports, options: GarOptions): Promise<CertificateReport> {
  const certificates: ReportedCertificate[] = [];
  const failures: { provider: string; error: PreauError }[] = [];
  for (const each of configuredProviders(options)) {
    if (!("saml" in each)) continue;
    const { id: provider } = each.provider;
    for (const read of [readOurs, readTheirs]) {
      try {
        const found = await read(ports, provider, each.saml);
        certificates.push(...found.map((certificate) => reported(ports.clock, certificate)));
      } catch (error) {
        if (!isFault(error)) throw error;
        failures.push({ provider, error });
      }
    }
  }
  return { certificates, failures };
}

type Found = Pick<ReportedCertificate, "provider" | "whose" | "uses" | "next"> & { readonly pem: string };

async function readOurs({ clock }: Ports, provider: string, saml: SamlOptions): Promise<readonly Found[]> {
  const { keyFile, certificateFile, encryptionKeyFile, nextKeyFile } = saml;
  const own = encryptionKeyFile === undefined ? (["signing", "encryption"] as const) : (["signing"] as const);
  const files = [
    { keyFile, certificateFile, uses: own, next: false },
    { keyFile: encryptionKeyFile, certificateFile: undefined, uses: ["encryption"] as const, next: false },
    { keyFile: nextKeyFile, certificateFile: undefined, uses: own, next: true },
  ];
  const found: Found[] = [];
  for (const { keyFile: file, certificateFile: separate, uses, next } of files) {
    if (file === undefined || !existsSync(file)) continue;
    const read = await signingKey({ keyFile: file, certificateFile: separate, name: "", now: clock.now() });
    found.push({ provider, whose: "ours", uses, next, pem: read.certificate });
  }
  return found;
}

async function readTheirs(ports: Ports, provider: string, saml: SamlOptions): Promise<readonly Found[]> {
  const { idpMetadata: location, idpEntityId: entityId } = saml;
  const source = identityProviderSource({ ...ports, provider, location, entityId });
  const { certificates } = await source.current();
  return certificates.map((pem) => ({ provider, whose: "theirs", uses: ["signing"], next: false, pem }));
}

function reported(clock: Clock, { pem, ...found }: Found): ReportedCertificate {
  const { serialNumber, fingerprint256, validToDate } = new X509Certificate(pem);
  return {
    ...found,
    serial: serialNumber,
    fingerprint: fingerprint256,
    endsAt: validToDate.toISOString() as Instant,
    daysLeft: Math.floor((validToDate.getTime() - millisOf(clock.now())) / 86_400_000),
  };
}
