/**
 * Annexes B and C compiled to a tree of maps: product, recipient, origin, role, purpose, operation. Each level that
 * lacks a key holds the row that refuses what it lacks, so that a lookup is six `Map.get` at most and allocates
 * nothing. The order of the levels is the order of the reasons: a recipient closed to GAR says so whatever the role.
 */
import type { CategoryAnswer, Flow, GateRow, GateTable, Operation, Origin } from "@preau/kernel";
import type { Agreement, DataRow, Product, Recipient, Subprocessor } from "./agreement.ts";
import { agreementHash } from "./agreement-hash.ts";
import { type Answers, makeAnswers } from "./refusals.ts";

/** The words of a flow that carries what the parties write to each other. No product can bear that name. */
export const officerCorrespondence = {
  product: "_agreement",
  role: "officer",
  origin: "outsideGar",
  purpose: "correspondence",
  category: "officerContact",
} as const;

/** One level: what it knows, and the row for what it does not. */
interface Level<T> {
  readonly next: ReadonlyMap<string, T>;
  readonly otherwise: GateRow;
}
/** Rows with and without a written instruction. */
interface Leaf {
  readonly plain: GateRow;
  readonly instructed: GateRow;
}
type OperationLevel = Level<Leaf>;
type PurposeLevel = Level<OperationLevel>;
type RoleLevel = Level<PurposeLevel>;
type OriginLevel = Level<RoleLevel>;
type RecipientLevel = Level<OriginLevel>;
type ProductLevel = Level<RecipientLevel>;

/** Where data may go: one shape for the house's recipients and for subprocessors. */
interface Destination {
  readonly id: string;
  readonly clause: string;
  readonly operations: readonly Operation[];
  readonly purposes?: readonly string[] | undefined;
  readonly categories?: readonly string[] | undefined;
  readonly onInstruction?: Recipient["onInstruction"];
  readonly outsideGarOnly: boolean;
}

/**
 * The gate's table of an agreement: for every flow one answer a category, with the row that allows or refuses it.
 * @clause D4.1, DB.n, DB.K.p, DB.K.gar-teacher, DB.K.gar-pupil, DB.K.administrator, DB.K.pupil, DB.K.teacher
 * @clause DB.D.p, DB.D.administrator, DB.D.teacher, DB.D.child, DB.D.parent, DC, S12
 */
export function compileGateTable(agreement: Agreement, hash = agreementHash(agreement)): GateTable {
  const tree = compileProducts(agreement, makeAnswers());
  return Object.freeze({
    agreement: hash,
    row: (flow: Flow): GateRow => {
      const product = tree.next.get(flow.product);
      if (product === undefined) return tree.otherwise;
      const recipient = product.next.get(flow.recipient);
      if (recipient === undefined) return product.otherwise;
      const origin = recipient.next.get(flow.origin);
      if (origin === undefined) return recipient.otherwise;
      const role = origin.next.get(flow.role);
      if (role === undefined) return origin.otherwise;
      const purpose = role.next.get(flow.purpose);
      if (purpose === undefined) return role.otherwise;
      const operation = purpose.next.get(flow.operation);
      if (operation === undefined) return purpose.otherwise;
      return flow.instruction === undefined ? operation.plain : operation.instructed;
    },
  });
}

function compileProducts(agreement: Agreement, answers: Answers): ProductLevel {
  const destinations = [
    ...agreement.recipients.map(fromRecipient),
    ...agreement.annexC.map(fromSubprocessor),
  ];
  const { contract, subprocessors } = agreement.frame;
  const recipientsOf = (product: Product): RecipientLevel => {
    const rows = agreement.annexB.filter((row) => row.product === product.id);
    return {
      next: mapOf(destinations, (to) => [to.id, compileOrigins({ answers, product, rows, to })]),
      otherwise: answers.refuseAll(subprocessors, "UNNAMED_RECIPIENT"),
    };
  };
  return {
    next: new Map([
      ...mapOf(agreement.products, (product) => [product.id, recipientsOf(product)] as const),
      ...correspondenceOf(agreement, answers),
    ]),
    otherwise: answers.refuseAll(contract, "UNNAMED_PRODUCT"),
  };
}

/**
 * What the parties write to each other under the agreement: an officer's professional address, for that alone, to the
 * controller itself and through the recipients that annex A names. @clause DA
 */
function correspondenceOf(
  agreement: Agreement,
  answers: Answers,
): readonly (readonly [string, RecipientLevel])[] {
  const { correspondence } = agreement.annexA;
  if (correspondence === undefined) return [];
  const { clause, through } = correspondence;
  const { product, role, origin, purpose, category } = officerCorrespondence;
  const row = {
    ...{ clause, product, origin, role, categories: [{ id: category }] },
    purposes: [purpose],
  } satisfies DataRow;
  const destinations = ["controller", ...through].map(
    (id): Destination => ({ id, clause, operations: ["send"], outsideGarOnly: false }),
  );
  const named: Product = { id: product, fr: product, en: product, clause, purposes: [purpose] };
  return [
    [
      product,
      {
        next: mapOf(destinations, (to) => [
          to.id,
          compileOrigins({ answers, product: named, rows: [row], to }),
        ]),
        otherwise: answers.refuseAll(clause, "UNNAMED_RECIPIENT"),
      },
    ],
  ];
}

interface Part {
  readonly answers: Answers;
  readonly product: Product;
  readonly rows: readonly DataRow[];
  readonly to: Destination;
}

/** A recipient that is open outside GAR only has no branch for GAR at all. @clause DC */
function compileOrigins(part: Part): OriginLevel {
  const { answers, product, rows, to } = part;
  const origins = new Set<Origin>(rows.map((row) => row.origin));
  if (to.outsideGarOnly) origins.delete("gar");
  const rolesOf = (origin: Origin): RoleLevel => ({
    next: mapOf(
      rows.filter((row) => row.origin === origin),
      (row) => [row.role, compilePurposes(part, row)],
    ),
    otherwise: answers.refuseAll(product.clause, "UNNAMED_ROLE"),
  });
  return {
    next: mapOf([...origins], (origin) => [origin, rolesOf(origin)]),
    otherwise: to.outsideGarOnly
      ? answers.refuseAll(to.clause, "OUTSIDE_GAR_ONLY")
      : answers.refuseAll(product.clause, "UNNAMED_ORIGIN"),
  };
}

function compilePurposes({ answers, product, to }: Part, row: DataRow): PurposeLevel {
  if (row.categories.length === 0) {
    return { next: new Map(), otherwise: answers.refuseAll(row.clause, "NOTHING_LISTED") };
  }
  return {
    next: mapOf(row.purposes ?? product.purposes, (purpose) => [
      purpose,
      compileOperations(answers, { row, to, purpose }),
    ]),
    otherwise: answers.refuseAll(row.clause, "UNNAMED_PURPOSE"),
  };
}

interface Cell {
  readonly row: DataRow;
  readonly to: Destination;
  readonly purpose: string;
}

function compileOperations(answers: Answers, cell: Cell): OperationLevel {
  const { to, purpose } = cell;
  const outside = answers.refuseAll(to.clause, "OUTSIDE_SCOPE");
  if (to.purposes !== undefined && !to.purposes.includes(purpose)) {
    return { next: new Map(), otherwise: outside };
  }
  const instructed = compileCategories(answers, cell);
  const { onInstruction } = to;
  const leafOf = (operation: Operation): Leaf =>
    onInstruction?.operations.includes(operation)
      ? { plain: answers.refuseAll(onInstruction.clause, "NO_INSTRUCTION"), instructed }
      : { plain: instructed, instructed };
  return { next: mapOf(to.operations, (operation) => [operation, leafOf(operation)]), otherwise: outside };
}

/** One answer a category of the row; what the row does not list gets `otherwise`. */
function compileCategories(answers: Answers, { row, to, purpose }: Cell): GateRow {
  const answerFor = (category: DataRow["categories"][number]): CategoryAnswer => {
    if (category.purposes !== undefined && !category.purposes.includes(purpose)) {
      return answers.refuse(row.clause, "OTHER_PURPOSE");
    }
    if (to.categories !== undefined && !to.categories.includes(category.id)) {
      return answers.refuse(to.clause, "OUTSIDE_SCOPE");
    }
    return answers.allow(row.clause);
  };
  return Object.freeze({
    answers: mapOf(row.categories, (category) => [category.id, answerFor(category)]),
    otherwise: answers.refuse(row.clause, "UNNAMED_CATEGORY"),
  });
}

function fromRecipient(recipient: Recipient): Destination {
  return { ...recipient, outsideGarOnly: false };
}

function fromSubprocessor(subprocessor: Subprocessor): Destination {
  return {
    ...subprocessor,
    id: subprocessor.recipient,
    outsideGarOnly: subprocessor.origins === "outsideGarOnly",
  };
}

function mapOf<T, V>(items: readonly T[], entry: (item: T) => readonly [string, V]): ReadonlyMap<string, V> {
  return new Map(items.map(entry));
}
