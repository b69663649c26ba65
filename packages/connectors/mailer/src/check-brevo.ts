/** What the account at Brevo must be set to: web hooks that reach us and say no more than they must; and what its API does not tell. */
import type { Agreement } from "@preau/agreement";
import { type Clock, type Instant, isFault, millisOf } from "@preau/kernel";
import { brevoAccount, type ProviderHook } from "./brevo-account.ts";
import { bearsSecret, hookSecrets } from "./hook-secret.ts";
import { BREVO_HOOK } from "./http/hook-path.ts";
import { asItStands, type MailFinding } from "./mail-finding.ts";
import type { MailerOptions } from "./options.ts";

/** Words of Brevo's settings for what we want to hear. */
const WANTED = ["hardBounce", "softBounce", "blocked", "spam", "invalid", "unsubscribed"];
/** Who opened what, and when, is nobody's business here. */
const UNWANTED = ["opened", "uniqueOpened", "click", "proxyOpen", "uniqueProxyOpen"];
const DAY = 86_400_000;
/** Days for which a person's word about a setting counts. */
const ATTESTED_DAYS = 183;

export async function checkBrevo(
  options: MailerOptions,
  clock: Pick<Clock, "now">,
): Promise<readonly MailFinding[]> {
  const secrets = await hookSecrets(options);
  const secret = checkSecret(secrets);
  let hooks: readonly ProviderHook[];
  try {
    hooks = await brevoAccount(options, clock).hooks();
  } catch (error) {
    if (!isFault(error)) throw error;
    const place = error.place ?? error.code;
    const evidence = asItStands(`${new URL(options.apiUrl).host}: ${place}`);
    const remedy = {
      en: "Check the key, and that this machine's address is among those that the account authorises.",
      fr: "Vérifiez la clé, et que l’adresse de cette machine est autorisée dans le compte.",
    };
    const unread = { en: "the account was not read", fr: "le compte n’a pas été lu" };
    return [
      { check: "brevo.api", result: "FAIL", evidence, remedy },
      secret,
      { check: "brevo.hook", result: "UNKNOWN", evidence: unread, remedy },
    ];
  }
  const host = new URL(options.apiUrl).host;
  return [
    { check: "brevo.api", result: "PASS", evidence: asItStands(host) },
    secret,
    judgeHooks(hooks, options, secrets === "unreadable" ? [] : secrets),
  ];
}

function checkSecret(secrets: readonly string[] | "unreadable"): MailFinding {
  const check = "hook.secret";
  if (secrets === "unreadable")
    return {
      ...{ check, result: "FAIL" },
      evidence: {
        en: "set, and not to be used: every web hook is put off",
        fr: "indiqué mais inutilisable : tout appel est remis à plus tard",
      },
      remedy: {
        en: "Put the file of hookSecretFile in place: mode 0600, 24 characters or more on its first line.",
        fr: "Remettez en place le fichier de hookSecretFile : mode 0600, 24 caractères au moins en première ligne.",
      },
    };
  if (secrets.length === 0)
    return {
      ...{ check, result: "FAIL" },
      evidence: { en: "none: every web hook is refused", fr: "aucun : tout appel est refusé" },
      remedy: {
        en: "Write 32 random characters into a file of mode 0600 and name it in plugins.mailer.hookSecretFile.",
        fr: "Écrivez 32 caractères au hasard dans un fichier en mode 0600 et indiquez-le dans plugins.mailer.hookSecretFile.",
      },
    };
  if (secrets.length === 1) return { check, result: "PASS", evidence: { en: "one", fr: "un" } };
  return {
    ...{ check, result: "WARN" },
    evidence: { en: "two: one is being replaced", fr: "deux : l’un est en cours de remplacement" },
    remedy: {
      en: "Take the second line away once Brevo has the first.",
      fr: "Retirez la deuxième ligne dès que Brevo a la première.",
    },
  };
}

function judgeHooks(
  hooks: readonly ProviderHook[],
  { publicUrl }: MailerOptions,
  secrets: readonly string[],
): MailFinding {
  const check = "brevo.hook";
  const url = `${publicUrl}${BREVO_HOOK}`;
  const events = WANTED.join(", ");
  if (!publicUrl.startsWith("https:"))
    return {
      ...{ check, result: "FAIL" },
      evidence: { en: `Brevo cannot reach ${url}`, fr: `Brevo ne peut pas atteindre ${url}` },
      remedy: {
        en: "Set publicUrl to the https address of the hub.",
        fr: "Mettez dans publicUrl l’adresse https du hub.",
      },
    };
  const ours = hooks.filter((each) => each.url.split("?", 1)[0] === url);
  const [hook] = ours;
  if (hook === undefined)
    return {
      ...{ check, result: "FAIL" },
      evidence: {
        en: `none of ${hooks.length} leads to ${url}`,
        fr: `aucun des ${hooks.length} ne mène à ${url}`,
      },
      remedy: {
        en: `Make a transactional web hook in Brevo: ${url}, events ${events}, bearer token as in hookSecretFile.`,
        fr: `Créez dans Brevo un webhook transactionnel : ${url}, évènements ${events}, jeton porteur de hookSecretFile.`,
      },
    };
  const heard = new Set(ours.flatMap((each) => each.events));
  const missing = WANTED.filter((word) => !heard.has(word));
  const evidence = asItStands(`${url}: ${[...heard].join(", ")}`);
  if (missing.length > 0)
    return {
      ...{ check, result: "FAIL", evidence },
      remedy: {
        en: `Add to its events: ${missing.join(", ")}.`,
        fr: `Ajoutez à ses évènements : ${missing.join(", ")}.`,
      },
    };
  const bearing = judgeBearing(ours, secrets);
  if (bearing !== undefined) return { check, evidence, ...bearing };
  if (ours.some(({ batched }) => batched))
    return {
      ...{ check, result: "WARN", evidence },
      remedy: {
        en: "Switch batched off: one call that is lost takes up to thousands of events with it.",
        fr: "Désactivez batched : un appel perdu emporte des milliers d’évènements.",
      },
    };
  const told = UNWANTED.filter((word) => heard.has(word));
  if (told.length === 0) return { check, result: "PASS", evidence };
  return {
    ...{ check, result: "WARN", evidence },
    remedy: {
      en: `Take ${told.join(", ")} away: who reads what, and when, is told to nobody.`,
      fr: `Retirez ${told.join(", ")} : qui lit quoi, et quand, n’est dit à personne.`,
    },
  };
}

/** What of the way in which they show who calls is not well, or not to be read; undefined where each bears our secret. */
function judgeBearing(
  hooks: readonly ProviderHook[],
  secrets: readonly string[],
): Omit<MailFinding, "check" | "evidence"> | undefined {
  const bearings = hooks.map((each) => bearingOf(each, secrets));
  if (bearings.includes("none"))
    return {
      result: "FAIL",
      remedy: {
        en: "Give it the bearer token: without it every call is refused.",
        fr: "Donnez-lui le jeton porteur : sans lui, tout appel est refusé.",
      },
    };
  if (bearings.includes("other"))
    return {
      result: "FAIL",
      remedy: {
        en: "It bears another secret than ours, and every call is refused: give it the first line of hookSecretFile as its bearer token.",
        fr: "Il porte un autre secret que le nôtre, et tout appel est refusé : donnez-lui la première ligne de hookSecretFile comme jeton porteur.",
      },
    };
  if (bearings.includes("address"))
    return {
      result: "WARN",
      remedy: {
        en: "Give it a bearer token: a key in an address ends in logs.",
        fr: "Donnez-lui un jeton porteur : une clé dans une adresse finit dans des journaux.",
      },
    };
  if (bearings.includes("hidden"))
    return {
      result: "UNKNOWN",
      remedy: {
        en: "Brevo does not show its token: see that a first event is answered 200 (its log of web hooks).",
        fr: "Brevo ne montre pas son jeton : vérifiez qu’un premier évènement reçoit 200 (journal des webhooks).",
      },
    };
  return undefined;
}

/** The header goes before the address, as it does where they arrive. */
function bearingOf(
  { token, url }: ProviderHook,
  secrets: readonly string[],
): "ours" | "address" | "hidden" | "other" | "none" {
  if (token !== undefined) {
    if (bearsSecret(token, secrets)) return "ours";
    return token === "" || MASKED.test(token) ? "hidden" : "other";
  }
  const key = new URL(url).searchParams.get("key");
  if (key === null) return "none";
  return bearsSecret(key, secrets) ? "address" : "other";
}

/** A token of which a part is shown at most. */
const MASKED = /[*•…]|\.{3}|^x+/i;

/** Its log and its previews are kept without limit unless somebody sets otherwise, and no call of the API tells. @clause DD.8 */
export function checkRetention(
  { attested }: Pick<MailerOptions, "attested">,
  agreement: Agreement,
  now: Instant,
): MailFinding {
  const check = "brevo.retention";
  const look = {
    en: "Look in Brevo under Transactional, Settings, Retention rules, and write it into plugins.mailer.attested (on, by, logMonths, previews).",
    fr: "Regardez dans Brevo, Transactionnel, Paramètres, Règles de conservation, et portez-le dans plugins.mailer.attested (on, by, logMonths, previews).",
  };
  if (attested === undefined)
    return {
      check,
      result: "UNKNOWN",
      evidence: { en: "nobody has said", fr: "personne ne l’a dit" },
      remedy: look,
    };
  const { on, logMonths, previews } = attested;
  const evidence = {
    en: `read on ${on}: log ${logMonths} months, previews ${previews}`,
    fr: `lu le ${on} : journal ${logMonths} mois, aperçus ${previews}`,
  };
  if (previews === "on")
    return {
      ...{ check, result: "FAIL", evidence },
      remedy: {
        en: "Switch previews off there: they keep what was written.",
        fr: "Coupez-y les aperçus : ils gardent ce qui a été écrit.",
      },
    };
  const most = agreement.periods.find(({ id }) => id === "keepLogs")?.duration;
  if (most?.unit === "months" && logMonths > most.amount)
    return {
      ...{ check, result: "FAIL", evidence },
      remedy: {
        en: `Set it to ${most.amount} months (DD.8).`,
        fr: `Réglez-la à ${most.amount} mois (DD.8).`,
      },
    };
  const age = millisOf(now) - Date.parse(on);
  if (age > ATTESTED_DAYS * DAY || age < -DAY) return { check, result: "UNKNOWN", evidence, remedy: look };
  return { check, result: "PASS", evidence };
}
