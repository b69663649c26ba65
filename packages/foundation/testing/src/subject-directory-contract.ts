import {
  controllerId,
  type Identifier,
  type SubjectDirectory,
  type SubjectId,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface SubjectDirectoryBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly directory: SubjectDirectory;
}

/** What every subject directory owes: one person one subject, one controller at a time. */
export function subjectDirectoryContract(
  title: string,
  make: () => SubjectDirectoryBench | Promise<SubjectDirectoryBench>,
): void {
  const [a, b] = [controllerId("college-1"), controllerId("college-2")];
  const moodleUser = (value: string): Identifier => ({ kind: "moodle.user", value });
  const [zoe, noe] = [moodleUser("210"), moodleUser("211")];
  const mail: Identifier = { kind: "mail", value: "zoe@college-1.example" };

  const setUpDirectory = async () => {
    const bench = await setUp(make);
    const { directory, unitOfWork } = bench;
    const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
    return {
      ...bench,
      inUnit,
      find: (controller: typeof a, identifier: Identifier) =>
        inUnit((unit) => directory.find(unit, controller, identifier)),
      identify: (controller: typeof a, identifier: Identifier) =>
        inUnit((unit) => directory.identify(unit, controller, identifier)),
      link: (controller: typeof a, subject: SubjectId, identifier: Identifier) =>
        inUnit((unit) => directory.link(unit, controller, subject, identifier)),
      identifiers: (controller: typeof a, subject: SubjectId) =>
        inUnit((unit) => directory.identifiers(unit, controller, subject)),
      forget: (controller: typeof a, subject: SubjectId) =>
        inUnit((unit) => directory.forget(unit, controller, subject)),
    };
  };

  describe(`${title}: subject directory`, () => {
    it("knows nobody at first", async () => {
      const { find } = await setUpDirectory();
      expect(await find(a, zoe)).toBeUndefined();
    });

    it("makes one subject an identifier, and finds it again", async () => {
      const { identify, find } = await setUpDirectory();
      const subject = await identify(a, zoe);
      expect(subject).toMatch(/^sub_[0-9a-z]{20,}$/);
      expect(subject).not.toContain(zoe.value);
      expect(await identify(a, zoe)).toBe(subject);
      expect(await find(a, zoe)).toBe(subject);
      expect(await identify(a, noe)).not.toBe(subject);
    });

    it("reads what its own unit has made", async () => {
      const { inUnit, directory } = await setUpDirectory();
      await inUnit(async (unit) => {
        const subject = await directory.identify(unit, a, zoe);
        expect(await directory.find(unit, a, zoe)).toBe(subject);
        await directory.link(unit, a, subject, mail);
        expect(await directory.identify(unit, a, mail)).toBe(subject);
      });
    });

    it("gives two that ask at once the same subject", async () => {
      const { identify } = await setUpDirectory();
      const subjects = await Promise.all(Array.from({ length: 8 }, () => identify(a, zoe)));
      expect(new Set(subjects).size).toBe(1);
    });

    it("makes no subject in a unit that rolls back", async () => {
      const { inUnit, directory, find } = await setUpDirectory();
      await codeOf(
        inUnit(async (unit) => {
          await directory.identify(unit, a, zoe);
          throw new Error("no");
        }),
      );
      expect(await find(a, zoe)).toBeUndefined();
    });

    it("never shares a subject between two controllers", async () => {
      const { identify, find, identifiers } = await setUpDirectory();
      const one = await identify(a, zoe);
      expect(await find(b, zoe)).toBeUndefined();
      const two = await identify(b, zoe);
      expect(two).not.toBe(one);
      expect(await identifiers(b, one)).toEqual([]);
      expect(await identifiers(a, two)).toEqual([]);
    });

    it("forgets for one controller alone", async () => {
      const { identify, forget, find } = await setUpDirectory();
      const [one, two] = [await identify(a, zoe), await identify(b, zoe)];
      await forget(b, one);
      expect(await find(a, zoe)).toBe(one);
      await forget(a, one);
      expect(await find(b, zoe)).toBe(two);
    });

    it("links nothing to a subject that is unknown, forgotten or another controller's (SUBJECT_UNKNOWN)", async () => {
      const { identify, link, forget, find } = await setUpDirectory();
      const subject = await identify(a, mail);
      expect(await codeOf(link(b, subject, zoe))).toBe("SUBJECT_UNKNOWN");
      expect(await codeOf(link(a, "sub_never", zoe))).toBe("SUBJECT_UNKNOWN");
      await forget(a, subject);
      expect(await codeOf(link(a, subject, zoe))).toBe("SUBJECT_UNKNOWN");
      expect(await find(a, zoe)).toBeUndefined();
    });

    it("links identifiers of several systems to one subject, once each", async () => {
      const { identify, link, find, identifiers } = await setUpDirectory();
      const subject = await identify(a, zoe);
      await link(a, subject, mail);
      await link(a, subject, mail);
      await link(a, subject, zoe);
      expect(await find(a, mail)).toBe(subject);
      const all = await identifiers(a, subject);
      expect(all).toHaveLength(2);
      expect(all).toEqual(expect.arrayContaining([zoe, mail]));
    });

    it("refuses an identifier of another subject, and changes nothing (SUBJECT_LINK_TAKEN)", async () => {
      const { identify, link, find, identifiers } = await setUpDirectory();
      const [one, two] = [await identify(a, zoe), await identify(a, noe)];
      expect(await codeOf(link(a, two, zoe))).toBe("SUBJECT_LINK_TAKEN");
      expect(await find(a, zoe)).toBe(one);
      expect(await identifiers(a, two)).toEqual([noe]);
    });

    it("has nothing left of a forgotten subject, and forgets twice as once", async () => {
      const { identify, link, forget, find, identifiers } = await setUpDirectory();
      const [subject, other] = [await identify(a, zoe), await identify(a, noe)];
      await link(a, subject, mail);
      await forget(a, subject);
      await forget(a, subject);
      expect(await identifiers(a, subject)).toEqual([]);
      expect([await find(a, zoe), await find(a, mail)]).toEqual([undefined, undefined]);
      expect(await identify(a, zoe)).not.toBe(subject);
      expect(await identifiers(a, other)).toEqual([noe]);
    });

    it("gives no identifiers of a subject that nobody knows", async () => {
      const { identifiers, forget } = await setUpDirectory();
      expect(await identifiers(a, "sub_00000000000000000000000000")).toEqual([]);
      await forget(a, "sub_00000000000000000000000000");
    });

    it.each([
      ["case", "Zoe@x.example", "zoe@x.example"],
      ["a final space", "zoe", "zoe "],
      ["accents", "zoé", "zoe"],
      ["normal forms", "zo\u00e9", "zoe\u0301"],
      ["where kind and value meet", "b.c", "c"],
    ])("normalises nothing: %s makes another identifier", async (what, one, other) => {
      const { identify, identifiers } = await setUpDirectory();
      const meeting = what.startsWith("where");
      const first = { kind: meeting ? "a" : "mail", value: one };
      const second = { kind: meeting ? "a.b" : "mail", value: other };
      const [left, right] = [await identify(a, first), await identify(a, second)];
      expect(right).not.toBe(left);
      expect(await identifiers(a, left)).toEqual([first]);
      expect(await identifiers(a, right)).toEqual([second]);
    });

    it("lists those of one controller page by page, each once, and nobody who is forgotten", async () => {
      const { unitOfWork, directory, identify, forget } = await setUpDirectory();
      const made: SubjectId[] = [];
      for (const value of ["1", "2", "3", "4"]) made.push(await identify(a, { kind: "lms", value }));
      await unitOfWork.transaction((unit) =>
        directory.link(unit, a, made[0] as SubjectId, { kind: "gar", value: "x" }),
      );
      await identify(b, { kind: "lms", value: "1" });
      await forget(a, made[1] as SubjectId);
      const list = (after?: SubjectId) =>
        unitOfWork.transaction(
          async (unit) =>
            (await directory.list?.(unit, a, { limit: 2, ...(after === undefined ? {} : { after }) })) ?? [],
        );
      const first = await list();
      const rest = await list(first.at(-1));
      expect([...first, ...rest]).toEqual([made[0], made[2], made[3]].sort());
    });

    it("works in no unit that has ended (UNIT_CLOSED)", async () => {
      const { unitOfWork, directory } = await setUpDirectory();
      const ended = await unitOfWork.transaction(async (unit) => unit);
      expect(await codeOf(directory.identify(ended, a, zoe))).toBe("UNIT_CLOSED");
      expect(await codeOf(directory.find(ended, a, zoe))).toBe("UNIT_CLOSED");
    });
  });
}
