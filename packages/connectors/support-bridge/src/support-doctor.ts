/** Everything that can be weak about the support bridge of this installation, looked at once. Nothing is written. @clause DC */
import { PUBLISHER } from "@preau/contracts";
import { addHours, type ControllerId, type Instant } from "@preau/kernel";
import { checkClock, checkDeskAgreement, checkReach } from "./check-desk.ts";
import { checkHooks } from "./check-hooks.ts";
import { deskRow } from "./desk-row.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { countProposals, countStuck, lastHookAt } from "./store/doctor-counts.ts";
import { countKnown, type KnownCount } from "./store/known-words.ts";
import type { SupportFinding } from "./support-finding.ts";
import type { SupportPorts } from "./support-ports.ts";

/** Twice the time between two surveys. */
const SURVEY_HOURS = 48;
/** Controllers of whom each has a line. */
const MOST = 50;
const API = { crisp: "https://api.crisp.chat/v1", standard: undefined } as const;

export async function supportDoctor(
  ports: Pick<SupportPorts, "agreements" | "clock" | "contracts" | "support" | "unitOfWork">,
  options: SupportBridgeOptions,
): Promise<readonly SupportFinding[]> {
  const { agreements, clock, support } = ports;
  const now = clock.now();
  const read = await ports.unitOfWork.transaction(async (unit) => ({
    last: await lastHookAt(unit),
    stuck: await countStuck(unit),
    open: await countProposals(unit),
    late: await countProposals(unit, now),
    known: await countKnown(unit),
    controllers: (await ports.contracts.everything(unit, "all")).controllers.map(({ id }) => id),
  }));
  const { desk } = options;
  const api = desk === "none" ? undefined : (options.api ?? API[desk]);
  return [
    ...(desk === "none"
      ? [noDesk]
      : [
          ...checkHooks(options, { secrets: support.secrets(), now, ...(read.last && { last: read.last }) }),
          await checkReach(support.client),
          ...(api === undefined ? [] : [await checkClock(api, { now: () => clock.now(), ...options })]),
          ...checkDeskAgreement(deskRow(agreements, options), options),
        ]),
    ...knownOf(read, now),
    stuckOf(read.stuck),
    proposalsOf(read),
  ];
}

const noDesk: SupportFinding = {
  ...{ check: "desk.supplier", result: "PASS" },
  evidence: {
    en: "no desk: everybody has the form of the hub",
    fr: "aucun service\u202f: chacun a le formulaire de Préau",
  },
};

/** A line each of those that are not well, and one for all. */
function knownOf(
  {
    known,
    controllers,
  }: { readonly known: readonly KnownCount[]; readonly controllers: readonly ControllerId[] },
  now: Instant,
): readonly SupportFinding[] {
  const counts = new Map(known.map((each) => [each.controller, each]));
  const clients = controllers.filter((id) => id !== PUBLISHER);
  const stale = clients.filter((id) => {
    const at = counts.get(id)?.surveyedAt;
    return at === undefined || at < addHours(now, -SURVEY_HOURS);
  });
  const persons = clients.reduce((sum, id) => sum + (counts.get(id)?.persons ?? 0), 0);
  return [
    {
      ...{ check: "known.persons", result: stale.length === 0 ? "PASS" : "WARN" },
      evidence: {
        en: `${persons} person(s) of ${clients.length} controller(s); ${stale.length} not looked through for ${SURVEY_HOURS} h`,
        fr: `${persons} personne(s) de ${clients.length} responsable(s)\u202f; ${stale.length} non parcouru(s) depuis ${SURVEY_HOURS} h`,
      },
      ...(stale.length === 0
        ? {}
        : {
            remedy: {
              en: "Whoever is not known is not kept out by the guard: see that the worker runs, and that the stores of accounts answer.",
              fr: "Qui n’est pas connu n’est pas retenu par la garde\u202f: voyez si le travailleur tourne et si les bases de comptes répondent.",
            },
          }),
    },
    ...stale.slice(0, MOST).map((id): SupportFinding => {
      const at = counts.get(id)?.surveyedAt;
      const many = counts.get(id)?.persons ?? 0;
      return {
        ...{ check: `known.${id}`, result: "WARN" },
        evidence: {
          en: `${many} person(s), looked through ${at ?? "never"}`,
          fr: `${many} personne(s), parcouru\u202f: ${at ?? "jamais"}`,
        },
      };
    }),
  ];
}

function stuckOf(many: number): SupportFinding {
  return {
    ...{ check: "desk.stuck", result: many === 0 ? "PASS" : "FAIL" },
    evidence: {
      en: `${many} conversation(s) that the desk does not let go`,
      fr: `${many} conversation(s) que le service ne lâche pas`,
    },
    ...(many === 0
      ? {}
      : {
          remedy: {
            en: "Erase them at the desk, then: preau support erase <case> --by-hand",
            fr: "Effacez-les auprès du service, puis\u202f: preau support erase <dossier> --by-hand",
          },
        }),
  };
}

function proposalsOf({ open, late }: { readonly open: number; readonly late: number }): SupportFinding {
  return {
    ...{ check: "rights.proposals", result: late > 0 ? "FAIL" : open > 0 ? "WARN" : "PASS" },
    evidence: {
      en: `${open} message(s) wait for somebody to say whether a right is exercised; ${late} too long`,
      fr: `${open} message(s) attendent qu’on dise si un droit est exercé\u202f; ${late} depuis trop longtemps`,
    },
    ...(open === 0
      ? {}
      : {
          remedy: {
            en: "preau support list --view rights; those that wait too long say that the worker does not run (D10.1b).",
            fr: "preau support list --view rights\u202f; ceux qui attendent trop disent que le travailleur ne tourne pas (D10.1b).",
          },
        }),
  };
}
