/** What the account at Brevo must be set to: web hooks that reach us and say no more than they must; and what its API does not tell. */
import type { Agreement } from "@preau/agreement";
import { type Instant, isFault, millisOf } from "@preau/kernel";
import { brevoAccount, type ProviderHook } from "./brevo-account.ts";
import { hookSecrets } from "./hook-secret.ts";
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

export async function checkBrevo(options: MailerOptions): Promise<readonly MailFinding[]> {
  const secret = await checkSecret(options);
  let hooks: readonly ProviderHook[];
  try {
    hooks = await brevoAccount(options).hooks();
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
    judgeHooks(hooks, options),
  ];
}

async function checkSecret(options: MailerOptions): Promise<MailFinding> {
  const check = "hook.secret";
  const secrets = (await hookSecrets(options)).length;
  if (secrets === 0)
    return {
      ...{ check, result: "FAIL" },
      evidence: { en: "none: every web hook is refused", fr: "aucun : tout appel est refusé" },
      remedy: {
        en: "Write 32 random characters into a file of mode 0600 and name it in plugins.mailer.hookSecretFile.",
        fr: "Écrivez 32 caractères au hasard dans un fichier en mode 0600 et indiquez-le dans plugins.mailer.hookSecretFile.",
      },
    };
  if (secrets === 1) return { check, result: "PASS", evidence: { en: "one", fr: "un" } };
  return {
    ...{ check, result: "WARN" },
    evidence: { en: "two: one is being replaced", fr: "deux : l’un est en cours de remplacement" },
    remedy: {
      en: "Take the second line away once Brevo has the first.",
      fr: "Retirez la deuxième ligne dès que Brevo a la première.",
    },
  };
}

function judgeHooks(hooks: readonly ProviderHook[], { publicUrl }: MailerOptions): MailFinding {
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
  if (ours.some((each) => !each.isSecured && !each.url.includes("?")))
    return {
      ...{ check, result: "FAIL", evidence },
      remedy: {
        en: "Give it the bearer token: without it every call is refused.",
        fr: "Donnez-lui le jeton porteur : sans lui, tout appel est refusé.",
      },
    };
  if (ours.some((each) => !each.isSecured))
    return {
      ...{ check, result: "WARN", evidence },
      remedy: {
        en: "Give it a bearer token: a key in an address ends in logs.",
        fr: "Donnez-lui un jeton porteur : une clé dans une adresse finit dans des journaux.",
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
