/** The populated Moodle school, for tests of the whole product. */
import { moodleSchoolSkipReason } from "@preau/testing";

/** Why the school cannot be loaded here; undefined when it can. Under CI a missing part is an error. */
export function noMoodleSchool(): string | undefined {
  const reason = moodleSchoolSkipReason();
  if (reason !== undefined && process.env["CI"]) throw new Error(reason);
  if (reason !== undefined) process.stderr.write(`skipped: the Moodle school: ${reason}\n`);
  return reason;
}
