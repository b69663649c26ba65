/**
 * What the world reads of the domain that our messages come from: who may send for it (SPF, RFC 7208), with which key they are
 * signed (DKIM, RFC 6376), what to do with others (DMARC, RFC 7489), and where answers go (MX).
 */
import { createPublicKey, type KeyObject } from "node:crypto";
import type { Bilingual } from "@preau/kernel";
import { asItStands, type MailFinding } from "./mail-finding.ts";

/** As `node:dns/promises` has it. */
export interface DnsResolver {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ readonly exchange: string }[]>;
}

export interface Sender {
  /** Domain of the From address. */
  readonly domain: string;
  /** Domain of the envelope, where returns go. */
  readonly returns: string;
  readonly transport: "smtp" | "brevo";
  /** The server of mail that we hand to. */
  readonly host?: string;
  /** Of our own signature. */
  readonly dkim?: { readonly domain: string; readonly selector: string; readonly key?: KeyObject };
}

/** Names under which Brevo's keys are found: two of today, one of before. */
const BREVO_SELECTORS = ["brevo1", "brevo2", "mail"];
const BREVO_INCLUDE = /^\+?include:spf\.(?:brevo|sendinblue)\.com\.?$/;
const SHOWN = 120;

export async function checkSenderDns(dns: DnsResolver, sender: Sender): Promise<readonly MailFinding[]> {
  return [
    await checkSpf(dns, sender),
    await checkDkim(dns, sender),
    await checkDmarc(dns, sender.domain),
    await checkMx(dns, sender.returns),
  ];
}

async function checkSpf(dns: DnsResolver, sender: Sender): Promise<MailFinding> {
  const { domain, returns, transport } = sender;
  const check = "dns.spf";
  // Brevo's envelope is its own: our record helps where a reader looks at the From domain alone.
  const name = transport === "brevo" ? domain : returns;
  const found = await textsAt(dns, name);
  if (found === undefined) return noAnswer(check, name);
  const records = found.filter((text) => /^v=spf1(?: |$)/i.test(text));
  const [record] = records;
  if (record === undefined) {
    const remedy = {
      en: `Publish a TXT record at ${name}: v=spf1 ${transport === "brevo" ? "include:spf.brevo.com" : "a:<your mail server>"} -all`,
      fr: `Publiez un enregistrement TXT à ${name} : v=spf1 ${transport === "brevo" ? "include:spf.brevo.com" : "a:<votre serveur>"} -all`,
    };
    const evidence = { en: `no SPF record at ${name}`, fr: `pas d’enregistrement SPF à ${name}` };
    return { check, result: transport === "brevo" ? "WARN" : "FAIL", evidence, remedy };
  }
  if (records.length > 1)
    return {
      ...{ check, result: "FAIL" },
      evidence: {
        en: `${records.length} SPF records at ${name}`,
        fr: `${records.length} enregistrements SPF à ${name}`,
      },
      remedy: {
        en: "Leave one: with two, every receiver reads none.",
        fr: "N’en gardez qu’un : avec deux, personne n’en lit aucun.",
      },
    };
  const evidence = asItStands(`${name}: ${record.slice(0, SHOWN)}`);
  const terms = record.toLowerCase().split(/ +/).slice(1);
  const isShut = terms.some((term) => /^[-~]all$/.test(term));
  // Whoever the record redirects to says who else may send: that is another record.
  const goesOn =
    !terms.some((term) => /^[+?~-]?all$/.test(term)) && terms.some((term) => /^redirect=/.test(term));
  if (!isShut && !goesOn)
    return {
      ...{ check, result: "WARN", evidence },
      remedy: {
        en: "End it with -all or ~all: as it stands, anybody may send.",
        fr: "Terminez-le par -all ou ~all : en l’état, n’importe qui peut envoyer.",
      },
    };
  if (transport === "brevo" && !terms.some((term) => BREVO_INCLUDE.test(term)))
    return {
      ...{ check, result: goesOn ? "UNKNOWN" : "WARN", evidence },
      remedy: { en: "Add include:spf.brevo.com to it.", fr: "Ajoutez-y include:spf.brevo.com." },
    };
  if (transport === "brevo" || namesHost(terms, sender)) return { check, result: "PASS", evidence };
  return {
    ...{ check, result: "UNKNOWN", evidence },
    remedy: {
      en: `See that it names the addresses from which ${sender.host ?? "the mail server"} sends: whoever an include stands for is not read here.`,
      fr: `Vérifiez qu’il nomme les adresses d’où ${sender.host ?? "le serveur"} envoie : ce que couvre un include n’est pas lu ici.`,
    },
  };
}

/** By its own name or address; what stands behind a name is not looked up. */
function namesHost(terms: readonly string[], { host, returns }: Sender): boolean {
  if (host === undefined) return false;
  const named = [`a:${host}`, `ip4:${host}`, `ip6:${host}`, ...(host === returns ? ["a"] : [])];
  return terms.some((term) => named.includes(term.replace(/^\+/, "")));
}

async function checkDkim(dns: DnsResolver, { domain, transport, dkim }: Sender): Promise<MailFinding> {
  const check = "dns.dkim";
  if (transport === "smtp" && dkim === undefined)
    return {
      ...{ check, result: "UNKNOWN" },
      evidence: {
        en: "signed by the mail server, if at all",
        fr: "signé par le serveur de courriel, s’il signe",
      },
      remedy: {
        en: "Name plugins.mailer.dkim, or look at the DKIM-Signature of a message that arrived.",
        fr: "Indiquez plugins.mailer.dkim, ou regardez la DKIM-Signature d’un message arrivé.",
      },
    };
  const names =
    dkim === undefined
      ? BREVO_SELECTORS.map((selector) => `${selector}._domainkey.${domain}`)
      : [`${dkim.selector}._domainkey.${dkim.domain}`];
  let answered = false;
  for (const name of names) {
    const found = await textsAt(dns, name);
    if (found === undefined) continue;
    answered = true;
    const key = found.find((text) => /(?:^|;)\s*p=/i.test(text));
    if (key === undefined) continue;
    return { check, ...judgeKey(name, key, dkim?.key) };
  }
  if (!answered) return noAnswer(check, names.join(", "));
  return {
    ...{ check, result: "FAIL" },
    evidence: { en: `no key at ${names.join(", ")}`, fr: `pas de clé à ${names.join(", ")}` },
    remedy:
      dkim === undefined
        ? {
            en: `Authenticate ${domain} in Brevo (Senders, domains) and publish the records that it shows.`,
            fr: `Authentifiez ${domain} dans Brevo (Expéditeurs, domaines) et publiez les enregistrements indiqués.`,
          }
        : { en: "Publish the public key there.", fr: "Publiez-y la clé publique." },
  };
}

function judgeKey(name: string, record: string, own: KeyObject | undefined): Omit<MailFinding, "check"> {
  const published = /(?:^|;)\s*p\s*=\s*([^;]*)/i.exec(record)?.[1]?.replaceAll(/\s/g, "") ?? "";
  if (published === "")
    return {
      result: "FAIL",
      evidence: { en: `the key at ${name} is revoked`, fr: `la clé à ${name} est révoquée` },
      remedy: {
        en: "Publish the key that signs, or sign with another.",
        fr: "Publiez la clé qui signe, ou signez avec une autre.",
      },
    };
  const theirs = publicKeyIn(published, tagIn(record, "k") ?? "rsa");
  if (theirs === undefined)
    return {
      result: "FAIL",
      evidence: {
        en: `what stands at ${name} is no key that can be read`,
        fr: `ce qui figure à ${name} n’est pas une clé lisible`,
      },
      remedy: {
        en: "Publish the public key whole, as whoever signs shows it.",
        fr: "Publiez la clé publique entière, telle que le signataire l’indique.",
      },
    };
  const bits = theirs.asymmetricKeyDetails?.modulusLength;
  if (own !== undefined && !samePublicKey(theirs, own))
    return {
      result: "FAIL",
      evidence: {
        en: `the key at ${name} is not the one that signs`,
        fr: `la clé à ${name} n’est pas celle qui signe`,
      },
      remedy: {
        en: "Publish the public half of plugins.mailer.dkim.keyFile.",
        fr: "Publiez la moitié publique de plugins.mailer.dkim.keyFile.",
      },
    };
  if (bits !== undefined && bits < 1_024)
    return {
      result: "FAIL",
      evidence: asItStands(`${name}: RSA ${bits}`),
      remedy: { en: "Sign with a key of 2048 bits.", fr: "Signez avec une clé de 2048 bits." },
    };
  return {
    result: "PASS",
    evidence: asItStands(`${name}: ${bits === undefined ? "Ed25519" : `RSA ${bits}`}`),
  };
}

/** RSA as RFC 6376 has it, Ed25519 as RFC 8463 does. */
function publicKeyIn(text: string, kind: string): KeyObject | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const der = Buffer.from(text, "base64");
  try {
    if (kind === "ed25519")
      return createPublicKey({
        key: { kty: "OKP", crv: "Ed25519", x: der.toString("base64url") },
        format: "jwk",
      });
    const key = createPublicKey({ key: der, format: "der", type: "spki" });
    return kind === "rsa" && key.asymmetricKeyType === "rsa" ? key : undefined;
  } catch {
    return undefined;
  }
}

function samePublicKey(one: KeyObject, other: KeyObject): boolean {
  return one.equals(
    other.type === "private" ? createPublicKey(other.export({ type: "pkcs8", format: "pem" })) : other,
  );
}

async function checkDmarc(dns: DnsResolver, domain: string): Promise<MailFinding> {
  const check = "dns.dmarc";
  for (const name of withParents(domain)) {
    const found = await textsAt(dns, `_dmarc.${name}`);
    if (found === undefined) return noAnswer(check, `_dmarc.${name}`);
    const records = found.filter((text) => /^v=DMARC1\s*(?:;|$)/i.test(text));
    const [record] = records;
    if (record === undefined) continue;
    const evidence = asItStands(`_dmarc.${name}: ${record.slice(0, SHOWN)}`);
    if (records.length > 1)
      return {
        check,
        result: "FAIL",
        evidence,
        remedy: {
          en: "Leave one record: with two, none counts.",
          fr: "N’en gardez qu’un : avec deux, aucun ne compte.",
        },
      };
    const policy = (name !== domain && tagIn(record, "sp")) || tagIn(record, "p");
    if (policy === "quarantine" || policy === "reject") return { check, evidence, ...judgeReach(record) };
    return {
      ...{ check, result: policy === "none" ? "WARN" : "FAIL", evidence },
      remedy: {
        en: "Set p=quarantine once reports show that our own messages pass.",
        fr: "Passez à p=quarantine dès que les rapports montrent que nos messages passent.",
      },
    };
  }
  return {
    ...{ check, result: "FAIL" },
    evidence: {
      en: `no DMARC record at _dmarc.${domain}`,
      fr: `pas d’enregistrement DMARC à _dmarc.${domain}`,
    },
    remedy: {
      en: `Publish a TXT record at _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:<a mailbox of yours>`,
      fr: `Publiez un TXT à _dmarc.${domain} : v=DMARC1; p=none; rua=mailto:<une boîte à vous>`,
    },
  };
}

/** Whether it is asked for every message: of all of them where it does not say. */
function judgeReach(record: string): Pick<MailFinding, "result" | "remedy"> {
  const pct = tagIn(record, "pct");
  if ((pct === undefined || pct === "100") && tagIn(record, "t") !== "y") return { result: "PASS" };
  return {
    result: "WARN",
    remedy: {
      en: "Take pct and t away once reports show that our own messages pass: as it stands, it is not asked for every message.",
      fr: "Retirez pct et t dès que les rapports montrent que nos messages passent : en l’état, elle ne vaut pas pour tout message.",
    },
  };
}

async function checkMx(dns: DnsResolver, domain: string): Promise<MailFinding> {
  const check = "dns.mx";
  const found = await answerOf(() => dns.resolveMx(domain));
  if (found === undefined) return noAnswer(check, domain);
  const hosts = found.map(({ exchange }) => exchange).filter((host) => host !== "" && host !== ".");
  if (hosts.length > 0)
    return { check, result: "PASS", evidence: asItStands(`${domain}: ${hosts.join(", ").slice(0, SHOWN)}`) };
  return {
    ...{ check, result: "WARN" },
    evidence: { en: `nobody takes mail for ${domain}`, fr: `personne ne reçoit de courriel pour ${domain}` },
    remedy: {
      en: "Answers and reports of return reach nobody: publish an MX record, or set plugins.mailer.returnTo.",
      fr: "Réponses et avis de retour ne parviennent à personne : publiez un MX, ou réglez plugins.mailer.returnTo.",
    },
  };
}

function tagIn(record: string, tag: string): string | undefined {
  return new RegExp(`(?:^|;)\\s*${tag}\\s*=\\s*([a-z0-9]+)`, "i").exec(record)?.[1]?.toLowerCase();
}

/** The domain, then those above it, down to two labels: the organisation's own is among them. */
function withParents(domain: string): readonly string[] {
  const labels = domain.split(".");
  return labels.slice(0, Math.max(labels.length - 1, 1)).map((_label, at) => labels.slice(at).join("."));
}

async function textsAt(dns: DnsResolver, name: string): Promise<readonly string[] | undefined> {
  const found = await answerOf(() => dns.resolveTxt(name));
  return found?.map((parts) => parts.join(""));
}

/** Empty where there is none; undefined where nobody answered. */
async function answerOf<T>(ask: () => Promise<T[]>): Promise<T[] | undefined> {
  try {
    return await ask();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return code === "ENOTFOUND" || code === "ENODATA" ? [] : undefined;
  }
}

function noAnswer(check: string, name: string): MailFinding {
  const evidence: Bilingual = { en: `no answer about ${name}`, fr: `pas de réponse au sujet de ${name}` };
  const remedy: Bilingual = {
    en: "Look again when the resolver answers.",
    fr: "Relancez quand le résolveur répond.",
  };
  return { check, result: "UNKNOWN", evidence, remedy };
}
