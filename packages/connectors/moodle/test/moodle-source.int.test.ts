import { type Database, openDatabase } from "@preau/database";
import {
  controllerId,
  type ErasurePlan,
  type ErasureStep,
  isFault,
  type SubjectTarget,
  systemClock,
} from "@preau/kernel";
import { type MariaDb, moodleSchoolSkipReason, startMoodleSchool, temporaryFolder } from "@preau/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openFileStore } from "../src/file-store.ts";
import { makeMoodleSource, moodleMap } from "../src/index.ts";
import {
  changesBetween,
  checksums,
  extractFiles,
  invariants,
  placesHolding,
  referenceColumns,
  rowStates,
} from "./fixtures/moodle-school.ts";

const controller = controllerId("lycee-1");
const reason = moodleSchoolSkipReason();

if (reason !== undefined && process.env["CI"]) {
  it("erases a pupil of the populated Moodle school (D12.2): cannot run", () => {
    throw new Error(reason);
  });
}
if (reason !== undefined) process.stderr.write(`skipped: the populated Moodle school: ${reason}\n`);

describe.skipIf(reason !== undefined)(
  `the populated Moodle school${reason === undefined ? "" : ` (${reason})`}`,
  () => {
    let server: MariaDb;
    let database: Database;
    let statements = 0;

    beforeAll(async () => {
      server = await startMoodleSchool();
      database = await openDatabase({ url: server.url("moodle") });
      database.knex.on("query", () => {
        statements += 1;
      });
    }, 300_000);

    afterAll(async () => {
      await database.close();
      await server.stop();
    });

    // On a clock that stands still no batch is made smaller by a busy machine: statements can be counted.
    const clock = { ...systemClock, monotonic: () => 0 };
    const moodle = () => makeMoodleSource({ database, controller, clock });
    const target = (id: number): SubjectTarget => ({
      subject: `sub_${String(id).padStart(26, "0")}`,
      identifiers: [{ kind: "moodle.user", value: String(id) }],
    });
    const planFor = (...ids: number[]) =>
      moodle().source.plan({ controller, subjects: ids.map(target), ground: "account-deleted" });
    const erase = async (plan: ErasurePlan) => {
      const steps: ErasureStep[] = [];
      for await (const step of moodle().source.erase(plan)) steps.push(step);
      return steps;
    };
    const references = async (id: number) => {
      let rows = 0;
      for (const [table, columns] of referenceColumns()) {
        for (const column of columns) {
          const [row]: { n?: number | string }[] = await database
            .knex(table)
            .where(column, id)
            .count({ n: "*" });
          rows += Number(row?.n);
        }
      }
      return rows;
    };

    it("erases pupil 210 without residue, and touches nobody else (D12.2)", async () => {
      const texts = [
        "eleve0101",
        "100000100W",
        "Léa Richard",
        "0600000100",
        "0700000100",
        "100 rue des Lilas",
      ];
      const sums = await invariants(database);
      const before = await rowStates(database, 210);
      const unchanged = await checksums(database);
      expect(await references(210)).toBe(1209);
      expect((await placesHolding(database, texts)).length).toBeGreaterThan(4);
      const { second } = moodle();

      const started = performance.now();
      statements = 0;
      const plan = await planFor(210);
      const planned = [performance.now() - started, statements];
      expect((await second.lookAgain(controller, plan.traces)).hits).toBeGreaterThan(1200);
      expect(await checksums(database)).toEqual(unchanged);

      statements = 0;
      const from = performance.now();
      await erase(plan);
      const ran = [performance.now() - from, statements];
      process.stderr.write(
        `pupil 210: plan ${Math.round(planned[0] ?? 0)} ms, ${planned[1] ?? 0} statements; run ${Math.round(ran[0] ?? 0)} ms, ${ran[1] ?? 0} statements\n`,
      );

      const after = await rowStates(database, 210);
      const changes = changesBetween(before, after);
      const counts = (entries: readonly (readonly [string, number, number])[]) =>
        new Map(
          entries
            .filter(([, erased, changed]) => erased + changed > 0)
            .map(([table, ...rest]) => [table, rest]),
        );
      expect(
        counts(changes.map(({ table, erased, changed }) => [table, erased.length, changed.length])),
      ).toEqual(counts(plan.tables.map(({ table, erased, anonymised }) => [table, erased, anonymised])));
      expect(changes.filter(({ added }) => added > 0)).toEqual([]);
      // Rows that went or changed without a reference of their own hang on one that has: the invariants below say so.
      const children = new Set(
        [
          "question_usages",
          "question_attempts",
          "question_attempt_step_data",
          "assignsubmission_file",
          "assignsubmission_onlinetext",
          "assignfeedback_comments",
          "feedback_value",
          "message_popup_notifications",
          "message_conversations",
          "context",
          "files",
          "cache_flags",
        ].map((name) => `mdl_${name}`),
      );
      const strangers = changes.flatMap(({ table, erased, changed }) => {
        const rows = [...erased, ...changed].filter(({ refers }) => !refers).length;
        return rows > 0 && !children.has(table) ? [`${table}: ${rows}`] : [];
      });
      expect(strangers).toEqual([]);
      expect(await invariants(database)).toEqual(sums);

      expect(await references(210)).toBe(0);
      expect(await placesHolding(database, texts)).toEqual([]);
      const report = await second.lookAgain(controller, plan.traces);
      expect([report.hits, report.where]).toEqual([0, []]);
      expect([report.referenceColumns > 250, report.textColumns > 1200]).toEqual([true, true]);
      const [row] = (await database.knex("mdl_user").where({ id: 210 })) as Record<string, unknown>[];
      expect(row).toMatchObject({
        deleted: 1,
        firstname: "",
        lastname: "",
        email: "",
        idnumber: "",
        lastip: "",
      });
      expect(row?.["username"]).toMatch(/^erased-[0-9a-z]{26}$/);
    }, 120_000);

    it("is the same twice as once, and finds nothing left to plan (D12.2)", async () => {
      const plan = await planFor(210);
      expect(plan.tables.filter(({ erased, anonymised }) => erased + anonymised > 0)).toEqual([]);
      expect(await erase(plan)).toEqual([]);
    }, 60_000);

    it("refuses the guest, a site administrator and a person who is not there", async () => {
      const codeOf = async (work: Promise<unknown>) =>
        work.then(
          () => undefined,
          (error: unknown) => (isFault(error) ? error.code : error),
        );
      expect(await codeOf(planFor(1))).toBe("MOODLE_SITE_ACCOUNT");
      expect(await codeOf(planFor(2))).toBe("MOODLE_SITE_ACCOUNT");
      expect(await codeOf(planFor(999_999))).toBe("DATA_MAP_NO_SUBJECT");
    }, 60_000);

    it("stops before the first write at a plugin's table that holds the pupil, and names the entry to add (D12.2)", async () => {
      const { knex } = database;
      await knex.raw(
        "create table mdl_local_badges2 (id bigint primary key auto_increment, course bigint, userid bigint, note longtext)",
      );
      await knex("mdl_local_badges2").insert({ course: 212, userid: 211, note: "x" });
      const found: unknown = await planFor(211).catch((error: unknown) => error);
      expect(isFault(found, "DATA_MAP_UNKNOWN_TABLE")).toBe(true);
      if (!isFault(found)) return;
      expect(found.exit).toBe(2);
      expect(found.place).toBe("mdl_local_badges2.userid");
      expect(found.remedy("en")).toContain("local_badges2:");
      // The number of a course is no reference: pupil 212 may be planned.
      expect((await planFor(212)).notCovered.some(({ what }) => what.includes("local_badges2"))).toBe(false);
      const left = await moodle().source.plan({
        controller,
        subjects: [target(211)],
        ground: "instruction",
        leaveUnknown: true,
      });
      expect(left.notCovered.some(({ what }) => what.includes("mdl_local_badges2"))).toBe(true);
      await knex.raw("drop table mdl_local_badges2");
    }, 60_000);

    it("redacts what Moodle wrote about a pupil, and keeps and lists what others wrote (D12.2)", async () => {
      const { knex } = database;
      const [pupil] = (await knex("mdl_user").where({ id: 213 })) as {
        username: string;
        firstname: string;
        lastname: string;
        email: string;
      }[];
      const name = `${pupil?.firstname ?? ""} ${pupil?.lastname ?? ""}`;
      const [failed]: number[] = await knex("mdl_logstore_standard_log").insert({
        eventname: "\\core\\event\\user_login_failed",
        component: "core",
        action: "failed",
        target: "user_login",
        crud: "r",
        edulevel: 0,
        contextid: 1,
        contextlevel: 10,
        contextinstanceid: 0,
        userid: 0,
        timecreated: 1,
        other: JSON.stringify({ username: pupil?.username, reason: 3 }),
      });
      const [post] = (await knex("mdl_forum_posts").whereNot({ userid: 213 }).limit(1)) as { id: number }[];
      await knex("mdl_forum_posts")
        .where({ id: post?.id })
        .update({ message: `<p>Bravo ${name.toUpperCase().normalize("NFD")} !</p>` });
      const plan = await planFor(213);
      expect(plan.kept).toMatchObject([{ where: "mdl_forum_posts.message", rows: 1 }]);
      await erase(plan);
      const [log] = (await knex("mdl_logstore_standard_log").where({ id: failed })) as { other: string }[];
      expect(log?.other).toBe('{"username":"…","reason":3}');
      const report = await moodle().second.lookAgain(controller, plan.traces);
      expect(report.where).toEqual([{ place: "mdl_forum_posts.message", hits: 1 }]);
    }, 60_000);

    it("knows each of the 254 columns that Moodle's own keys and names point at a user with", () => {
      const { tables } = moodleMap();
      const unknown = [...referenceColumns()].flatMap(([name, columns]) => {
        const table = tables[name.slice("mdl_".length)];
        const known = new Set([...(table?.notReferences ?? []), ...(table?.rows.map(({ by }) => by) ?? [])]);
        return columns.filter((column) => !known.has(column)).map((column) => `${name}.${column}`);
      });
      expect(unknown).toEqual([]);
    });

    it("removes content files that no other row needs, and leaves the shared ones (D12.2)", async () => {
      const moodledata = await extractFiles(temporaryFolder());
      const { source } = makeMoodleSource({ database, controller, clock: systemClock, moodledata });
      // One of the pupil's contents is another pupil's too; one that the pupil brought is a wiki's.
      const { knex } = database;
      const [own]: { id: number; contenthash: string }[] = await knex("mdl_files as f")
        .join("mdl_context as c", "c.id", "f.contextid")
        .where({ "c.contextlevel": 30, "c.instanceid": 220 })
        .where("f.filesize", ">", 0)
        .select("f.*");
      const [others] = (await knex("mdl_context").where({ contextlevel: 30, instanceid: 221 })) as {
        id: number;
      }[];
      const { id: _id, ...copy } = own ?? { id: 0, contenthash: "" };
      await knex("mdl_files").insert([
        { ...copy, contextid: others?.id, userid: 221, pathnamehash: "1".repeat(40), author: "" },
        {
          ...copy,
          contextid: 2,
          component: "mod_wiki",
          filearea: "attachments",
          userid: 220,
          pathnamehash: "2".repeat(40),
        },
      ]);
      const plan = await source.plan({ controller, subjects: [target(220)], ground: "account-deleted" });
      expect(plan.notCovered.some(({ what }) => what.includes("filedir"))).toBe(false);
      const planned = plan.tables.find(({ table }) => table === "moodledata/filedir")?.erased ?? 0;
      expect(planned).toBeGreaterThan(0);
      const contents = async () => {
        let files = 0;
        for await (const path of (await openFileStore(moodledata)).contents()) files += path === "" ? 0 : 1;
        return files;
      };
      const before = await contents();
      expect((await source.remaining(plan)).find(({ table }) => table === "moodledata/filedir")?.erased).toBe(
        planned,
      );
      let removed = 0;
      for await (const step of source.erase(plan))
        if (step.table === "moodledata/filedir") removed += step.erased;
      expect(removed).toBe(planned);
      expect(await contents()).toBe(before - planned);
      expect(await (await openFileStore(moodledata)).present([own?.contenthash ?? ""])).toHaveLength(1);
      expect(
        await knex("mdl_files")
          .where({ pathnamehash: "1".repeat(40) })
          .first("userid"),
      ).toEqual({ userid: 221 });
      const wiki = await knex("mdl_files")
        .where({ pathnamehash: "2".repeat(40) })
        .first("userid", "author");
      expect(wiki).toEqual({ userid: null, author: null });
      expect(
        (await source.remaining(plan)).filter(({ erased, anonymised }) => erased + anonymised > 0),
      ).toEqual([]);
    }, 60_000);

    it("erases 50 pupils with statements that grow with tables, not with pupils (D12.2)", async () => {
      const sums = await invariants(database);
      const ids = Array.from({ length: 50 }, (_, index) => 300 + index);
      statements = 0;
      const from = performance.now();
      const plan = await planFor(...ids);
      const [planned, planStatements] = [performance.now() - from, statements];
      const steps = await erase(plan);
      const [total, all] = [performance.now() - from, statements];
      process.stderr.write(
        `50 pupils: plan ${Math.round(planned)} ms, ${planStatements} statements; plan and run ${Math.round(total)} ms, ${all} statements\n`,
      );
      const sum = (list: readonly { erased: number; anonymised: number }[]) =>
        list.reduce((n, each) => n + each.erased + each.anonymised, 0);
      expect(sum(steps)).toBe(sum(plan.tables));
      expect(all / ids.length).toBeLessThanOrEqual(10);
      const report = await moodle().second.lookAgain(controller, plan.traces);
      expect(report.where).toEqual([]);
      expect(await invariants(database)).toEqual(sums);
    }, 120_000);
  },
);
