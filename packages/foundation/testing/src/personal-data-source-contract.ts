import type {
  ControllerId,
  ErasurePlan,
  ErasureStep,
  LookAgain,
  PersonalDataSource,
  PlanRequest,
  SubjectTarget,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";
import { hitsOutsideKept, listOf, rowsOf, withoutKept } from "./collected-records.ts";
import { type InventedPerson, somePersons } from "./invented-persons.ts";
import { changesOf, differences, type Snapshot, totalOf } from "./row-differences.ts";

export interface PersonalDataSourceBench extends Closable {
  readonly source: PersonalDataSource;
  readonly second: LookAgain;
  readonly controller: ControllerId;
  readonly otherController: ControllerId;
  /**
   * Stores a person of `controller`, in several rows of several tables, some to erase and some to anonymise where the
   * store knows both; gives the target as the hub would, the person's clear texts among its identifiers.
   */
  readonly populate: (person: InventedPerson) => Promise<SubjectTarget>;
  /** Every row of the store that an erasure could change, marks of restriction left out. */
  readonly snapshot: () => Promise<Snapshot>;
  /**
   * Writes a row about the first person in which the second stands too: by key, or by address in a text. Absent in a store
   * where no row can hold two persons.
   */
  readonly relate?: (
    about: SubjectTarget,
    names: { readonly target: SubjectTarget; readonly person: InventedPerson },
  ) => Promise<void>;
  /** A text about a populated person that may be corrected. Absent of a store that tells what happened elsewhere: nothing in it may. */
  readonly correctable?: { readonly where: string; readonly field: string };
  /** Writes a text of that controller where the source's erasure does not look and the second look must. */
  readonly plant: (text: string) => Promise<void>;
  /** Makes writes fail until the returned function is called. */
  readonly breakWrites: () => Promise<() => Promise<void>>;
}

/** What every store of personal data owes, with the second look over it. @clause D10.1a, D12.2 */
export function personalDataSourceContract(
  title: string,
  make: () => PersonalDataSourceBench | Promise<PersonalDataSourceBench>,
): void {
  const setUpSource = async () => {
    const bench = await setUp(make);
    const { source, controller } = bench;
    const [mine, others] = somePersons(2, 5) as [InventedPerson, InventedPerson];
    const [target, other] = [await bench.populate(mine), await bench.populate(others)];
    const collect = (subject: SubjectTarget, of: ControllerId = controller) =>
      listOf(source.collect({ controller: of, subject }));
    const plan = (change: Partial<PlanRequest> = {}) =>
      source.plan({ controller, subjects: [target], ground: "account-deleted", ...change });
    const erase = (made: ErasurePlan) => listOf(source.erase(made));
    return { ...bench, mine, others, target, other, collect, plan, erase };
  };

  describe(`${title}: collect (D10.1a)`, () => {
    it("gives everything of that person, each record with category and purpose", async () => {
      const { source, collect, target, other, mine } = await setUpSource();
      const records = await collect(target);
      expect(records.length).toBeGreaterThan(0);
      expect(JSON.stringify(records)).toContain(JSON.stringify(mine.email).slice(1, -1));
      const { categories } = source.describe();
      for (const record of records) {
        expect(categories).toContain(record.category);
        expect(record.purpose).not.toBe("");
      }
      expect(rowsOf(await collect(other)).filter((row) => rowsOf(records).includes(row))).toEqual([]);
    });

    it("gives another controller nothing, plans nothing for it, erases nothing for it", async () => {
      const { source, collect, target, otherController, snapshot } = await setUpSource();
      const before = await snapshot();
      expect(await collect(target, otherController)).toEqual([]);
      const foreign = await source.plan({
        controller: otherController,
        subjects: [target],
        ground: "instruction",
      });
      expect(totalOf(foreign.tables)).toEqual({ erased: 0, anonymised: 0, kept: 0 });
      await listOf(source.erase(foreign));
      expect(await snapshot()).toEqual(before);
    });

    it("gives nothing for a person that the store does not know", async () => {
      const { collect, target, plan } = await setUpSource();
      const stranger: SubjectTarget = {
        subject: "sub_0000000000000000000stranger",
        identifiers: target.identifiers.map(({ kind }) => ({ kind, value: "987654321" })),
      };
      expect(await collect(stranger)).toEqual([]);
      const planned = await plan({ subjects: [stranger] });
      expect(totalOf(planned.tables)).toEqual({ erased: 0, anonymised: 0, kept: 0 });
    });

    it("withholds every other person where it is told to, and says from which columns; nothing of the person is lost (D10.1a)", async () => {
      const { source, controller, collect, relate, target, other, others } = await setUpSource();
      await relate?.(target, { target: other, person: others });
      const whole = await collect(target);
      const given = await listOf(source.collect({ controller, subject: target, others: "withhold" }));
      expect(given.map(({ where }) => where)).toEqual(whole.map(({ where }) => where));
      const text = JSON.stringify(given.map(({ row }) => row));
      for (const secret of [others.email, others.login, `${others.givenName} ${others.familyName}`])
        expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
      if (relate !== undefined) {
        expect(JSON.stringify(whole)).not.toBe(JSON.stringify(given));
        expect(given.some(({ withheld }) => (withheld?.length ?? 0) > 0)).toBe(true);
      }
      given.forEach(({ row, withheld = [] }, index) => {
        for (const [column, value] of Object.entries(whole[index]?.row ?? {}))
          if (!withheld.includes(column)) expect(row[column]).toEqual(value);
      });
    });

    it("stops when it is told to", async () => {
      const { source, controller, target } = await setUpSource();
      const stop = AbortSignal.abort();
      const run = listOf(source.collect({ controller, subject: target, signal: stop }));
      expect(await codeOf(run)).toBeDefined();
    });
  });

  describe(`${title}: plan an erasure (D12.2)`, () => {
    it("writes nothing", async () => {
      const { plan, snapshot } = await setUpSource();
      const before = await snapshot();
      await plan();
      await plan({ ground: "retention" });
      expect(await snapshot()).toEqual(before);
    });

    it("counts exactly the rows that the run then erases and anonymises, table by table", async () => {
      const { plan, erase, snapshot } = await setUpSource();
      const before = await snapshot();
      const made = await plan();
      expect(totalOf(made.tables).erased + totalOf(made.tables).anonymised).toBeGreaterThan(0);
      const steps = await erase(made);
      const really = differences(before, await snapshot());
      expect(really).toEqual(changesOf(made.tables));
      expect(changesOf(steps)).toEqual(changesOf(made.tables));
    });

    it("plans two persons as the two together, and each alone", async () => {
      const { plan, target, other, erase, collect } = await setUpSource();
      const both = await plan({ subjects: [target, other] });
      expect([...both.subjects].sort()).toEqual([target.subject, other.subject].sort());
      await erase(both);
      expect(withoutKept(await collect(target), both)).toEqual([]);
      expect(withoutKept(await collect(other), both)).toEqual([]);
    });

    it("names a reason and a clause for every row that it keeps", async () => {
      const { plan } = await setUpSource();
      const { kept, tables } = await plan();
      for (const each of kept)
        expect([each.reason !== "", each.clause !== "", each.rows > 0]).toEqual([true, true, true]);
      expect(kept.reduce((sum, each) => sum + each.rows, 0)).toBe(totalOf(tables).kept);
    });

    it("blocks a held person with the clause of the hold, and erases the others of the plan", async () => {
      const { plan, target, other, erase, collect } = await setUpSource();
      const held = [{ subject: target.subject, clause: "D6.2c" }];
      const before = await collect(target);
      const made = await plan({ subjects: [target, other], held });
      expect(made.blocked).toEqual([{ subject: target.subject, reason: "held", clause: "D6.2c" }]);
      expect(made.subjects).toEqual([other.subject]);
      await erase(made);
      expect(rowsOf(await collect(target))).toEqual(rowsOf(before));
      expect(withoutKept(await collect(other), made)).toEqual([]);
    });
  });

  describe(`${title}: erase (D12.2)`, () => {
    it("leaves nothing to collect but what the plan keeps, and nothing remaining", async () => {
      const { source, plan, erase, collect, target } = await setUpSource();
      const made = await plan();
      expect(changesOf(await source.remaining(made))).toEqual(changesOf(made.tables));
      await erase(made);
      expect(withoutKept(await collect(target), made)).toEqual([]);
      const left = await source.remaining(made);
      expect(changesOf(left)).toEqual(new Map());
      expect(totalOf(left).kept).toBe(totalOf(made.tables).kept);
    });

    it("is the same twice as once, with the same plan or a new one", async () => {
      const { plan, erase, snapshot } = await setUpSource();
      const made = await plan();
      await erase(made);
      const once = await snapshot();
      expect(changesOf(await erase(made))).toEqual(new Map());
      const again = await plan();
      expect(changesOf(again.tables)).toEqual(new Map());
      await erase(again);
      expect(await snapshot()).toEqual(once);
    });

    it("leaves every record of other persons as it was", async () => {
      const { plan, erase, collect, other } = await setUpSource();
      const before = rowsOf(await collect(other));
      await erase(await plan());
      expect(rowsOf(await collect(other))).toEqual(before);
    });

    it("runs from a plan that went through JSON, as after a restart", async () => {
      const { plan, erase, collect, target } = await setUpSource();
      const made = JSON.parse(JSON.stringify(await plan())) as ErasurePlan;
      await erase(made);
      expect(withoutKept(await collect(target), made)).toEqual([]);
    });

    it.each(["its last cursor", "no cursor"])(
      "goes on from %s after it was stopped between two steps",
      async (from) => {
        const { source, plan, snapshot, collect, target } = await setUpSource();
        const before = await snapshot();
        const made = await plan();
        const stop = new AbortController();
        const steps: ErasureStep[] = [];
        const run = async () => {
          for await (const step of source.erase(made, { signal: stop.signal })) {
            steps.push(step);
            stop.abort();
          }
        };
        const stopped = await codeOf(run());
        const cursor = steps.at(-1)?.cursor;
        expect(steps.length).toBeLessThanOrEqual(1);
        // A store that needs one step alone has ended before it could hear; every other says that it was stopped.
        const done = totalOf(steps).erased + totalOf(steps).anonymised;
        if (done < totalOf(made.tables).erased + totalOf(made.tables).anonymised)
          expect(stopped).toBeDefined();
        const rest = await listOf(
          source.erase(made, from === "no cursor" || cursor === undefined ? {} : { resume: cursor }),
        );
        expect(changesOf([...steps, ...rest])).toEqual(changesOf(made.tables));
        expect(differences(before, await snapshot())).toEqual(changesOf(made.tables));
        expect(withoutKept(await collect(target), made)).toEqual([]);
      },
    );

    it("tells a cursor that holds nobody's data", async () => {
      const { plan, erase, mine } = await setUpSource();
      const cursors = JSON.stringify((await erase(await plan())).map((step) => step.cursor));
      for (const text of [mine.email, mine.login, mine.familyName]) expect(cursors).not.toContain(text);
    });

    it("says by throwing that it failed, and ends well once the store does", async () => {
      const { plan, erase, breakWrites, collect, target } = await setUpSource();
      const made = await plan();
      const mend = await breakWrites();
      const failure = await codeOf(erase(made));
      await mend();
      expect(failure).toBeDefined();
      expect(withoutKept(await collect(target), made).length).toBeGreaterThan(0);
      await erase(made);
      expect(withoutKept(await collect(target), made)).toEqual([]);
    });
  });

  describe(`${title}: restrict and lift (D10.1a, GDPR art. 18)`, () => {
    it("keeps a restricted person's data, and erases it under no plan", async () => {
      const { source, controller, target, plan, erase, collect } = await setUpSource();
      const before = rowsOf(await collect(target));
      const early = await plan();
      expect((await source.restrict(controller, target)).refused).toEqual([]);
      const late = await plan();
      expect(late.blocked).toMatchObject([{ subject: target.subject, reason: "restricted" }]);
      expect(late.subjects).toEqual([]);
      expect(changesOf(late.tables)).toEqual(new Map());
      await erase(late);
      // A plan made before the restriction: refused, aloud.
      expect(await codeOf(erase(early))).toBeDefined();
      expect(rowsOf(await collect(target)).length).toBe(before.length);
    });

    it("lifts a restriction without a trace of it, and erases then", async () => {
      const { source, controller, target, plan, erase, collect, snapshot } = await setUpSource();
      const [rows, stored] = [rowsOf(await collect(target)), await snapshot()];
      await source.restrict(controller, target);
      await source.restrict(controller, target);
      await source.lift(controller, target);
      expect(rowsOf(await collect(target))).toEqual(rows);
      expect(await snapshot()).toEqual(stored);
      const made = await plan();
      expect(made.blocked).toEqual([]);
      await erase(made);
      expect(withoutKept(await collect(target), made)).toEqual([]);
    });

    it("restricts one person, for one controller", async () => {
      const { source, controller, otherController, target, other, plan } = await setUpSource();
      await source.restrict(otherController, target);
      expect((await plan()).blocked).toEqual([]);
      await source.restrict(controller, target);
      expect((await plan({ subjects: [other] })).blocked).toEqual([]);
      expect((await source.lift(otherController, target)).changed).toBe(0);
      expect((await plan()).blocked).toHaveLength(1);
    });

    it("says who is restricted, where it can tell", async () => {
      const { source, controller, otherController, target, other } = await setUpSource();
      if (source.isRestricted === undefined) return;
      expect(await source.isRestricted(controller, target)).toBe(false);
      await source.restrict(controller, target);
      expect(await source.isRestricted(controller, target)).toBe(true);
      expect(await source.isRestricted(controller, other)).toBe(false);
      expect(await source.isRestricted(otherController, target)).toBe(false);
      await source.lift(controller, target);
      expect(await source.isRestricted(controller, target)).toBe(false);
    });
    it("has nothing to lift where nothing is restricted", async () => {
      const { source, controller, target, snapshot } = await setUpSource();
      const before = await snapshot();
      expect(await source.lift(controller, target)).toEqual({ changed: 0, refused: [] });
      expect(await snapshot()).toEqual(before);
    });
  });

  describe(`${title}: rectify (D10.1a)`, () => {
    it("corrects that person's text, and no other's", async () => {
      const { source, controller, correctable, target, other, collect } = await setUpSource();
      if (correctable === undefined) return;
      const before = rowsOf(await collect(other));
      const result = await source.rectify({
        controller,
        subject: target,
        changes: [{ ...correctable, value: "Corrigé à l’été" }],
      });
      expect(result.changed).toBeGreaterThan(0);
      expect(result.refused).toEqual([]);
      expect(JSON.stringify(await collect(target))).toContain("Corrigé à l’été");
      expect(rowsOf(await collect(other))).toEqual(before);
    });

    it("says what it could not correct, and changes nothing there", async () => {
      const { source, controller, target, snapshot } = await setUpSource();
      const before = await snapshot();
      const result = await source.rectify({
        controller,
        subject: target,
        changes: [{ where: "no_such_table", field: "no_such_field", value: "x" }],
      });
      expect(result.changed).toBe(0);
      expect(result.refused).toHaveLength(1);
      expect(await snapshot()).toEqual(before);
    });
  });

  describe(`${title}: the second look (D12.2)`, () => {
    it("finds the person before the erasure, and nobody after", async () => {
      const { second, controller, plan, erase } = await setUpSource();
      const made = await plan();
      expect((await second.lookAgain(controller, made.traces)).hits).toBeGreaterThan(0);
      await erase(made);
      const report = await second.lookAgain(controller, made.traces);
      expect(hitsOutsideKept(report.where, made)).toEqual([]);
      expect(report.referenceColumns + report.textColumns).toBeGreaterThan(0);
    });

    it("finds a residue that the erasure did not reach, and names the place, not the value", async () => {
      const { second, controller, plan, erase, plant, mine } = await setUpSource();
      const made = await plan();
      await erase(made);
      await plant(`Écrire à ${mine.email}, sans faute.`);
      const report = await second.lookAgain(controller, made.traces);
      expect(hitsOutsideKept(report.where, made)).toHaveLength(1);
      expect(report.hits).toBe(report.where.reduce((sum, each) => sum + each.hits, 0));
      for (const text of [mine.email, mine.login, mine.familyName])
        expect(JSON.stringify(report)).not.toContain(text);
    });

    it("takes other persons for nobody", async () => {
      const { second, controller, plan, erase, plant, others } = await setUpSource();
      const made = await plan();
      await erase(made);
      await plant(`Écrire à ${others.email}.`);
      expect(hitsOutsideKept((await second.lookAgain(controller, made.traces)).where, made)).toEqual([]);
    });

    it("finds nobody in another controller's data", async () => {
      const { second, otherController, plan } = await setUpSource();
      const { traces } = await plan();
      expect((await second.lookAgain(otherController, traces)).hits).toBe(0);
    });

    it("changes nothing", async () => {
      const { second, controller, plan, snapshot } = await setUpSource();
      const { traces } = await plan();
      const before = await snapshot();
      await second.lookAgain(controller, traces);
      expect(await snapshot()).toEqual(before);
    });
  });
}
