/** What a request asks for, done on the controller's instruction: the right kind, the right person, once, to its verdict. */
import { openDatabase } from "@preau/database";
import {
  type Flow,
  type InstructionKind,
  instant,
  manualClock,
  type Operation,
  type RequestId,
  type RequestMatter,
} from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { copyPath } from "../src/access-copy.ts";
import { stateAutomatedDecision } from "../src/automated-decision.ts";
import { type Execution, executeRequest, kindOfMatter } from "../src/execute-request.ts";
import { type Change } from "../src/rectification.ts";
import { runRectification } from "../src/rectification-run.ts";
import { requestsPersonalData } from "../src/requests-personal-data.ts";
import { restrictSubject } from "../src/restriction-order.ts";
import { actionsOfRequest, correctionsOf } from "../src/store/actions.ts";
import { listObjections } from "../src/store/objections.ts";
import { updateRequest } from "../src/store/requests.ts";
import { DPO, OTHER_SCHOOL, openExecuteHouse, pupilStore, SCHOOL } from "./execute-house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const STAFF = { role: "publisherDpo" } as const;

describeEachDatabase("acting on a request", openDatabase, (fresh) => {
  async function open() {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await openExecuteHouse({ database, keysDatabase }, clock);
    const { ports, inUnit } = house;
    const [lms, desk] = [pupilStore("lms"), pupilStore("desk")];
    for (const [id, { store, registered }] of [["lms", lms] as const, ["desk", desk] as const]) {
      house.sources.set(id, registered);
      store.rows
        .get("pupil")
        ?.push({ id: "1", controller: SCHOOL, person: "210", fields: { name: "Zoe Morvan" } });
    }
    const subject = await house.identify(210);
    const instruct = (kind: InstructionKind) => house.write({ controller: SCHOOL, kind, scope: { subject } });
    /** A request and the instruction that it needs. */
    const ready = async (matter: RequestMatter) => ({
      ...{ controller: SCHOOL, by: STAFF, request: await house.request(matter, subject) },
      instruction: await instruct(kindOfMatter[matter] ?? "other"),
    });
    const execute = (execution: Execution) => executeRequest(ports, execution);
    const actions = (request: RequestId, of: typeof SCHOOL | "all" = SCHOOL) =>
      inUnit((unit) => actionsOfRequest(unit, of, request));
    const revoke = ({ instruction: id }: Pick<Execution, "instruction">) =>
      inUnit((unit) => ports.instructions.revoke(unit, { controller: SCHOOL, id, by: DPO }));
    const emit: typeof ports.events.emit = (unit, name, event) => ports.events.emit(unit, name, event);
    const progress = (
      about: RequestId,
      state: "ordered" | "made" | "fetched" | "failed" | "cancelled",
      order = "exp_1" as const,
    ) => inUnit((unit) => emit(unit, "export.progressed", { controller: SCHOOL, order, about, state }));
    /** This duty's own store, as an erasure runs it. */
    const erased = async () => {
      const { source } = requestsPersonalData(ports);
      const plan = await source.plan({
        ...{ controller: SCHOOL, ground: "instruction", subjects: [{ subject, identifiers: [] }] },
      });
      for await (const _ of source.erase(plan)) continue;
    };
    const names = () => [lms, desk].map(({ store }) => store.rows.get("pupil")?.[0]?.fields["name"]);
    return {
      ...house,
      ...{
        clock,
        lms,
        desk,
        subject,
        instruct,
        ready,
        execute,
        actions,
        revoke,
        emit,
        progress,
        names,
        erased,
      },
    };
  }

  it("needs an instruction of the right's own kind that reaches the person, in force (D6.1c, D10.1a)", async () => {
    const { request, subject, execute, write, instruct, identify, actions, emitted } = await open();
    const kinds = Object.entries(kindOfMatter) as [RequestMatter, InstructionKind][];
    for (const [matter, kind] of kinds) {
      const id = await request(matter, subject);
      const given = { controller: SCHOOL, request: id, by: STAFF, purpose: "support" };
      const changes = [{ store: "lms", where: "pupil", field: "name", value: "Zoé" }];
      const wrong = await Promise.all([
        instruct(kind === "erase" ? "export" : "erase"),
        write({ controller: SCHOOL, kind, scope: { subject: await identify(7) } }),
        write({ controller: OTHER_SCHOOL, kind, scope: { subject } }),
        write({ controller: SCHOOL, kind, endsAt: instant("2026-11-22T08:00:00.000Z") }),
      ]);
      for (const instruction of [...wrong, "ins_unheardof" as const])
        expect(await codeOf(execute({ ...given, changes, instruction })), matter).toBe(
          "REQUEST_NOT_INSTRUCTED",
        );
      expect(await actions(id)).toEqual([]);
    }
    expect(emitted).toEqual([]);
    const information = await request("information", subject);
    expect(
      await codeOf(
        execute({
          controller: SCHOOL,
          request: information,
          by: STAFF,
          instruction: await instruct("other"),
        }),
      ),
    ).toBe("REQUEST_NOTHING_TO_DO");
  });

  it("is another controller's nowhere, and nobody's where nobody said whom it is about (D10.1a)", async () => {
    const { ready, execute, actions, request, instruct, inUnit } = await open();
    const given = await ready("erasure");
    expect(await codeOf(execute({ ...given, controller: OTHER_SCHOOL }))).toBe("REQUEST_NO_REQUEST");
    const unknown = await request("erasure", undefined);
    expect(await codeOf(execute({ ...given, request: unknown }))).toBe("REQUEST_NO_SUBJECT");
    await execute(given);
    expect(await actions(given.request, OTHER_SCHOOL)).toEqual([]);
    const closed = await request("erasure", undefined);
    await inUnit((unit) => updateRequest(unit, { controller: SCHOOL, id: closed }, { state: "closed" }));
    const instruction = await instruct("erase");
    expect(await codeOf(execute({ ...given, request: closed, instruction }))).toBe("REQUEST_OVER");
  });

  it("orders an erasure once, on its instruction, and says what the receipt says and no more (D12.1, D12.2)", async () => {
    const { ready, execute, emitted, subject, actions, inUnit, emit, entries, database, ports, erased } =
      await open();
    const given = await ready("erasure");
    const [first, second] = await Promise.all([execute(given), execute(given)]);
    expect(second.id).toBe(first.id);
    expect(emitted).toEqual([
      {
        name: "account.deletionRequested",
        event: {
          ...{ controller: SCHOOL, subject, origin: "outsideGar", ground: "instruction" },
          ...{ instruction: given.instruction, requestedBy: "publisherDpo", requestedAt: NOW },
        },
      },
    ]);
    expect(await actions(given.request)).toMatchObject([{ state: "running", verdict: "PENDING" }]);
    // The erasure takes the person out of this duty's own rows before its receipt is filed.
    expect(await database.knex("dsr_action").whereNotNull("subject_hash").select()).toEqual([]);
    await erased();
    expect(await database.knex("dsr_action").whereNotNull("subject_hash").select()).toHaveLength(1);
    const closed = { controller: SCHOOL, subject, receipt: "ers_1", verdict: "UNKNOWN" } as const;
    await inUnit((unit) => emit(unit, "erasure.closed", { ...closed, controller: OTHER_SCHOOL }));
    expect(await actions(given.request)).toMatchObject([{ state: "running" }]);
    await inUnit((unit) => emit(unit, "erasure.closed", closed));
    expect(await actions(given.request)).toMatchObject([
      { state: "ended", verdict: "UNKNOWN", thing: "ers_1", instruction: given.instruction },
    ]);
    await inUnit((unit) => emit(unit, "erasure.closed", { ...closed, receipt: "ers_2", verdict: "PASS" }));
    expect(await actions(given.request)).toMatchObject([{ verdict: "UNKNOWN", thing: "ers_1" }]);
    expect(JSON.stringify(await database.knex("dsr_action").select())).not.toContain(subject);
    expect(await database.knex("dsr_action").whereNotNull("subject_hash").select()).toEqual([]);
    const [entry] = await entries("executed");
    expect(entry?.payload).toMatchObject({ instruction: given.instruction, request: given.request });
    expect(await inUnit((unit) => ports.instructions.of(unit, SCHOOL, first.id))).toEqual([
      given.instruction,
    ]);
  });

  it("of an erasure whose instruction was taken back says how that very one came out, if it did (D6.1c)", async () => {
    const { ready, execute, actions, revoke, subject, inUnit, emit, database, erased } = await open();
    const given = await ready("erasure");
    await execute(given);
    await revoke(given);
    // Settled as far as anybody knows, with nothing that stands for the person.
    expect(await actions(given.request)).toMatchObject([
      { state: "stopped", verdict: "UNKNOWN", why: "REVOKED_AFTER", endedAt: NOW },
    ]);
    expect(await database.knex("dsr_action").whereNotNull("subject_hash").select()).toEqual([]);
    const closed = { controller: SCHOOL, subject, receipt: "ers_1", verdict: "PASS" } as const;
    await inUnit((unit) => emit(unit, "erasure.closed", closed));
    expect(await actions(given.request)).toMatchObject([{ state: "stopped", verdict: "UNKNOWN" }]);
    await erased();
    await inUnit((unit) =>
      emit(unit, "erasure.closed", { ...closed, verdict: "FAILED", instruction: given.instruction }),
    );
    expect(await actions(given.request)).toMatchObject([
      { state: "stopped", verdict: "FAILED", why: "REVOKED_AFTER", thing: "ers_1" },
    ]);
  });

  it("does not erase whom it keeps under restriction (D10.1a)", async () => {
    const { ready, execute, inUnit, ports, subject, instruct, emitted } = await open();
    const given = { controller: SCHOOL, subject, by: DPO, instruction: await instruct("restrict") };
    await inUnit((unit) => restrictSubject(unit, ports, given));
    expect(await codeOf(execute(await ready("erasure")))).toBe("REQUEST_RESTRICTED");
    expect(emitted.map(({ name }) => name)).toEqual(["subject.restricted"]);
  });

  it("lets a copy be ordered, and notes what becomes of the package (D10.1a)", async () => {
    const { ready, execute, progress, actions, revoke } = await open();
    for (const matter of ["access", "portability"] as const) {
      const given = await ready(matter);
      const action = await execute(given);
      expect(action).toMatchObject({ state: "waiting", verdict: "PENDING" });
      const path = new URL(copyPath(action), "https://hub.example");
      expect(Object.fromEntries(path.searchParams)).toEqual({
        ...{ what: "person", kind: matter, controller: SCHOOL, about: given.request, person: action.subject },
        instruction: given.instruction,
      });
      await progress(given.request, "ordered");
      expect(await actions(given.request)).toMatchObject([{ state: "running", thing: "exp_1" }]);
      await progress(given.request, "failed");
      expect(await actions(given.request)).toMatchObject([
        { state: "waiting", verdict: "FAILED", why: "NOT_MADE" },
      ]);
      await progress(given.request, "ordered", "exp_2" as "exp_1");
      // What was over says nothing about the new one.
      await progress(given.request, "fetched");
      await progress(given.request, "made", "exp_2" as "exp_1");
      expect(await actions(given.request)).toMatchObject([{ state: "running", thing: "exp_2", why: "MADE" }]);
      await progress(given.request, "fetched", "exp_2" as "exp_1");
      expect(await actions(given.request)).toMatchObject([
        { state: "ended", verdict: "PASS", why: "FETCHED" },
      ]);
    }
    const given = await ready("access");
    await execute(given);
    await revoke(given);
    expect(await actions(given.request)).toMatchObject([
      { state: "stopped", verdict: "UNKNOWN", why: "REVOKED_BEFORE" },
    ]);
    await progress(given.request, "ordered");
    expect(await actions(given.request)).toMatchObject([{ state: "stopped" }]);
  });

  it("ends a purpose for one person until the instruction is taken back (D10.1a)", async () => {
    const { ready, execute, subject, inUnit, gate, revoke, identify, actions, emitted, entries } =
      await open();
    const flow = {
      ...{ controller: SCHOOL, product: "jardin", origin: "outsideGar", role: "child", recipient: "product" },
      ...{ categories: ["name"], subject, operation: "show", purpose: "shareWithParents" },
    } as const satisfies Flow;
    const asked = (change: Partial<Flow> = {}) =>
      codeOf(inUnit((unit) => gate.permit({ ...flow, ...change }, unit)));
    const given = { ...(await ready("objection")), purpose: "shareWithParents" };
    expect(await codeOf(execute({ ...given, purpose: "profiling" }))).toBe("REQUEST_NO_PURPOSE");
    expect(await asked()).toBeUndefined();
    const [one, two] = await Promise.all([execute(given), execute(given)]);
    expect([one.id, one.verdict]).toEqual([two.id, "PASS"]);
    for (const operation of ["store", "show", "send", "export"] satisfies readonly Operation[])
      expect(await asked({ operation }), operation).toBe("GATE_REFUSED");
    // Erasing and handing back are no use of it; another purpose, another person, another school are untouched.
    expect(await asked({ operation: "erase" })).toBeUndefined();
    expect(await asked({ operation: "return", recipient: "controller" })).toBeUndefined();
    expect(await asked({ purpose: "runPlatform" })).toBeUndefined();
    expect(await asked({ subject: await identify(7) })).toBeUndefined();
    expect(await asked({ controller: OTHER_SCHOOL })).toBeUndefined();
    expect(await inUnit((unit) => listObjections(unit, SCHOOL))).toMatchObject([
      { id: one.thing, subject, purpose: "shareWithParents", since: NOW },
    ]);
    expect(await inUnit((unit) => listObjections(unit, OTHER_SCHOOL))).toEqual([]);
    await revoke(given);
    expect(await asked()).toBeUndefined();
    expect(await inUnit((unit) => listObjections(unit, SCHOOL))).toMatchObject([{ endedAt: NOW }]);
    expect(await actions(given.request)).toMatchObject([{ state: "ended", verdict: "PASS" }]);
    expect(await entries("objectionEnded")).toHaveLength(1);
    expect(emitted).toEqual([]);
    // It can be made again, on another instruction.
    await execute({ ...(await ready("objection")), purpose: "shareWithParents" });
    expect(await asked()).toBe("GATE_REFUSED");
  });

  it("corrects in each store, says what was refused, and keeps no value, new or old (D10.1a)", async () => {
    const { ready, execute, worker, names, inUnit, actions, database, ports, lines } = await open();
    const given = await ready("rectification");
    const change = (store: string, more: Partial<Change> = {}) =>
      ({ store, where: "pupil", field: "name", value: "Zoé Morvan", ...more }) satisfies Change;
    for (const bad of [
      [],
      [change("nowhere")],
      [change("lms", { field: "a b" })],
      [change("lms", { value: "x".repeat(20_001) })],
    ])
      expect(await codeOf(execute({ ...given, changes: bad }))).toBe("REQUEST_BAD_CHANGE");
    const changes = [change("lms"), change("desk"), change("desk", { field: "shoeSize", value: "38" })];
    const action = await execute({ ...given, changes });
    const rows = JSON.stringify(await database.knex("dsr_correction").select());
    expect(rows).not.toMatch(/Zoé/);
    expect(names()).toEqual(["Zoe Morvan", "Zoe Morvan"]);
    await worker.drain();
    expect(names()).toEqual(["Zoé Morvan", "Zoé Morvan"]);
    expect(await inUnit((unit) => correctionsOf(unit, action))).toMatchObject([
      { store: "lms", where: "pupil", field: "name", verdict: "PASS" },
      { store: "desk", verdict: "PASS" },
      { store: "desk", field: "shoeSize", verdict: "FAILED", why: "REFUSED" },
    ]);
    expect(await actions(given.request)).toMatchObject([{ state: "ended", verdict: "FAILED" }]);
    expect(await database.knex("dsr_correction").whereNotNull("sealed").select()).toEqual([]);
    const scope = { controller: SCHOOL, kind: "controller", id: action.id } as const;
    expect(await ports.vault.destruction(scope)).toBeDefined();
    expect(lines.join("\n")).not.toMatch(/Zoé|Morvan/);
  });

  it("goes on with corrections after a kill between any two steps (D10.1a)", async () => {
    const { ready, execute, ports, names, actions } = await open();
    const changes = ["lms", "desk"].map((store) => ({ store, where: "pupil", field: "name", value: "Zoé" }));
    const given = { ...(await ready("rectification")), changes };
    const { id } = await execute(given);
    for (let n = 0; n < 12; n += 1) {
      let left = n;
      const dying = {
        ...ports,
        unitOfWork: {
          transaction: <T>(work: Parameters<typeof ports.unitOfWork.transaction<T>>[0]) => {
            if (left === 0) throw new Error("killed");
            left -= 1;
            return ports.unitOfWork.transaction(work);
          },
        },
      };
      await runRectification(dying, { controller: SCHOOL, id }).catch(() => undefined);
    }
    await runRectification(ports, { controller: SCHOOL, id });
    expect(names()).toEqual(["Zoé", "Zoé"]);
    expect(await actions(given.request)).toMatchObject([{ state: "ended", verdict: "PASS" }]);
  });

  it("begins no further correction once the instruction is taken back, and says what it had done (D6.1c)", async () => {
    const { ready, execute, ports, names, actions, revoke, sources, lms, inUnit, database, worker } =
      await open();
    const changes = ["lms", "desk"].map((store) => ({ store, where: "pupil", field: "name", value: "Zoé" }));
    const given = { ...(await ready("rectification")), changes };
    const action = await execute(given);
    const { source } = lms.registered;
    sources.set("lms", {
      ...lms.registered,
      source: {
        ...source,
        rectify: async (asked) => {
          await revoke(given);
          return source.rectify(asked);
        },
      },
    });
    await runRectification(ports, action);
    await worker.drain();
    expect(names()).toEqual(["Zoé", "Zoe Morvan"]);
    expect(await inUnit((unit) => correctionsOf(unit, action))).toMatchObject([
      { store: "lms", verdict: "PASS" },
      { store: "desk", verdict: "FAILED", why: "NOT_BEGUN" },
    ]);
    expect(await actions(given.request)).toMatchObject([
      { state: "stopped", verdict: "FAILED", why: "REVOKED_AFTER" },
    ]);
    expect(await database.knex("dsr_correction").whereNotNull("sealed").select()).toEqual([]);
  });

  it("restricts by a request, and settles it with the verdict of all stores (D10.1a)", async () => {
    const { ready, execute, worker, actions, revoke } = await open();
    const given = await ready("restriction");
    expect(await execute(given)).toMatchObject({ state: "running", verdict: "PENDING" });
    await worker.drain();
    expect(await actions(given.request)).toMatchObject([{ state: "ended", verdict: "PASS" }]);
    await revoke(given);
    expect(await actions(given.request)).toMatchObject([{ state: "ended", verdict: "PASS" }]);
    const [at] = await actions(given.request);
    expect(at?.thing).toMatch(/^rsn_/);
  });

  it("states of automated decisions what there is: that none is taken, or who reviewed one and when (D10.1a)", async () => {
    const { request, subject, inUnit, ports, entries } = await open();
    const state = (id: RequestId, said: Parameters<typeof stateAutomatedDecision>[2]["said"]) =>
      inUnit((unit) =>
        stateAutomatedDecision(unit, ports, { controller: SCHOOL, request: id, said, by: DPO }),
      );
    const id = await request("automatedDecision", subject);
    const late = { statement: "reviewed", reviewer: "dpo", outcome: "upheld" } as const;
    expect(await codeOf(state(id, { ...late, reviewedAt: instant("2026-11-24T08:00:00.000Z") }))).toBe(
      "REQUEST_BAD_REVIEW",
    );
    const said = { ...late, reviewedAt: instant("2026-11-20T08:00:00.000Z") };
    const review = await state(id, said);
    expect(review).toMatchObject({ said, agreement: ports.agreements.hashOf(SCHOOL), by: "controllerDpo" });
    expect((await state(id, { statement: "noneTaken" })).id).toBe(review.id);
    expect(await entries("automatedDecisionStated")).toHaveLength(1);
    const access = await request("access", subject);
    expect(await codeOf(state(access, { statement: "noneTaken" }))).toBe("REQUEST_NOTHING_TO_DO");
  });
});
