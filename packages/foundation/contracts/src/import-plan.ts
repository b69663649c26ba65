/**
 * What importing a contracts file would do, row by row: the dry run and the import are one plan. Rows are matched by
 * controller and reference, so that the same file twice changes nothing.
 */
import { createHash } from "node:crypto";
import type { AgreementsInForce } from "@preau/agreement";
import type { ControllerId, JsonObject } from "@preau/kernel";
import { controllerState } from "./change-controller.ts";
import type { Contract, ContractValues } from "./contract.ts";
import type { Everything } from "./contracts-port.ts";
import type { Controller, ControllerValues, Kept } from "./controller.ts";
import { contractFields, controllerFields, type FileField } from "./file-columns.ts";
import { changesOf } from "./instruction.ts";
import type { Issue } from "./issue.ts";
import { contractState } from "./open-contract.ts";
import type { FileRow, ParsedFile } from "./parse-contracts-file.ts";
import { readContract } from "./read-contract.ts";
import { readController, readControllerId } from "./read-controller.ts";
import { regionOf } from "./read-place.ts";
import { makeReader, type Reader, type Written } from "./read-text.ts";

export interface Changes {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

export interface RowIssue extends Issue {
  /** Number of the column, the first being 1; undefined where the file has no such column. */
  readonly column?: number;
  readonly heading?: string;
}

export interface PlannedRow {
  readonly line: number;
  readonly what: "added" | "changed" | "unchanged" | "refused";
  readonly controller?: ControllerId;
  readonly reference?: string;
  /** What is new of the controller, on the first of its rows, and of the contract. */
  readonly ofController?: Changes;
  readonly ofContract?: Changes;
  readonly issues: readonly RowIssue[];
}

export interface ImportPlan {
  readonly counts: Readonly<Record<PlannedRow["what"], number>>;
  readonly rows: readonly PlannedRow[];
  /** Of what would be written: a plan that was shown and one that is run are the same when these are. */
  readonly digest: string;
  readonly controllers: readonly {
    readonly known?: Kept<Controller>;
    readonly id: ControllerId;
    readonly values: ControllerValues;
    readonly changes: Changes;
  }[];
  readonly contracts: readonly {
    readonly known?: Kept<Contract>;
    readonly controller: ControllerId;
    readonly values: ContractValues;
    readonly changes: Changes;
  }[];
}

/** Compares a file with what is registered; writes nothing. */
export function planImport(file: ParsedFile, known: Everything, agreements: AgreementsInForce): ImportPlan {
  const planner = makePlanner(file, known, agreements);
  const rows = file.rows.map(planner.plan);
  const counts = { added: 0, changed: 0, unchanged: 0, refused: 0 };
  for (const { what } of rows) counts[what] += 1;
  const written = rows.map(({ line, what, ofController, ofContract }) => [
    line,
    what,
    ofController,
    ofContract,
  ]);
  const digest = createHash("sha256").update(JSON.stringify(written)).digest("hex");
  return { counts, rows, digest, controllers: planner.controllers, contracts: planner.contracts };
}

function makePlanner(file: ParsedFile, known: Everything, agreements: AgreementsInForce) {
  const byId = new Map(known.controllers.map((each) => [each.id, each]));
  const byUai = new Map(
    known.controllers.flatMap((each) => (each.uai === undefined ? [] : [[each.uai, each.id]])),
  );
  const byReference = new Map(known.contracts.map((each) => [`${each.controller} ${each.reference}`, each]));
  const said = new Map<ControllerId, { readonly line: number; readonly state: string }>();
  const named = new Set<string>();
  const controllers: ImportPlan["controllers"][number][] = [];
  const contracts: ImportPlan["contracts"][number][] = [];

  const placed = (issue: Issue): RowIssue => {
    const column = file.columns.get(issue.field as FileField);
    return { ...issue, ...(column === undefined ? {} : { column: column.number, heading: column.heading }) };
  };

  /** What a row says of its controller; undefined when that cannot be read. */
  const controllerOf = (reader: Reader, row: FileRow) => {
    const { uai = "" } = row.cells;
    const bySchool =
      (row.cells.controller ?? "").trim() === "" ? byUai.get(uai.trim().toUpperCase()) : undefined;
    const id = bySchool ?? readControllerId(reader);
    if (id === undefined) return undefined;
    return { id, before: byId.get(id) };
  };

  const plan = (row: FileRow): PlannedRow => {
    const first = makeReader(row.cells);
    for (const issue of row.issues) first.refuse(issue);
    const found = row.issues.length > 0 ? undefined : controllerOf(first, row);
    if (found === undefined) {
      // What else is wrong with the row is worth saying at once.
      if (row.issues.length === 0) readController(first);
      return { line: row.line, what: "refused", issues: first.issues.map(placed) };
    }
    const { id, before } = found;
    const reference = (row.cells.reference ?? "").normalize("NFC").trim();
    const contract = byReference.get(`${id} ${reference}`);
    const reader = makeReader(writtenOf(row.cells, before, contract));
    const values = readController(reader);
    const terms = readContract(reader, agreements.of(id));
    const state = values === undefined ? "" : JSON.stringify(controllerState(values));
    const earlier = said.get(id);
    if (earlier !== undefined && earlier.state !== state)
      reader.refuse({ code: "CONTRACTS_ROW_CONTRADICTS", field: "controller" });
    if (reference !== "" && named.has(`${id} ${reference}`))
      reader.refuse({ code: "CONTRACTS_ROW_CONTRADICTS", field: "reference" });
    named.add(`${id} ${reference}`);
    if (values === undefined || terms === undefined || reader.issues.length > 0) {
      return { line: row.line, what: "refused", controller: id, issues: reader.issues.map(placed) };
    }
    said.set(id, { line: row.line, state });
    const isFirst = earlier === undefined;
    const ofController = isFirst
      ? changesOf(before ? controllerState(before) : {}, controllerState(values))
      : undefined;
    const ofContract = changesOf(contract ? contractState(contract) : {}, contractState(terms));
    if (ofController !== undefined) {
      controllers.push({
        id,
        values,
        changes: ofController,
        ...(before === undefined ? {} : { known: before }),
      });
    }
    if (ofContract !== undefined) {
      contracts.push({
        controller: id,
        values: terms,
        changes: ofContract,
        ...(contract === undefined ? {} : { known: contract }),
      });
    }
    const changed = ofController !== undefined || ofContract !== undefined;
    return {
      line: row.line,
      what: contract === undefined ? "added" : changed ? "changed" : "unchanged",
      controller: id,
      reference: terms.reference,
      issues: [],
      ...(ofController === undefined ? {} : { ofController }),
      ...(ofContract === undefined ? {} : { ofContract }),
    };
  };
  return { plan, controllers, contracts };
}

/** What is known, overlaid by the cells of the columns that the file has. */
function writtenOf(cells: FileRow["cells"], controller?: Controller, contract?: Contract): Written {
  const known: Record<string, string | undefined> = {};
  if (controller !== undefined) {
    const moved = cells.region !== undefined && regionOf(cells.region) !== controller.place.region;
    const state = controllerState(controller);
    for (const field of controllerFields) {
      const value = state[field];
      // Another region brings its own zone and its own Good Friday.
      const falls = moved && (field === "zone" || field === "goodFriday");
      if (typeof value === "string" && !falls) known[field] = value;
    }
  }
  if (contract !== undefined) {
    for (const field of contractFields) {
      const value = contract[field];
      known[field] = typeof value === "object" ? value.join(" ") : value;
    }
  }
  return { ...known, ...cells };
}
