/** Sites as they are: plugins with odd tables, namesakes, names full of signs, teachers who learn, Moodle's own deletions. */
import { extendDataMap } from "@preau/data-map";
import { isFault } from "@preau/kernel";
import { expect, it } from "vitest";
import { moodleMap } from "../src/index.ts";
import { changesBetween, invariants, placesHolding, rowStates } from "./fixtures/moodle-school.ts";
import { controller, describeMoodle, planBy, planned, run } from "./fixtures/moodle-under-test.ts";

describeMoodle("Moodles as they are (D12.2)", (school) => {
  const { moodle } = school;
  const refusal = async (work: Promise<unknown>) => {
    const found: unknown = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!isFault(found, "DATA_MAP_UNKNOWN_TABLE")) throw found;
    return {
      place: found.place?.split(", ") ?? [],
      entry: found.remedy("en")?.split(":\n").slice(1).join(":\n") ?? "",
    };
  };
  const checksums = async () => {
    const tables = await school.server.sql(
      "select table_name from information_schema.tables where table_schema = 'moodle'",
    );
    return school.server.sql(`checksum table ${tables.trim().split("\n").join(", ")}`, "moodle");
  };
  const user = async (id: number) => {
    const [row] = (await school.database.knex("mdl_user").where({ id })) as Record<string, string>[];
    return row ?? {};
  };

  it("stops at plugins' tables of every make before it writes, and goes on once the printed entries are added", async () => {
    const { knex } = school.database;
    const { email = "", lastname = "", username = "" } = await user(230);
    await school.server.sql(
      `create table mdl_local_texts (id bigint primary key auto_increment, useridtext varchar(40), course bigint);
       create table mdl_local_json (id bigint primary key auto_increment, payload longtext);
       create table mdl_local_php (id bigint primary key auto_increment, config mediumtext) charset latin1;
       create table mdl_local_old (id bigint primary key auto_increment, who varchar(200)) charset utf8mb3;
       create table MDL_LOCAL_UPPER (ID bigint primary key auto_increment, USERID bigint, INFO varchar(200));
       create table local_bare (student_id bigint, \`comment\` text);
       create table mdl_local_others (id bigint primary key auto_increment, userid bigint, note text)`,
      "moodle",
    );
    await knex("mdl_local_texts").insert([
      { useridtext: "230", course: 231 },
      { useridtext: "231", course: 230 },
    ]);
    await knex("mdl_local_json").insert({
      payload: JSON.stringify({ id: 230, mail: email.replace("@", "\\u0040") }).replaceAll("\\\\", "\\"),
    });
    await knex("mdl_local_php").insert({ config: `a:1:{s:5:"login";s:${username.length}:"${username}";}` });
    await knex("mdl_local_old").insert({ who: `x ${email.toUpperCase()} y` });
    await knex("MDL_LOCAL_UPPER").insert([
      { USERID: 230, INFO: "a" },
      { USERID: 231, INFO: "b" },
    ]);
    await knex("local_bare").insert([
      { student_id: 230, comment: "a" },
      { student_id: 231, comment: "b" },
    ]);
    await knex("mdl_local_others").insert({ userid: 231, note: `${lastname} is an ordinary word` });

    const before = await checksums();
    const stopped = await refusal(planBy(moodle(), 230));
    expect(stopped.place.toSorted()).toEqual(
      [
        "MDL_LOCAL_UPPER.USERID",
        "local_bare.student_id",
        "mdl_local_json.payload",
        "mdl_local_old.who",
        "mdl_local_php.config",
        "mdl_local_texts.useridtext",
      ].toSorted(),
    );
    expect(await checksums()).toBe(before);

    const site = moodle(extendDataMap(moodleMap(), `tables:\n${stopped.entry}`));
    const plan = await planBy(site, 230);
    expect(await run(site, plan)).toBe(planned(plan));
    expect((await site.second.lookAgain(controller, plan.traces)).where).toEqual([]);
    expect(await placesHolding(school.database, [email, username])).toEqual([]);
    const left = async (table: string) => Number((await knex(table).count({ n: "*" }))[0]?.["n"]);
    expect([
      await left("mdl_local_texts"),
      await left("MDL_LOCAL_UPPER"),
      await left("local_bare"),
      await left("mdl_local_others"),
    ]).toEqual([1, 1, 1, 1]);
  }, 120_000);

  it("finds a name full of signs in every spelling, and leaves a namesake and whoever bears a part of it alone", async () => {
    const { knex } = school.database;
    await knex("mdl_user").where({ id: 232 }).update({
      firstname: "Zoé_%",
      lastname: 'O\'Brïen "d"',
      email: "z%o_e+1@eleve.example.invalid",
      username: "zoé.o'brien_%",
    });
    await knex("mdl_user").where({ id: 233 }).update({ email: "xz%o_e+1@eleve.example.invalid" });
    // 234 and 235 bear one name: a text with it names nobody of the two.
    await knex("mdl_user").whereIn("id", [234, 235]).update({ firstname: "Lou", lastname: "Petitjean" });
    const posts: { id: number }[] = await knex("mdl_forum_posts")
      .whereNotIn("userid", [232, 234])
      .limit(3)
      .select("id");
    const [first, second, third] = posts.map(({ id }) => id);
    await knex("mdl_forum_posts")
      .where({ id: first })
      .update({ message: "<p>ZOÉ_% O&#39;BRÏEN &quot;D&quot; a écrit</p>".normalize("NFD") });
    await knex("mdl_forum_posts")
      .where({ id: second })
      .update({ message: "écrire à xz%o_e+1@eleve.example.invalid, pas à zXo_e+1@eleve.example.invalid" });
    await knex("mdl_forum_posts").where({ id: third }).update({ message: "Bravo Lou Petitjean" });
    const strangers = async () => [
      await knex("mdl_user").whereIn("id", [233, 235]).orderBy("id"),
      await knex("mdl_forum_posts")
        .whereIn(
          "id",
          posts.map(({ id }) => id),
        )
        .orderBy("id"),
    ];
    const before = await strangers();
    const site = moodle();
    const plan = await planBy(site, 232, 234);
    expect(plan.kept.map(({ where, rows }) => [where, rows])).toEqual([["mdl_forum_posts.message", 1]]);
    expect(plan.notCovered.some(({ what }) => what.includes("firstname+lastname"))).toBe(true);
    expect(await run(site, plan)).toBe(planned(plan));
    const report = await site.second.lookAgain(controller, plan.traces);
    expect(report.where).toEqual([{ place: "mdl_forum_posts.message", hits: 1 }]);
    expect(await strangers()).toEqual(before);
  }, 120_000);

  it("erases a teacher, who also learns, and leaves grades, courses and questions as they are", async () => {
    const { knex } = school.database;
    const teacher = 105;
    const [course]: { id: number }[] = await knex("mdl_context")
      .where({ contextlevel: 50, instanceid: 30 })
      .select("id");
    await knex("mdl_role_assignments").insert({
      roleid: 5,
      contextid: course?.id,
      userid: teacher,
      timemodified: 1,
      modifierid: teacher,
    });
    await knex("mdl_grade_grades").where({ userid: 240 }).update({ usermodified: teacher });
    await knex("mdl_question")
      .whereBetween("id", [1, 20])
      .update({ createdby: teacher, modifiedby: teacher });
    await knex("mdl_assign_grades").where({ userid: 240 }).update({ grader: teacher });
    await knex.raw(
      "update mdl_question_attempt_steps set userid = ? where userid = 240 order by id limit 5",
      [teacher],
    );
    const sums = await invariants(school.database);
    const grades = await knex("mdl_grade_grades")
      .where({ userid: 240 })
      .orderBy("id")
      .select("id", "rawgrade", "finalgrade", "itemid");
    const site = moodle();
    const plan = await planBy(site, teacher);
    expect(await run(site, plan)).toBe(planned(plan));
    expect((await site.second.lookAgain(controller, plan.traces)).where).toEqual([]);
    expect(await invariants(school.database)).toEqual(sums);
    expect(
      await knex("mdl_grade_grades")
        .where({ userid: 240 })
        .orderBy("id")
        .select("id", "rawgrade", "finalgrade", "itemid"),
    ).toEqual(grades);
    expect(grades.length).toBeGreaterThan(10);
    expect(await knex("mdl_question_attempt_steps").whereNull("userid").count({ n: "*" })).toEqual([
      { n: 5 },
    ]);
  }, 120_000);

  it("keeps the place of what others build on: entries, records, peer work; and ends a person's own dates", async () => {
    const { knex } = school.database;
    const [entry] = (await knex("mdl_glossary_entries").where("userid", ">", 109).limit(1)) as {
      id: number;
      userid: number;
      concept: string;
    }[];
    const author = entry?.userid ?? 0;
    const other = author === 250 ? 251 : 250;
    await knex("mdl_comments").insert({
      contextid: 1,
      component: "mod_glossary",
      commentarea: "glossary_entry",
      itemid: entry?.id,
      content: "bien",
      format: 1,
      userid: other,
      timecreated: 1,
    });
    const [record = 0] = await knex("mdl_data_records").insert({
      userid: author,
      groupid: 0,
      dataid: 1,
      timecreated: 1,
      timemodified: 1,
      approved: 1,
    });
    await knex("mdl_data_content").insert({
      fieldid: 1,
      recordid: record,
      content: "mon texte",
      content1: "1",
    });
    const [submission = 0] = await knex("mdl_workshop_submissions").insert({
      workshopid: 1,
      example: 0,
      authorid: author,
      timecreated: 1,
      timemodified: 1,
      title: "Mon titre",
      content: "mon texte",
    });
    const [assessment = 0] = await knex("mdl_workshop_assessments").insert({
      submissionid: submission,
      reviewerid: other,
      weight: 1,
      timecreated: 1,
    });
    await knex("mdl_workshop_grades").insert({
      assessmentid: assessment,
      strategy: "comments",
      dimensionid: 1,
      grade: 100,
    });
    const [date = 0] = await knex("mdl_event").insert({
      name: "Délai",
      description: "",
      courseid: 0,
      groupid: 0,
      userid: author,
      modulename: "quiz",
      instance: 1,
      eventtype: "close",
      timestart: 1,
    });
    const [prompt = 0] = await knex("mdl_ai_action_generate_text").insert({ prompt: "mon texte" });
    await knex("mdl_ai_action_register").insert({
      actionname: "generate_text",
      actionid: prompt,
      success: 1,
      userid: author,
      contextid: 1,
      provider: "x",
      timecreated: 1,
    });
    const sums = await invariants(school.database);
    const before = await rowStates(school.database, other);
    const site = moodle();
    const plan = await planBy(site, author);
    expect(await run(site, plan)).toBe(planned(plan));
    const after = await rowStates(school.database, other);
    const ofOther = changesBetween(before, after).flatMap(({ table, erased, changed }) =>
      [...erased, ...changed].some(({ refers }) => refers) ? [table] : [],
    );
    // What somebody did is changed only where the log of it names both.
    expect(ofOther.filter((table) => table !== "mdl_logstore_standard_log")).toEqual([]);
    expect(await invariants(school.database)).toEqual(sums);
    expect(
      await knex("mdl_glossary_entries").where({ id: entry?.id }).first("userid", "definition", "concept"),
    ).toEqual({ userid: 1, definition: "…", concept: entry?.concept });
    expect(await knex("mdl_data_content").where({ recordid: record }).first("content", "content1")).toEqual({
      content: null,
      content1: null,
    });
    expect(
      await knex("mdl_workshop_submissions").where({ id: submission }).first("authorid", "title"),
    ).toEqual({ authorid: 1, title: "…" });
    expect(await knex("mdl_event").where({ id: date })).toEqual([]);
    expect(await knex("mdl_ai_action_generate_text")).toEqual([]);
  }, 120_000);

  it("erases what Moodle's own deletion left, the e-mail in the login too, and a person without a row elsewhere", async () => {
    const { knex } = school.database;
    const { email = "", firstname, lastname } = await user(255);
    await knex("mdl_user")
      .where({ id: 255 })
      .update({
        deleted: 1,
        username: `${email}.1795406902`,
        email: "d41d8cd98f00b204e9800998ecf8427e",
        idnumber: "",
      });
    await knex("mdl_logstore_standard_log").insert({
      eventname: "\\core\\event\\user_deleted",
      component: "core",
      action: "deleted",
      target: "user",
      objecttable: "user",
      objectid: 255,
      crud: "d",
      edulevel: 0,
      contextid: 1,
      contextlevel: 30,
      contextinstanceid: 255,
      userid: 2,
      relateduserid: 255,
      timecreated: 1,
      other: JSON.stringify({ username: "eleve0146", email, idnumber: "1" }),
    });
    await knex("mdl_notifications").insert({
      useridfrom: 2,
      useridto: 2,
      subject: `Compte supprimé : ${email}`,
      timecreated: 1,
    });
    const [nobody = 0] = await knex("mdl_user").insert({
      username: "jamais.vu",
      email: "jamais.vu@eleve.example.invalid",
      firstname: "Jamais",
      lastname: "Vu",
      mnethostid: 1,
    });
    const site = moodle();
    const plan = await planBy(site, 255, nobody);
    expect(await run(site, plan)).toBe(planned(plan));
    expect(await placesHolding(school.database, [email, "jamais.vu"])).toEqual([]);
    expect((await site.second.lookAgain(controller, plan.traces)).where).toEqual([]);
    expect(await knex("mdl_user").whereIn("id", [255, nobody]).whereNotIn("lastname", [""])).toEqual([]);
    expect([firstname, lastname]).not.toContain("");
  }, 120_000);
});
