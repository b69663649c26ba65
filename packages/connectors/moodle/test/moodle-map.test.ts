import { describe, expect, it } from "vitest";
import { moodleMap } from "../src/index.ts";

const map = moodleMap();
const columnsOf = (table: string) => map.tables[table]?.rows.map(({ by }) => by) ?? [];

describe("the data map of Moodle 4.5 (D12.2)", () => {
  it("puts the question engine in an order that finds every leaf before its branch goes", () => {
    const chain = [
      "question_attempt_step_data",
      "question_attempt_steps",
      "question_attempts",
      "question_usages",
      "quiz_attempts",
    ];
    for (const table of chain) expect(map.tables[table]?.rows[0]?.verdict).toBe("erase");
  });

  it.each([
    ["logstore_standard_log", ["userid", "relateduserid", "realuserid", "objectid", "contextinstanceid"]],
    ["messages", ["useridfrom"]],
    ["notifications", ["useridto", "useridfrom"]],
    ["grade_grades_history", ["userid", "usermodified", "loggeduser"]],
    ["context", ["instanceid"]],
    // Since Moodle 5.0; a 4.5 site skips them.
    ["reportbuilder_user_filter", ["usercreated", "usermodified"]],
    ["gradepenalty_duedate_rule", ["usermodified"]],
    // References that their names do not show.
    ["course_request", ["requester"]],
    ["cache_flags", ["name"]],
    ["analytics_indicator_calc", ["sampleid", "sampleid"]],
  ])("knows every reference of %s", (table, columns) => {
    expect(columnsOf(table)).toEqual(columns);
  });

  it("leaves authors of pages that Moodle prints to the site's guest, never to 0", () => {
    for (const [table, column] of [
      ["forum_posts", "userid"],
      ["forum_discussions", "userid"],
      ["wiki_pages", "userid"],
      ["wiki_versions", "userid"],
      ["glossary_entries", "userid"],
      ["data_records", "userid"],
      ["workshop_submissions", "authorid"],
      ["workshop_assessments", "reviewerid"],
    ] as const) {
      const rule = map.tables[table]?.rows.find(({ by }) => by === column);
      expect(rule?.verdict).toMatchObject({
        anonymise: { [column]: { lookup: { where: { name: "siteguest" } } } },
      });
    }
  });

  it("leaves no clear identity column in the nameless row", () => {
    const verdict = map.tables["user"]?.rows[0]?.verdict;
    const changed =
      typeof verdict === "object" && "anonymise" in verdict ? Object.keys(verdict.anonymise) : [];
    for (const column of [
      "username",
      "password",
      "idnumber",
      "firstname",
      "lastname",
      "email",
      "phone1",
      "phone2",
      "institution",
      "department",
      "address",
      "city",
      "lastip",
      "secret",
      "description",
      "picture",
      "alternatename",
      "moodlenetprofile",
    ]) {
      expect(changed).toContain(column);
    }
  });
});
