/** Everything that can be weak about the mail of this installation, looked at once. Nothing is sent, nothing is written. @clause DC */
import { createPrivateKey, type KeyObject } from "node:crypto";
import type { Ports } from "@preau/kernel";
import { checkBrevo, checkRetention } from "./check-brevo.ts";
import { checkMailAgreement } from "./check-mail-agreement.ts";
import { checkReach } from "./check-reach.ts";
import { checkSenderDns, type DnsResolver } from "./check-sender-dns.ts";
import { asItStands, type MailFinding } from "./mail-finding.ts";
import { transportNameOf } from "./open-transport.ts";
import type { MailerOptions } from "./options.ts";
import { PUBLISHER } from "./publishers-own.ts";
import { readSecret } from "./read-secret.ts";
import { countMessages } from "./store/messages.ts";
import { countSuppressed } from "./store/suppressed.ts";

export async function mailDoctor(
  ports: Pick<Ports, "agreements" | "clock" | "unitOfWork">,
  options: MailerOptions,
  dns: DnsResolver,
): Promise<readonly MailFinding[]> {
  const transport = transportNameOf(options);
  const agreement = ports.agreements.of(PUBLISHER);
  const { recipient } = options;
  const isOutside = transport === "smtp" || transport === "brevo";
  return [
    leaves(transport, options),
    ...(transport === "smtp" ? [await checkReach(options)] : []),
    ...(isOutside ? await dnsOf(dns, transport, options) : []),
    ...(transport === "brevo" ? await checkBrevo(options) : []),
    ...(transport === "brevo" ? [checkRetention(options, agreement, ports.clock.now())] : []),
    ...checkMailAgreement(agreement, { recipient, transport }),
    ...(await standing(ports)),
  ];
}

function leaves(
  transport: ReturnType<typeof transportNameOf>,
  { demonstration, sandbox }: MailerOptions,
): MailFinding {
  const check = "mail.leaves";
  if (transport === "brevo" && sandbox)
    return {
      ...{ check, result: "WARN" },
      evidence: {
        en: "Brevo takes messages and drops them (sandbox)",
        fr: "Brevo prend les messages et les jette (sandbox)",
      },
      remedy: { en: "Take plugins.mailer.sandbox away.", fr: "Retirez plugins.mailer.sandbox." },
    };
  if (transport === "smtp" || transport === "brevo")
    return { check, result: "PASS", evidence: asItStands(transport) };
  return {
    ...{ check, result: demonstration ? "PASS" : "WARN" },
    evidence: { en: `nothing leaves (${transport})`, fr: `rien ne part (${transport})` },
    remedy: {
      en: "Name a mail server or a key of Brevo's API under plugins.mailer in preau.yaml.",
      fr: "Indiquez un serveur de courriel ou une clé de l’API de Brevo sous plugins.mailer dans preau.yaml.",
    },
  };
}

async function dnsOf(
  dns: DnsResolver,
  transport: "smtp" | "brevo",
  { dkim, from, returnTo = from }: MailerOptions,
): Promise<readonly MailFinding[]> {
  const domain = domainOf(from);
  if (!domain.includes("."))
    return [
      {
        ...{ check: "mail.from", result: "FAIL" },
        evidence: asItStands(from),
        remedy: {
          en: "Set plugins.mailer.from to a mailbox of a domain of yours.",
          fr: "Mettez dans plugins.mailer.from une boîte d’un domaine à vous.",
        },
      },
    ];
  const key = dkim === undefined ? undefined : await keyIn(dkim.keyFile);
  return checkSenderDns(dns, {
    ...{ domain, transport, returns: domainOf(returnTo) },
    ...(dkim === undefined ? {} : { dkim: { ...dkim, ...(key === undefined ? {} : { key }) } }),
  });
}

/** Undefined where it cannot be read: sending says so, aloud. */
async function keyIn(file: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readSecret(file, "dkim.keyFile"));
  } catch {
    return undefined;
  }
}

function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf("@") + 1).toLowerCase();
}

async function standing({
  clock,
  unitOfWork,
}: Pick<Ports, "clock" | "unitOfWork">): Promise<readonly MailFinding[]> {
  const { counts, listed } = await unitOfWork.transaction(async (unit) => ({
    counts: await countMessages(unit, "all"),
    listed: await countSuppressed(unit, clock.now()),
  }));
  const of = (state: string) =>
    counts.filter((each) => each.state === state).reduce((sum, each) => sum + each.messages, 0);
  const [bounced, dead, waiting] = [of("bounced"), of("dead"), of("queued")];
  return [
    {
      ...{ check: "mail.arrived", result: bounced + dead === 0 ? "PASS" : "WARN" },
      evidence: {
        en: `${waiting} waiting, ${bounced} came back, ${dead} given up`,
        fr: `${waiting} en attente, ${bounced} revenus, ${dead} abandonnés`,
      },
      remedy: {
        en: "See `preau mail list --state bounced` and `--state dead`.",
        fr: "Voyez `preau mail list --state bounced` et `--state dead`.",
      },
    },
    {
      ...{ check: "mail.suppressed", result: "PASS" },
      evidence: {
        en: `${listed} entries on the list of addresses not written to`,
        fr: `${listed} entrées sur la liste des adresses auxquelles on n’écrit plus`,
      },
    },
  ];
}
