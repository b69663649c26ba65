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
import { countByTransport, countMessages } from "./store/messages.ts";
import { countSuppressed } from "./store/suppressed.ts";

export async function mailDoctor(
  ports: Pick<Ports, "agreements" | "clock" | "unitOfWork">,
  options: MailerOptions,
  dns: DnsResolver,
): Promise<readonly MailFinding[]> {
  const transport = transportNameOf(options);
  const agreement = ports.agreements.of(PUBLISHER);
  const { recipient } = options;
  const carriedBefore = transport === "brevo" ? 0 : await carriedByBrevo(ports);
  const isOutside = transport === "smtp" || transport === "brevo";
  return [
    leaves(transport, options),
    ...(transport === "smtp" ? [await checkReach(options)] : []),
    ...(isOutside ? await dnsOf(dns, transport, options) : []),
    ...(transport === "brevo" ? await checkBrevo(options, ports.clock) : []),
    ...(transport === "brevo" ? [checkRetention(options, agreement, ports.clock.now())] : []),
    ...(transport === "smtp" ? [serverLog] : []),
    ...(carriedBefore === 0 ? [] : [accountBefore(carriedBefore)]),
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
  { dkim, from, host, returnTo = from }: MailerOptions,
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
    ...(host === undefined ? {} : { host: host.toLowerCase() }),
    ...(dkim === undefined ? {} : { dkim: { ...dkim, ...(key === undefined ? {} : { key }) } }),
  });
}

/** No erasure asks a server of mail what it keeps of those to whom it carried something. */
const serverLog: MailFinding = {
  ...{ check: "smtp.log", result: "WARN" },
  evidence: {
    en: "what the mail server keeps of addressees is not reached by an erasure",
    fr: "ce que le serveur de courriel garde des destinataires n’est pas atteint par un effacement",
  },
  remedy: {
    en: "Have its log end within the agreement's period for logs (DD.8), and name whoever runs it in annex C.",
    fr: "Faites expirer son journal dans le délai de conservation des journaux (DD.8) et nommez son exploitant à l’annexe C.",
  },
};

async function carriedByBrevo({ unitOfWork }: Pick<Ports, "unitOfWork">): Promise<number> {
  return unitOfWork.transaction((unit) => countByTransport(unit, "brevo"));
}

/** An account that carried before keeps what it has, whatever carries now. */
function accountBefore(messages: number): MailFinding {
  return {
    ...{ check: "brevo.before", result: "WARN" },
    evidence: {
      en: `Brevo carried ${messages} of the messages that stand in the log, and is asked for nothing any more`,
      fr: `Brevo a acheminé ${messages} des messages du registre et n’est plus interrogé`,
    },
    remedy: {
      en: "Delete its log and its contacts there, or close the account: until then receipts name them as not covered.",
      fr: "Supprimez-y journal et contacts, ou fermez le compte : d’ici là, les preuves d’effacement les disent non couverts.",
    },
  };
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
