import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { expect, it } from "vitest";
import { makeMoodleSource } from "../src/index.ts";
import { extractFiles } from "./fixtures/moodle-school.ts";
import { controller, describeMoodle, targetOf } from "./fixtures/moodle-under-test.ts";
import { zipOf } from "./fixtures/zip-of.ts";

describeMoodle("files in a person's copy of the populated Moodle school (D10.1a)", (site) => {
  it("gives the person's files whole, says which are missing, and sets aside those that name others (D10.1a)", async () => {
    const moodledata = await extractFiles(temporaryFolder());
    const { source } = makeMoodleSource({
      database: site.database,
      controller,
      clock: systemClock,
      moodledata,
    });
    let [whole, missing] = [0, 0];
    for await (const { where, row, file } of source.collect({
      controller,
      subject: targetOf(210),
      others: "withhold",
    })) {
      if (where !== "mdl_files") continue;
      expect(file === undefined).toBe(row["filename"] === ".");
      if (file === undefined) continue;
      expect([file.name, file.type]).toEqual([row["filename"], row["mimetype"]]);
      const hash = createHash("sha1");
      for await (const chunk of file.bytes()) hash.update(chunk);
      if (file.notGiven === undefined) {
        whole += 1;
        expect(hash.digest("hex")).toBe(row["contenthash"]);
      } else missing += 1;
    }
    expect(whole).toBeGreaterThan(5);
    expect(missing).toBeLessThan(3);
  });

  it("sets aside a file that names somebody else, and gives one that names the person alone (D10.1a)", async () => {
    const { knex } = site.database;
    const moodledata = temporaryFolder();
    const [pupil, other] = [210, 211];
    const names = (await knex("mdl_user").whereIn("id", [pupil, other]).orderBy("id")) as Record<
      string,
      string
    >[];
    const [own = "", theirs = ""] = names.map(({ firstname, lastname }) => `${firstname} ${lastname}`);
    const [mine, , theirMail = ""] = [names[0], names[1], names[1]?.["email"]];
    const split = theirs.replace(" ", "</w:t></w:r><w:r><w:t> ");
    const contents: Readonly<Record<string, Buffer>> = {
      "own.txt": Buffer.from(`Devoir de ${own}, ${mine?.["email"] ?? ""}`),
      "own.docx": zipOf({ "word/document.xml": `<w:t>${own}</w:t>` }),
      "theirs.txt": Buffer.from(`Devoir de ${theirs.toUpperCase()}`),
      "address.html": Buffer.from(`<a href="mailto:${theirMail.replace("@", "%40")}">x</a>`),
      "theirs.docx": zipOf({ "word/document.xml": `<w:p><w:r><w:t>${split}</w:t></w:r></w:p>` }),
      // Larger than what is opened: it is not given unread.
      "large.pptx": Buffer.concat([
        zipOf({ "ppt/slides/slide1.xml": `<a:t>${theirs}</a:t>` }),
        Buffer.alloc(33 * 1024 * 1024),
      ]),
      "gone.txt": Buffer.from("gone"),
    };
    const [context] = (await knex("mdl_context").where({ contextlevel: 30, instanceid: pupil })) as {
      id: number;
    }[];
    for (const [filename, bytes] of Object.entries(contents)) {
      const contenthash = createHash("sha1").update(bytes).digest("hex");
      const folder = join(moodledata, "filedir", contenthash.slice(0, 2), contenthash.slice(2, 4));
      if (filename !== "gone.txt") {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, contenthash), bytes);
      }
      await knex("mdl_files").insert({
        ...{
          contenthash,
          pathnamehash: createHash("sha1").update(filename).digest("hex"),
          contextid: context?.id,
        },
        ...{ component: "user", filearea: "private", itemid: 0, filepath: "/", filename, userid: pupil },
        ...{ filesize: bytes.length, mimetype: "text/plain", timecreated: 1, timemodified: 1 },
      });
    }
    try {
      const { source } = makeMoodleSource({
        database: site.database,
        controller,
        clock: systemClock,
        moodledata,
      });
      const found = async (others: "keep" | "withhold") => {
        const given: Record<string, string> = {};
        for await (const { file } of source.collect({ controller, subject: targetOf(pupil), others })) {
          if (file === undefined || !(file.name in contents)) continue;
          let size = 0;
          for await (const chunk of file.bytes()) size += chunk.length;
          given[file.name] = file.notGiven ?? (size === contents[file.name]?.length ? "whole" : "cut");
        }
        return given;
      };
      const kept = { "own.txt": "whole", "own.docx": "whole", "gone.txt": "missing" };
      const set = {
        "theirs.txt": "namesOthers",
        "address.html": "namesOthers",
        "theirs.docx": "namesOthers",
        "large.pptx": "namesOthers",
      };
      expect(await found("withhold")).toEqual({ ...kept, ...set });
      const all = {
        "theirs.txt": "whole",
        "address.html": "whole",
        "theirs.docx": "whole",
        "large.pptx": "whole",
      };
      expect(await found("keep")).toEqual({ ...kept, ...all });
    } finally {
      await knex("mdl_files").whereIn("filename", Object.keys(contents)).delete();
    }
  });
});
