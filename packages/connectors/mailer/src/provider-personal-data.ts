/**
 * What Brevo keeps of those to whom it carried our messages, as a store of personal data: its log, a contact that the account may
 * have made, an entry of its list of blocked addresses. Erasing there is asked for by its API; the log goes within the hours that
 * the agreement has for it (`deletionDelay`), so that a receipt says PENDING until somebody has looked again. @clause D12.2, DC
 */
import {
  type ControllerId,
  type ErasurePlan,
  faultsOf,
  isFault,
  type Json,
  errors as kernelErrors,
  type PersonalDataSource,
  type PlanRequest,
  type RegisteredSource,
  type SubjectTarget,
  type TableCount,
} from "@preau/kernel";
import { type BrevoAccount, brevoAccount, type LoggedMail } from "./brevo-account.ts";
import type { MailerOptions } from "./options.ts";
import { lookAgainAtProvider } from "./provider-look-again.ts";
import { isAnyOrdered, isUnder, pendingOrder, rememberOrder } from "./provider-orders.ts";
import { inBrackets, type ProviderTrace, providerTraces } from "./provider-traces.ts";
import type { SourcePorts } from "./source-ports.ts";
import { putRestricted, restrictedAmong, takeRestricted } from "./store/provider-orders.ts";

const PROVIDER = "mailer.brevo";
const [LOG, CONTACT, BLOCKED] = ["brevo.log", "brevo.contact", "brevo.blockedContact"] as const;
const CATEGORY = "connectionAndUsage";
const PURPOSE = "traceability";

const kernelFault = faultsOf(kernelErrors);

interface ProviderTerms {
  /** Hours that the agreement has for an erasure there. */
  readonly hours: number | "unknown";
}

/** Both faces, for the hub to register. */
export function providerPersonalData(
  ports: SourcePorts,
  options: MailerOptions,
  terms: ProviderTerms,
): RegisteredSource {
  const account = brevoAccount(options);
  return {
    source: providerSource(ports, account, terms),
    second: lookAgainAtProvider(ports, brevoAccount(options), terms),
  };
}

function providerSource(
  ports: SourcePorts,
  account: BrevoAccount,
  { hours }: ProviderTerms,
): PersonalDataSource {
  const { clock, unitOfWork } = ports;
  const inUnit = unitOfWork.transaction.bind(unitOfWork);
  const delay = hours === "unknown" ? 0 : hours;
  const today = () => clock.now().slice(0, 10);
  const tracesOf = (controller: ControllerId, targets: readonly SubjectTarget[]) =>
    inUnit((unit) => providerTraces(unit, ports, controller, targets));
  const restricted = (controller: ControllerId, targets: readonly Pick<SubjectTarget, "subject">[]) =>
    inUnit((unit) =>
      restrictedAmong(
        unit,
        controller,
        targets.map(({ subject }) => subject),
      ),
    );

  /** What the log has of a person, each line with the order that would take it away; not what goes by an order already. */
  const logOf = async (controller: ControllerId, trace: ProviderTrace, signal?: AbortSignal) => {
    const lines: { readonly line: LoggedMail; readonly thing: string }[] = [];
    const add = async (found: readonly LoggedMail[], thing: string) => {
      const ordered = await pendingOrder(ports, { controller, thing, hours: delay });
      for (const line of found) if (!isUnder(ordered, line.date)) lines.push({ line, thing });
    };
    const seen = new Set<string>();
    for (const address of trace.addresses) {
      const found = await account.logTo(address, { from: trace.since, until: today() }, signal);
      for (const { messageId } of found) seen.add(inBrackets(messageId));
      await add(found, address);
    }
    for (const name of trace.messages.map(inBrackets))
      if (!seen.has(name)) await add(await account.logOf(name, signal), name);
    return lines;
  };

  const countsOf = async (
    controller: ControllerId,
    traces: readonly ProviderTrace[],
    signal?: AbortSignal,
  ): Promise<readonly TableCount[]> => {
    if (traces.length === 0) return [tableOf(LOG, 0), tableOf(CONTACT, 0), tableOf(BLOCKED, 0)];
    const blocked = await account.blocked(signal);
    let [log, contacts] = [0, 0];
    const addresses = new Set(traces.flatMap((trace) => trace.addresses));
    for (const trace of traces) log += (await logOf(controller, trace, signal)).length;
    for (const address of addresses)
      if ((await account.contact(address, signal)) !== undefined) contacts += 1;
    const shut = [...addresses].filter((address) => blocked.has(address)).length;
    return [tableOf(LOG, log), tableOf(CONTACT, contacts), tableOf(BLOCKED, shut)];
  };

  const plan = async (request: PlanRequest): Promise<ErasurePlan> => {
    const { controller, ground, subjects, held = [], signal } = request;
    signal?.throwIfAborted();
    const shut = await restricted(controller, subjects);
    const clauses = new Map(held.map(({ subject, clause }) => [subject, clause]));
    const blocked = subjects.flatMap(({ subject }): ErasurePlan["blocked"] => {
      const clause = clauses.get(subject);
      if (clause !== undefined) return [{ subject, reason: "held", clause }];
      return shut.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
    });
    const out = new Set(blocked.map(({ subject }) => subject));
    const planned = subjects.filter(({ subject }) => !out.has(subject));
    const traces = await tracesOf(controller, planned);
    // A provider that documents no delay may still be at it, whenever it was told.
    const isFree =
      hours !== "unknown" && traces.length === 0 && !(await isAnyOrdered(ports, controller, delay));
    return {
      ...(isFree ? { holdsNothing: true as const } : {}),
      ...{ source: PROVIDER, controller, ground, blocked, kept: [], notCovered: [] },
      subjects: planned.map(({ subject }) => subject),
      tables: await countsOf(controller, traces, signal).catch((error: unknown) => {
        // A provider that does not answer now keeps nobody from being erased elsewhere: the run itself asks again, and fails alone.
        if (!isFault(error, "MAIL_PROVIDER_LATER")) throw error;
        return [
          tableOf(
            LOG,
            traces.reduce((sum, { messages }) => sum + messages.length, 0),
          ),
        ];
      }),
      traces: {
        subjects: traces.map(({ subject, addresses, messages, since }) => ({
          subject,
          references: [
            { kind: "brevo.controller", value: controller },
            { kind: "brevo.since", value: since },
            ...messages.map((value) => ({ kind: "brevo.messageId", value: inBrackets(value) })),
          ],
          texts: addresses.map((value) => ({ kind: "mail", value })),
        })),
      },
      state: traces as unknown as Json,
    };
  };

  return {
    describe: () => ({
      id: PROVIDER,
      title: { en: "Mail provider (Brevo)", fr: "Prestataire de messagerie (Brevo)" },
      categories: [CATEGORY],
      documentedDelayHours: hours,
      notCovered: [],
    }),
    plan,

    async *collect({ controller, subject, others, signal }) {
      signal?.throwIfAborted();
      const about = { category: CATEGORY, purpose: PURPOSE };
      for (const trace of await tracesOf(controller, [subject])) {
        for (const { line } of await logOf(controller, trace, signal)) {
          signal?.throwIfAborted();
          const isOthers = others === "withhold" && !trace.addresses.includes(line.email.toLowerCase());
          const row = { ...line, ...(isOthers ? { email: "…" } : {}) };
          yield { where: LOG, ...about, row, ...(isOthers ? { withheld: ["email"] } : {}) };
        }
        const blocked = await account.blocked(signal);
        for (const email of trace.addresses) {
          const contact = await account.contact(email, signal);
          if (contact !== undefined) yield { where: CONTACT, ...about, row: contact };
          const reason = blocked.get(email);
          if (reason !== undefined) yield { where: BLOCKED, ...about, row: { email, reason } };
        }
      }
    },

    async *erase({ controller, state }, { signal } = {}) {
      const traces = state as unknown as readonly ProviderTrace[];
      for (const [person, trace] of traces.entries()) {
        signal?.throwIfAborted();
        if ((await restricted(controller, [trace])).size > 0)
          throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: PROVIDER, clause: "D10.1a" });
        for (const address of trace.addresses) {
          if (await account.deleteContact(address, signal))
            yield { ...tableOf(CONTACT, 1), cursor: { person } };
          signal?.throwIfAborted();
          if (await account.unblock(address, signal)) yield { ...tableOf(BLOCKED, 1), cursor: { person } };
          signal?.throwIfAborted();
        }
        const log = await logOf(controller, trace, signal);
        for (const thing of new Set(log.map((each) => each.thing))) {
          signal?.throwIfAborted();
          await account.deleteLog(thing, signal);
          await rememberOrder(ports, controller, thing);
          const lines = log.filter((each) => each.thing === thing).length;
          yield { ...tableOf(LOG, lines), cursor: { person } };
        }
      }
    },

    remaining: ({ controller, state }) => countsOf(controller, state as unknown as readonly ProviderTrace[]),

    rectify: ({ changes }) =>
      Promise.resolve({
        changed: 0,
        refused: changes.map(({ where, field }) => ({
          what: `${where}.${field}`,
          why: "a provider's log of what was sent says what was sent",
          remedy: "correct the data where it is kept",
        })),
      }),
    restrict: async (controller, target) => {
      // Whoever is not there is not kept there.
      const isThere = (await tracesOf(controller, [target])).length > 0;
      const mark = () => inUnit((unit) => putRestricted(unit, controller, target.subject, clock.now()));
      return { changed: isThere ? await mark() : 0, refused: [] };
    },
    lift: async (controller, { subject }) => ({
      changed: await inUnit((unit) => takeRestricted(unit, controller, subject)),
      refused: [],
    }),
    isRestricted: async (controller, target) => (await restricted(controller, [target])).size > 0,
  };
}

function tableOf(table: string, erased: number): TableCount {
  return { table, erased, anonymised: 0, kept: 0 };
}
