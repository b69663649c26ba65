/** Why the gate keeps a subprocessor shut for a controller, and what opens it. @clause D8.1, D8.2, D8.3, D9.2, D9.3 */
import { dayIn, sayDay } from "@preau/calendar";
import type { Bilingual, CheckAnswer } from "@preau/kernel";
import type { Baseline } from "./baseline.ts";
import type { Change } from "./change.ts";
import type { Standing } from "./standing.ts";
import type { Finding } from "./subprocessor.ts";

type Refused = Extract<CheckAnswer, { allowed: false }>;

/** What is missing on file: a transfer without its mechanism. @clause D9.1, D9.2 */
export function refuseFinding({ code, clause, remedy }: Finding): Refused {
  return { allowed: false, clause, reason: code, remedy };
}

/** Nothing that was signed covers it, and nothing was announced that would. @clause D8.1, D8.2 */
export function refuseBaseline(baseline: Baseline): Refused {
  if (baseline.is === "unknown") return refuse("D8.1", "ANNEX_UNKNOWN", ANNEX_UNKNOWN);
  if (baseline.is === "noContract") return refuse("D8.1", "NO_CONTRACT", NO_CONTRACT);
  return refuse("D8.2", "NOT_ANNOUNCED", NOT_ANNOUNCED);
}

/** A change would cover it, and is not open for this controller. @clause D8.2, D8.3, D9.3 */
export function refuseStanding(standing: Standing, { kind }: Pick<Change, "kind">): Refused {
  const objecting = kind === "transfer" ? "D9.3" : "D8.3";
  switch (standing.is) {
    case "WINDOW_OPEN": {
      const { window, opensAt } = standing.window;
      return refuse(window.clause, "WINDOW_OPEN", opensOn(window.place.zone, opensAt));
    }
    case "NOT_RECEIVED":
      return refuse(objecting, "NOT_RECEIVED", NOT_RECEIVED);
    case "OBJECTED":
      return refuse(objecting, "OBJECTED", OBJECTED);
    case "NO_WINDOW":
      return refuse(objecting, "NO_WINDOW", NO_WINDOW);
    case "WITHDRAWN":
      return refuse("D8.2", "WITHDRAWN", WITHDRAWN);
    default:
      return refuse("D8.2", "NOT_ANNOUNCED", NOT_ANNOUNCED);
  }
}

/** The day on which it opens, in the controller's zone, unless it objects. */
function opensOn(zone: string, opensAt: Parameters<typeof dayIn>[1]): Bilingual {
  const day = dayIn(zone, opensAt);
  return {
    en: `Wait: it opens for this controller on ${sayDay(day, "en")} at the earliest, unless it objects.`,
    fr: `Attendez\u202f: l’accès s’ouvre au plus tôt le ${sayDay(day, "fr")} pour ce responsable, sauf opposition.`,
  };
}

function refuse(clause: string, reason: string, remedy: Bilingual): Refused {
  return { allowed: false, clause, reason, remedy };
}

const ANNEX_UNKNOWN: Bilingual = {
  en: "The annex C that this controller signed was never seen here: have it remembered (preau subprocessors baseline).",
  fr: "L’annexe C que ce responsable a signée n’a jamais été vue ici\u202f: faites-la mémoriser (preau subprocessors baseline).",
};
const NO_CONTRACT: Bilingual = {
  en: "Open a contract: annex C is accepted with it.",
  fr: "Ouvrez un contrat\u202f: l’annexe C est acceptée avec lui.",
};
const NOT_ANNOUNCED: Bilingual = {
  en: "Announce the change to this controller: the annex C that it signed does not go this far.",
  fr: "Annoncez le changement à ce responsable\u202f: l’annexe C qu’il a signée ne va pas jusque-là.",
};
const NOT_RECEIVED: Bilingual = {
  en: "Obtain proof that this controller received the announcement: until then its time to object has not begun.",
  fr: "Obtenez la preuve que ce responsable a reçu l’annonce\u202f: jusque-là son délai d’opposition n’a pas commencé.",
};
const OBJECTED: Bilingual = {
  en: "This controller objected: keep to what it accepted, unless it withdraws the objection in writing.",
  fr: "Ce responsable s’est opposé\u202f: tenez-vous à ce qu’il a accepté, sauf s’il lève son opposition par écrit.",
};
const NO_WINDOW: Bilingual = {
  en: "Have the agreement say in what time a controller may object: without it nothing opens.",
  fr: "Faites dire à l’accord dans quel délai un responsable peut s’opposer\u202f: sans cela rien ne s’ouvre.",
};
const WITHDRAWN: Bilingual = {
  en: "The change was taken back: announce it again, or do without.",
  fr: "Le changement a été retiré\u202f: annoncez-le de nouveau, ou passez-vous-en.",
};
