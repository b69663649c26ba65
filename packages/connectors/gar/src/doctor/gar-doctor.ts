/**
 * `preau gar doctor`: what would refuse a school's sign-ins tomorrow, looked at today. Each look is made for itself, so that one
 * provider's silence hides nothing of another; what could not be measured is said to be unknown.
 */
import { X509Certificate } from "node:crypto";
import {
  type Bilingual,
  type Clock,
  isFault,
  type Journal,
  type Log,
  type PreauError,
  type UnitOfWork,
} from "@preau/kernel";
import { type ConfiguredProvider, configuredProviders } from "../configured-providers.ts";
import { issuerSource } from "../oidc/issuer-source.ts";
import type { GarOptions } from "../options.ts";
import { addressOf } from "../provider.ts";
import { certificateReport, type ReportedCertificate } from "../saml/certificate-report.ts";
import { identityProviderSource } from "../saml/identity-provider-source.ts";
import { serviceProviderNames } from "../saml/saml-service.ts";
import { clockSkew } from "./clock-skew.ts";
import type { GarFinding } from "./finding.ts";
import { driftFindings, type Facts, readSnapshot, type Snapshot, writeSnapshot } from "./metadata-drift.ts";
import { attributeFindings, countAttributes } from "./received-attributes.ts";

export interface GarDoctorPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly journal: Pick<Journal, "entries">;
  readonly unitOfWork: UnitOfWork;
}

export interface GarDoctorOptions {
  /** Where the last accepted look at metadata is kept. */
  readonly snapshotFile: string;
  /** Keep what is seen now as accepted. */
  readonly accept: boolean;
}

/** Sign-ins whose attributes are compared. */
const SIGN_INS = 500;
const WARN_DAYS = 30;

export async function garDoctor(
  ports: GarDoctorPorts,
  options: GarOptions,
  { snapshotFile, accept }: GarDoctorOptions,
): Promise<readonly GarFinding[]> {
  const seen: Record<string, Facts> = {};
  const silent: GarFinding[] = [];
  const clocks: GarFinding[] = [];
  for (const each of configuredProviders(options)) {
    const { id: about, clockSkewSeconds: allowedSeconds } = each.provider;
    Object.assign(seen, { [`${about} (ours)`]: ourFacts(each) });
    try {
      const { facts, url } = await theirFacts(ports, each);
      if (facts !== undefined) Object.assign(seen, { [about]: facts });
      clocks.push(await clockSkew({ about, url, clock: ports.clock, allowedSeconds }));
    } catch (error) {
      if (!isFault(error)) throw error;
      silent.push(failed("metadata", about, error));
    }
  }
  const before = await readSnapshot(snapshotFile);
  const { clock, log } = ports; // these alone: the hub's ports have one that nobody serves yet
  const certificates = await certificateReport({ clock, log }, options);
  addOwnKeys(seen, certificates.certificates);
  const drift = driftFindings(before, seen);
  // What did not answer keeps what was accepted of it.
  if (accept || before === undefined) await writeSnapshot(snapshotFile, { ...before, ...seen });
  else await writeSnapshot(snapshotFile, newOnes(before, seen));
  return [
    ...clocks,
    ...silent,
    ...drift,
    ...certificates.certificates.map(certificateFinding),
    ...certificates.failures
      .filter(({ error }) => error.code !== "GAR_METADATA_UNREADABLE") // said above
      .map(({ provider, error }) => failed("certificate", provider, error)),
    ...(await comparedAttributes(ports, options)),
  ];
}

/** What was accepted, with what was never seen before: a side, or a fact of one. */
function newOnes(before: Snapshot, seen: Snapshot): Snapshot {
  const merged = Object.entries(seen).map(([about, facts]) => {
    const ours = about.endsWith(" (ours)") && facts["keys"] !== undefined ? { keys: facts["keys"] } : {};
    return [about, before[about] === undefined ? facts : { ...ours, ...before[about] }] as const;
  });
  return { ...before, ...Object.fromEntries(merged) };
}

function ourFacts({ provider, ...protocol }: ConfiguredProvider): Facts {
  if ("saml" in protocol) {
    const { entityId, consumer, logout } = serviceProviderNames(provider, protocol.saml);
    return { entityId, consumer, logout };
  }
  const consumer = addressOf(provider, "oidc" in protocol ? "callback" : "login");
  const client = "oidc" in protocol ? { clientId: protocol.oidc.clientId } : {};
  return { consumer, logout: addressOf(provider, "logout"), ...client };
}

function addOwnKeys(seen: Record<string, Facts>, certificates: readonly ReportedCertificate[]): void {
  for (const { provider, whose, fingerprint } of certificates) {
    const facts = seen[`${provider} (ours)`];
    if (whose !== "ours" || facts === undefined) continue;
    const keys = [...(facts["keys"]?.split(" ") ?? []), fingerprint].sort().join(" ");
    Object.assign(seen, { [`${provider} (ours)`]: { ...facts, keys } });
  }
}

interface TheirFacts {
  /** Undefined where a protocol publishes none (CAS). */
  readonly facts: Facts | undefined;
  /** An address of its server. */
  readonly url: string;
}

/** @throws GAR_METADATA_UNREADABLE, GAR_ISSUER_UNREADABLE */
async function theirFacts({ clock, log }: GarDoctorPorts, each: ConfiguredProvider): Promise<TheirFacts> {
  const { id: provider } = each.provider;
  if ("saml" in each) {
    const { idpMetadata: location, idpEntityId } = each.saml;
    const source = identityProviderSource({ location, entityId: idpEntityId, provider, clock, log });
    const { entityId, signOnUrl, logout, certificates } = await source.current();
    const { post, redirect } = logout;
    return {
      url: signOnUrl,
      facts: {
        entityId,
        signOnUrl,
        ...(post === undefined ? {} : { logoutByPost: `${post.requests} ${post.answers}` }),
        ...(redirect === undefined ? {} : { logoutByRedirect: `${redirect.requests} ${redirect.answers}` }),
        keys: certificates
          .map((pem) => new X509Certificate(pem).fingerprint256)
          .sort()
          .join(" "),
      },
    };
  }
  if ("cas" in each) return { url: each.cas.server, facts: undefined };
  const { issuer, clientId } = each.oidc;
  const metadata = await issuerSource({ issuer, clientId, clock, log }).metadata();
  const names = [
    "authorization_endpoint",
    "token_endpoint",
    "userinfo_endpoint",
    "end_session_endpoint",
    "jwks_uri",
  ];
  const addresses = names.flatMap((name) => {
    const address = (metadata as unknown as Record<string, unknown>)[name];
    return typeof address === "string" ? [[name, address] as const] : [];
  });
  return { url: issuer, facts: { issuer: metadata.issuer, ...Object.fromEntries(addresses) } };
}

function failed(check: GarFinding["check"], about: string, error: PreauError): GarFinding {
  const say = (language: "en" | "fr") => `${error.entry.says[language]} ${error.place ?? ""}`.trim();
  const remedy = { en: error.remedy("en") ?? "", fr: error.remedy("fr") ?? "" };
  return {
    check,
    about,
    result: "FAIL",
    evidence: { en: say("en"), fr: say("fr") },
    ...(remedy.en === "" ? {} : { remedy }),
  };
}

/** Metadata pin keys, so theirs stops nothing on the day that it ends; of ours, ministries look at the date. */
function certificateFinding(certificate: ReportedCertificate): GarFinding {
  const { provider, whose, uses, next, daysLeft, endsAt, fingerprint } = certificate;
  const day = endsAt.slice(0, 10);
  const short = fingerprint.slice(0, 8);
  const result = daysLeft >= WARN_DAYS ? "PASS" : daysLeft < 0 && whose === "ours" ? "FAIL" : "WARN";
  return {
    check: "certificate",
    about: provider,
    result,
    evidence: {
      en: `${whose}${next ? ", the next one" : ""} (${uses.join(" and ")}, ${short}…) ends on ${day}, in ${daysLeft} days`,
      fr: `${whose === "ours" ? "le nôtre" : "le sien"}${next ? ", le prochain" : ""} (${uses.map((use) => FRENCH_USES[use]).join(" et ")}, ${short}…) finit le ${day}, dans ${daysLeft} jours`,
    },
    remedy: whose === "ours" ? RENEW : EXPECT,
  };
}

const FRENCH_USES = { signing: "signature", encryption: "chiffrement" } as const;
const RENEW: Bilingual = {
  en: "Give `nextKeyFile` a new key, send our metadata to the GAR, and exchange the two files once it has read them.",
  fr: "Donnez une nouvelle clé à `nextKeyFile`, envoyez nos métadonnées au GAR, puis échangez les deux fichiers une fois lues.",
};
const EXPECT: Bilingual = {
  en: "Expect new metadata from the provider; both keys are accepted while it changes them.",
  fr: "Attendez de nouvelles métadonnées du fournisseur ; les deux clés sont acceptées pendant qu’il en change.",
};

const OF_GAR: ReadonlySet<unknown> = new Set(["gar.saml", "gar.oidc", "gar.cas"]);

/** Of the GAR alone: what was declared to the ministry. */
async function comparedAttributes(
  { journal, unitOfWork }: GarDoctorPorts,
  options: GarOptions,
): Promise<readonly GarFinding[]> {
  const controllers = new Set([options.controller, ...Object.values(options.controllersBySchool)]);
  const entries = await unitOfWork.transaction(async (unit) => {
    const found = [];
    for (const controller of controllers)
      found.push(...(await journal.entries(unit, { controller, type: "gar.signedIn", limit: SIGN_INS })));
    return found;
  });
  const ofGar = entries.filter(({ subject }) => OF_GAR.has(subject?.payload["provider"]));
  return attributeFindings(options.declared, countAttributes(ofGar), ofGar.length);
}
