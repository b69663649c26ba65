/** What an erasure through the database cannot reach. The receipt lists it; nothing here is ever called erased. */
import type { NotCovered } from "@preau/kernel";

/** @param fileStore whether the file store is within reach */
export function outsideTheDatabase(fileStore: boolean): readonly NotCovered[] {
  return [
    ...(fileStore
      ? []
      : [
          {
            what: "content files (moodledata/filedir and trashdir)",
            why: "the file store was not given",
            remedy: "name it: --moodledata DIR",
          },
        ]),
    {
      what: "course backups (.mbz) and the recycle bin",
      why: "they are packed files with copies of persons inside",
      remedy:
        "let them expire or delete them in Moodle; the recycle bin empties itself after 7 days by default",
    },
    {
      what: "persons' numbers inside texts (links such as user/view.php?id=…, task payloads)",
      why: "a number alone names nobody once the account is nameless, and cannot be told from other numbers",
    },
  ];
}

export function compressedFiles(packed: number): readonly NotCovered[] {
  if (packed === 0) return [];
  return [
    {
      what: `the text inside ${packed} packed files (documents, archives, images)`,
      why: "they are searched as bytes, not unpacked",
    },
  ];
}
