/** The list of cases and what people ask in the hub, on both databases. */
import { PUBLISHER } from "@preau/contracts";
import { addHours, type ControllerId, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { askSupport } from "../src/ask-support.ts";
import { isOpened, openCases } from "../src/case-access.ts";
import { markErasedAtDesk } from "../src/erase-at-desk.ts";
import { ownSupport } from "../src/person-support.ts";
import { insertCase, readCase } from "../src/store/cases.ts";
import { insertWords } from "../src/store/words.ts";
import type { SupportCase, SupportWords } from "../src/support-case.ts";
import { viewCases } from "../src/view-cases.ts";
import { OTHER_SCHOOL, openHouseDatabases, openSupportHouse, SCHOOL } from "./support-house.ts";

const clock = manualClock();
const START = clock.now();

async function openHouse({ url }: { readonly url: string }) {
  const both = await openHouseDatabases(url);
  const house = await openSupportHouse(both, clock);
  return {
    ...house,
    close: async () => {
      await house.close();
      await Promise.all([both.database.close(), both.keysDatabase.close()]);
    },
  };
}

describeEachDatabase("cases of the support", openHouse, (fresh) => {
  const line = (id: `sup_${string}`, more: Partial<SupportCase> = {}): SupportCase => ({
    ...{ id, controller: SCHOOL, channel: "form", side: "hub", state: "open", desk: "none" },
    ...{ language: "fr", openedAt: START, lastAt: START, ...more },
  });
  const words = (of: SupportCase, id: `spw_${string}`, more: Partial<SupportWords>): SupportWords => ({
    ...{ id, controller: of.controller, case: of.id, from: "person", receivedAt: START, state: "kept" },
    ...{ masked: {}, files: 0, proposal: "none", matters: [], ...more },
  });

  it("stand by who is unknown, then by who has waited longest; each view, its count and its controller (S7)", async () => {
    const house = await fresh();
    const later = (hours: number) => addHours(START, hours);
    const cases = [
      line("sup_2", { lastAt: later(2) }),
      line("sup_1", { lastAt: later(1) }),
      line("sup_3", {
        controller: PUBLISHER,
        side: "unknown",
        channel: "desk",
        desk: "there",
        lastAt: later(3),
      }),
      line("sup_4", {
        controller: OTHER_SCHOOL,
        side: "desk",
        channel: "desk",
        desk: "stuck",
        lastAt: later(4),
      }),
      line("sup_5", { state: "answered", lastAt: later(5) }),
      line("sup_6", { state: "closed", closedAt: later(6) }),
    ] as const;
    await house.inUnit(async (unit) => {
      for (const each of cases) await insertCase(unit, each);
      const asks = { proposal: "open", matters: ["erasure"] } as const;
      for (const [id, proposalDueAt] of [
        ["spw_1", later(9)],
        ["spw_2", later(7)],
      ] as const)
        await insertWords(unit, { ...words(cases[0], id, { ...asks, proposalDueAt }), keyHash: id });
      await insertWords(unit, {
        ...words(cases[4], "spw_3", { from: "agent", state: "waits" }),
        keyHash: "spw_3",
      });
    });
    const ids = async (scope: ControllerId | "all", view: Parameters<typeof viewCases>[2]["view"]) =>
      (await viewCases(house.ports, scope, { view })).rows.map(({ line: { id } }) => id);
    expect(await ids("all", "open")).toEqual(["sup_3", "sup_1", "sup_2", "sup_4"]);
    expect(await ids("all", "unknown")).toEqual(["sup_3"]);
    expect(await ids("all", "stuck")).toEqual(["sup_4"]);
    expect(await ids("all", "closed")).toEqual(["sup_6"]);
    expect(await ids(SCHOOL, "open")).toEqual(["sup_1", "sup_2"]);
    expect(await ids(OTHER_SCHOOL, "open")).toEqual(["sup_4"]);
    expect(await ids(OTHER_SCHOOL, "rights")).toEqual([]);
    const { rows, counts } = await viewCases(house.ports, SCHOOL, { view: "rights" });
    expect(rows).toMatchObject([{ line: { id: "sup_2" }, proposalDueAt: later(7), waiting: 0 }]);
    expect(counts).toEqual({ open: 2, unknown: 0, rights: 1, stuck: 0, answered: 1, closed: 1 });
    expect((await viewCases(house.ports, "all", { view: "answered" })).rows[0]?.waiting).toBe(1);
    expect((await viewCases(house.ports, "all", { view: "open" })).counts).toMatchObject({
      stuck: 1,
      open: 4,
    });

    // Of what is no longer stuck nothing is said to be done by hand.
    const byHand = { scope: "all", case: "sup_4", by: { role: "support" } } as const;
    await house.inUnit((unit) => markErasedAtDesk(unit, house.ports, byHand));
    await house.inUnit((unit) => markErasedAtDesk(unit, house.ports, byHand));
    expect(await ids("all", "stuck")).toEqual([]);
  });

  it("are opened once a session and client, with a reason; another session asks again (DD.6)", async () => {
    const house = await fresh();
    const [one, other] = [line("sup_1"), line("sup_2", { controller: OTHER_SCHOOL })];
    const by = { role: "support", id: "act_1" } as const;
    await house.inUnit(async (unit) => {
      const reader = { session: "ses_1", by };
      expect(await isOpened(unit, one, reader)).toBe(false);
      for (const reason of ["answer", "check"] as const)
        await openCases(unit, house.ports, one, { ...reader, reason });
      expect(await isOpened(unit, line("sup_9"), reader)).toBe(true);
      expect(await isOpened(unit, other, reader)).toBe(false);
      expect(await isOpened(unit, one, { session: "ses_2", by })).toBe(false);
      expect(await isOpened(unit, one, { by })).toBe(false);
    });
    const entries = await house.database.knex("jrn_entry").select<{ readonly type: string }[]>("type");
    expect(entries.filter(({ type }) => type === "support-bridge.accessed")).toHaveLength(1);
  });

  it("begin once however often the form is pressed at the same moment, and show what is kept (DB.n)", async () => {
    const house = await fresh();
    const person = await house.person({ origin: "gar", kind: "gar.ido" });
    const ports = { ...house.ports, gate: house.gate };
    const press = { person, press: "prs_1", language: "fr" } as const;
    const text = "Le menu a disparu. Appelez Théodule Quincampoix au 06 12 34 56 78.";
    const lines = await Promise.all(
      Array.from({ length: 4 }, () =>
        house.inUnit((unit) => askSupport(unit, ports, house.options, { ...press, text })),
      ),
    );
    expect(new Set(lines.map(({ id }) => id)).size).toBe(1);
    const own = await house.inUnit((unit) => ownSupport(unit, ports, house.options, person, { marks: true }));
    expect(own.cases).toHaveLength(1);
    expect(own.cases[0]?.words).toHaveLength(1);
    expect(own.cases[0]?.words[0]?.said?.text).not.toContain("06 12 34 56 78");
    expect(own.offer).toMatchObject({ channel: "form", reason: "OUTSIDE_GAR_ONLY", clause: "DC" });
    // Somebody else's does not exist for them, nor for another controller.
    const other = await house.person({ origin: "gar", kind: "gar.ido" });
    const theirs = await house.inUnit((unit) =>
      ownSupport(unit, ports, house.options, other, { marks: true }),
    );
    expect(theirs.cases).toEqual([]);
    const [id = "sup_"] = lines.map((each) => each.id);
    expect(await house.inUnit((unit) => readCase(unit, OTHER_SCHOOL, id))).toBeUndefined();
  });
});
