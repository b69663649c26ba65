/**
 * What the system finds doubtful in an instruction by itself: a short list, each with its reason, out of the agreement
 * alone. It decides nothing: the controller is told, and confirms or withdraws. Pure. @clause D6.2a
 */
import type { Agreement } from "@preau/agreement";
import { deadlineOf, mainland } from "@preau/calendar";
import type { GateTable, Instant, InstructionKind, InstructionScope, Operation, Origin } from "@preau/kernel";
import type { DoubtReason } from "./flag.ts";

export interface Doubted {
  readonly kind: InstructionKind;
  readonly scope: InstructionScope;
  readonly startsAt: Instant;
  readonly endsAt?: Instant | undefined;
}

export interface DoubtFacts {
  readonly agreement: Agreement;
  readonly table: GateTable;
  readonly controller: Parameters<GateTable["row"]>[0]["controller"];
  /** The person it is about is under restriction (GDPR art. 18). */
  readonly restricted: boolean;
}

const OPERATIONS: readonly Operation[] = ["store", "show", "send", "export", "answer", "erase", "return"];
const ORIGINS: readonly Origin[] = ["gar", "outsideGar"];
/** Kinds that let data flow: what they reach must be something that the agreement lets flow to somebody. */
const FLOWS: ReadonlySet<InstructionKind> = new Set<InstructionKind>([
  ...(["answerDataSubject", "export", "observePractices", "staffAccess", "rectify"] as const),
  ...(["transfer", "reuseSample"] as const),
]);
/** To whom an export goes without being a disclosure to somebody else. */
const OURS: ReadonlySet<string> = new Set(["controller", "dataSubject", "product"]);
/** What may be done with data of a person under restriction: keep it, hand it to them or to the controller, lift it. */
const WHILE_RESTRICTED: ReadonlySet<InstructionKind> = new Set<InstructionKind>([
  ...(["restrict", "liftRestriction", "answerDataSubject", "export"] as const),
  ...(["objectToProcessing", "opposeAnonymisation", "register", "other"] as const),
]);

/** @clause D6.2a */
export function doubtsOf(given: Doubted, facts: DoubtFacts): readonly DoubtReason[] {
  const { kind, scope } = given;
  const doubts: DoubtReason[] = [];
  if (FLOWS.has(kind) && allowsNobody(given, facts)) doubts.push("allowsNobody");
  if (kind === "answerDataSubject" && !(scope.about ?? []).some((each) => each.startsWith("rqs_")))
    doubts.push("answerWithoutRequest");
  if (givesAway(given, facts)) doubts.push("exportToThirdParty");
  if (keepsTooLong(given, facts)) doubts.push("keepBeyondCeiling");
  if (facts.restricted && !WHILE_RESTRICTED.has(kind)) doubts.push("restrictedPerson");
  return doubts;
}

/** True when a word of the scope stands in no flow that the agreement allows, even on instruction. */
function allowsNobody({ scope }: Doubted, { agreement, table, controller }: DoubtFacts): boolean {
  const { product, recipients, purposes, categories } = scope;
  const bound = [product, recipients, purposes, categories].some((each) => each !== undefined);
  if (!bound) return false;
  const open = new Set(categories ?? ["any"]);
  const everyCategory = categories ?? [
    ...new Set(agreement.annexB.flatMap((row) => row.categories.map(({ id }) => id))),
  ];
  const roles = [...new Set(agreement.annexB.map(({ role }) => role))];
  for (const inProduct of product === undefined ? agreement.products.map(({ id }) => id) : [product])
    for (const recipient of recipients ?? recipientsOf(agreement))
      for (const purpose of purposes ?? agreement.purposes.map(({ id }) => id))
        for (const role of roles)
          for (const origin of ORIGINS)
            for (const operation of scope.operations ?? OPERATIONS) {
              const row = table.row({
                ...{ controller, product: inProduct, operation, origin, role, purpose, recipient },
                ...{ categories: everyCategory, instruction: "ins_any" },
              });
              for (const category of everyCategory)
                if ((row.answers.get(category) ?? row.otherwise).allowed)
                  open.delete(categories === undefined ? "any" : category);
              if (open.size === 0) return false;
            }
  return true;
}

function recipientsOf({ recipients, annexC }: Agreement): readonly string[] {
  return [...recipients.map(({ id }) => id), ...annexC.map(({ recipient }) => recipient)];
}

function givesAway({ kind, scope }: Doubted, { agreement }: DoubtFacts): boolean {
  if (kind === "handOver") return agreement.anonymisation?.thirdParties?.rule === "never";
  return kind === "export" && (scope.recipients ?? []).some((each) => !OURS.has(each));
}

/** Keeping data on instruction for longer than the longest that the agreement lets it be kept. @figure D12.4 */
function keepsTooLong({ scope, startsAt, endsAt }: Doubted, { agreement }: DoubtFacts): boolean {
  const ceiling = agreement.periods.find(({ id }) => id === "keepWithoutRequest");
  if (ceiling === undefined || endsAt === undefined || scope.operations?.includes("store") !== true)
    return false;
  return endsAt > deadlineOf(startsAt, ceiling.duration, { rounding: "binds", place: mainland }).dueAt;
}
