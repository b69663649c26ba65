/** Whether the desk answers to our key, tells the same time, and what the agreement says of it. Nobody is asked about. @clause DC, D12.2 */
import { documentedHours, type Subprocessor } from "@preau/agreement";
import { type Instant, isFault, millisOf } from "@preau/kernel";
import type { SupportBridgeOptions } from "./options.ts";
import type { DeskClient } from "./sources/source.ts";
import type { SupportFinding } from "./support-finding.ts";

const PATIENCE_MS = 10_000;
/** Half of what is left to a hook by default is far too much already. */
const WARN_SECONDS = 30;

export async function checkReach(client: Pick<DeskClient, "reach"> | undefined): Promise<SupportFinding> {
  const check = "desk.reach";
  if (client === undefined)
    return {
      ...{ check, result: "WARN" },
      evidence: { en: "nothing can be told to the desk", fr: "rien ne peut être dit au service" },
      remedy: {
        en: "Answers and erasures are by hand: set plugins.support-bridge.identifier and keyFile (Crisp) or api and keyFile (standard).",
        fr: "Réponses et effacements se font à la main\u202f: indiquez plugins.support-bridge.identifier et keyFile (Crisp), ou api et keyFile (standard).",
      },
    };
  try {
    await client.reach(AbortSignal.timeout(PATIENCE_MS));
    return { check, result: "PASS", evidence: { en: "answers to our key", fr: "répond à notre clé" } };
  } catch (error) {
    const { code, place } = isFault(error)
      ? { code: error.code, place: error.detail.place ?? "" }
      : { code: "UNKNOWN", place: "no answer" };
    const evidence = { en: `${code} ${place}`.trim(), fr: `${code} ${place}`.trim() };
    if (place === "HTTP 405" || place === "HTTP 501")
      return {
        ...{ check, result: "WARN", evidence },
        remedy: {
          en: "It answers no questions: whether it erased, somebody must look there.",
          fr: "Il ne répond à aucune question\u202f: quelqu’un doit y vérifier les effacements.",
        },
      };
    return {
      ...{ check, result: "FAIL", evidence },
      remedy: {
        en: "Check plugins.support-bridge.api, website, identifier and keyFile, and the key's rights at the desk.",
        fr: "Vérifiez plugins.support-bridge.api, website, identifier et keyFile, et les droits de la clé auprès du service.",
      },
    };
  }
}

/** By the desk's own clock: a hook is fresh for seconds. */
export async function checkClock(
  api: string,
  { now, freshSeconds }: { readonly now: () => Instant } & Pick<SupportBridgeOptions, "freshSeconds">,
): Promise<SupportFinding> {
  const check = "desk.clock";
  const unknown = (en: string, fr: string): SupportFinding => ({
    ...{ check, result: "UNKNOWN", evidence: { en, fr } },
    remedy: {
      en: "Compare this machine's clock with a time server's.",
      fr: "Comparez l’horloge de cette machine avec celle d’un serveur de temps.",
    },
  });
  try {
    const answer = await fetch(api, {
      ...{ method: "HEAD", redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) },
    });
    const told = Date.parse(answer.headers.get("date") ?? "");
    if (Number.isNaN(told)) return unknown("the desk tells no time", "le service ne donne pas l’heure");
    const apart = Math.round(Math.abs(millisOf(now()) - told) / 1_000);
    const evidence = { en: `${apart} s from the desk's clock`, fr: `à ${apart} s de l’horloge du service` };
    if (apart <= WARN_SECONDS) return { check, result: "PASS", evidence };
    return {
      ...{ check, result: apart > freshSeconds ? "FAIL" : "WARN", evidence },
      remedy: {
        en: "Set this machine's clock: hooks that are not fresh are refused.",
        fr: "Réglez l’horloge de cette machine\u202f: les notifications trop anciennes sont refusées.",
      },
    };
  } catch {
    return unknown("the desk does not answer", "le service ne répond pas");
  }
}

export function checkDeskAgreement(
  row: Subprocessor | undefined,
  { recipient }: Pick<SupportBridgeOptions, "recipient">,
): readonly SupportFinding[] {
  if (row === undefined)
    return [
      {
        ...{ check: "agreement.desk", result: "FAIL" },
        evidence: {
          en: `annex C names no recipient ${recipient}`,
          fr: `l’annexe C ne nomme pas de destinataire ${recipient}`,
        },
        remedy: {
          en: "Nobody is offered the desk: correct plugins.support-bridge.recipient, or announce the subprocessor.",
          fr: "Le service n’est proposé à personne\u202f: corrigez plugins.support-bridge.recipient, ou annoncez le sous-traitant.",
        },
      },
    ];
  const isOutside = row.origins === "outsideGarOnly";
  const hours = documentedHours(row);
  return [
    {
      ...{ check: "agreement.desk", result: isOutside ? "PASS" : "WARN" },
      evidence: { en: `${row.name}: ${row.origins}`, fr: `${row.name}\u202f: ${row.origins}` },
      ...(isOutside
        ? {}
        : {
            remedy: {
              en: "The desk is offered to people of the GAR; the bridge's own answers still go to nobody of it.",
              fr: "Le service est proposé aux personnes du GAR\u202f; la passerelle, elle, ne répond là à aucune d’elles.",
            },
          }),
    },
    {
      ...{ check: "agreement.deletionDelay", result: hours === "unknown" ? "UNKNOWN" : "PASS" },
      evidence: {
        en: hours === "unknown" ? "annex C says no hours" : `${hours} h`,
        fr: hours === "unknown" ? "l’annexe C ne dit pas d’heures" : `${hours} h`,
      },
      ...(hours === "unknown"
        ? {
            remedy: {
              en: "Ask the desk in writing within what time it erases, and write it into deletionDelay: receipts say UNKNOWN until then.",
              fr: "Demandez par écrit au service en combien de temps il efface, et portez-le dans deletionDelay\u202f: d’ici là, les reçus disent UNKNOWN.",
            },
          }
        : {}),
    },
  ];
}
