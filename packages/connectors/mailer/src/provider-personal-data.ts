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
import { type BrevoAccount, brevoAccount } from "./brevo-account.ts";
import type { MailerOptions } from "./options.ts";
import { sharedAddresses, unnamedMessages } from "./provider-gaps.ts";
import { lookAgainAtProvider } from "./provider-look-again.ts";
import { rememberOrder } from "./provider-orders.ts";
import { type ProviderTrace, providerTraces } from "./provider-traces.ts";
import { readProviderLog } from "./read-provider-log.ts";
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
  return {
    source: providerSource(ports, brevoAccount(options, ports.clock), terms),
    second: lookAgainAtProvider(ports, brevoAccount(options, ports.clock), terms),
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

  const logOf = (controller: ControllerId, trace: ProviderTrace, signal?: AbortSignal) =>
    readProviderLog(ports, account, { controller, trace, hours: delay, signal });

  const standing = async (
    controller: ControllerId,
    traces: readonly ProviderTrace[],
    signal?: AbortSignal,
  ): Promise<Pick<ErasurePlan, "tables"> & { readonly shared: number }> => {
    let log = 0;
    const [addresses, shared] = [new Set<string>(), new Set<string>()];
    for (const trace of traces) {
      const found = await logOf(controller, trace, signal);
      log += found.lines.length;
      for (const address of trace.addresses) addresses.add(address);
      for (const address of found.shared) shared.add(address);
    }
    const blocked = addresses.size === 0 ? new Map<string, string>() : await account.blocked(signal);
    let [contacts, shut, kept] = [0, 0, 0];
    for (const address of addresses) {
      const isContact = (await account.contact(address, signal)) !== undefined;
      const isShut = blocked.has(address);
      if (shared.has(address)) kept += isContact || isShut ? 1 : 0;
      else [contacts, shut] = [contacts + Number(isContact), shut + Number(isShut)];
    }
    return { tables: [tableOf(LOG, log), tableOf(CONTACT, contacts), tableOf(BLOCKED, shut)], shared: kept };
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
    const { tables, shared } = await standing(controller, traces, signal).catch((error: unknown) => {
      // A provider that does not answer now keeps nobody from being erased elsewhere: the run itself asks again, and fails alone.
      if (!isFault(error, "MAIL_PROVIDER_LATER")) throw error;
      return { tables: [tableOf(LOG, traces.flatMap(({ messages }) => messages).length)], shared: 0 };
    });
    const unnamed = traces.reduce((sum, trace) => sum + trace.unnamed, 0);
    return {
      ...{ source: PROVIDER, controller, ground, blocked, kept: [], tables },
      notCovered: [...unnamedMessages(unnamed), ...sharedAddresses(shared)],
      subjects: planned.map(({ subject }) => subject),
      traces: {
        subjects: traces.map(({ subject, addresses, messages, since }) => ({
          subject,
          references: [
            { kind: "brevo.controller", value: controller },
            { kind: "brevo.since", value: since },
            ...messages.map(({ name, from, until }) => ({
              kind: "brevo.message",
              value: `${from} ${until} ${name}`,
            })),
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
        const { lines, shared } = await logOf(controller, trace, signal);
        for (const { line } of lines) {
          signal?.throwIfAborted();
          const isOthers = others === "withhold" && !trace.addresses.includes(line.email.toLowerCase());
          const row = { ...line, ...(isOthers ? { email: "…" } : {}) };
          yield { where: LOG, ...about, row, ...(isOthers ? { withheld: ["email"] } : {}) };
        }
        const blocked = await account.blocked(signal);
        for (const email of trace.addresses) {
          const contact = await account.contact(email, signal);
          const reason = blocked.get(email);
          // What else stands there may come of another controller's messages.
          const isShared = shared.has(email);
          if (contact !== undefined)
            yield isShared
              ? { where: CONTACT, ...about, row: { email }, withheld: fieldsBut(contact, "email") }
              : { where: CONTACT, ...about, row: contact };
          if (reason !== undefined)
            yield isShared
              ? { where: BLOCKED, ...about, row: { email }, withheld: ["reason"] }
              : { where: BLOCKED, ...about, row: { email, reason } };
        }
      }
    },

    async *erase({ controller, state }, { resume, signal } = {}) {
      const traces = state as unknown as readonly ProviderTrace[];
      const first = personIn(resume);
      const blocked = traces.length === 0 ? new Map<string, string>() : await account.blocked(signal);
      for (const [person, trace] of traces.entries()) {
        if (person < first) continue;
        const cursor = { person };
        signal?.throwIfAborted();
        if ((await restricted(controller, [trace])).size > 0)
          throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: PROVIDER, clause: "D10.1a" });
        const { lines, shared } = await logOf(controller, trace, signal);
        for (const address of trace.addresses) {
          if (shared.has(address)) continue;
          signal?.throwIfAborted();
          // Brevo allows few deletions an hour: each is for what is there.
          const contact = await account.contact(address, signal);
          if (contact !== undefined && (await account.deleteContact(address, signal)))
            yield { ...tableOf(CONTACT, 1), cursor };
          signal?.throwIfAborted();
          if (blocked.has(address) && (await account.unblock(address, signal)))
            yield { ...tableOf(BLOCKED, 1), cursor };
        }
        for (const name of new Set(lines.map((each) => each.name))) {
          signal?.throwIfAborted();
          // What the provider does not find is not on its way out: the looks that follow are to see it.
          if (!(await account.deleteLog(name, signal))) continue;
          await rememberOrder(ports, controller, name);
          yield { ...tableOf(LOG, lines.filter((each) => each.name === name).length), cursor };
        }
      }
    },

    remaining: async ({ controller, state }) =>
      (await standing(controller, state as unknown as readonly ProviderTrace[])).tables,

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

/** The person at whom a run stopped. */
function personIn(resume: Json | undefined): number {
  if (typeof resume !== "object" || resume === null || Array.isArray(resume)) return 0;
  const { person } = resume as { readonly person?: Json };
  return typeof person === "number" ? person : 0;
}

function fieldsBut(row: Readonly<Record<string, Json>>, kept: string): readonly string[] {
  return Object.keys(row).filter((each) => each !== kept);
}
