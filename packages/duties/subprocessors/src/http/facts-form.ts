/** Reads the form of a subprocessor's file. What it gives is checked by `changeFacts`. */

import type { Subprocessor } from "@preau/agreement";
import type { LocalDate } from "@preau/calendar";
import type { Facts, SubSubprocessor } from "../subprocessor.ts";
import { placesIn, tickedIn } from "./change-form.ts";

export function factsIn(form: URLSearchParams, entry: Subprocessor): Facts {
  const text = (name: string) => form.get(name)?.trim() ?? "";
  const day = (name: string) => text(name) as LocalDate;
  const ends = (name: string) => (text(name) === "" ? {} : { validUntil: day(name) });
  const hash = (name: string) => text(name).toLowerCase();
  const places = placesIn(form);
  const { transfers } = entry;
  return {
    ...(places.storage.length + places.processing.length === 0 ? {} : { places }),
    ...(text("contractReference") === ""
      ? {}
      : {
          contract: {
            reference: text("contractReference"),
            sha256: hash("contractSha256"),
            signedOn: day("signedOn"),
            validFrom: day("validFrom"),
            ...ends("validUntil"),
          },
        }),
    ...(text("reviewReference") === ""
      ? {}
      : {
          review: {
            measures: tickedIn(form, "measure") ?? [],
            reviewedOn: day("reviewedOn"),
            reviewedBy: "publisherDpo",
            nextReviewBy: day("nextReviewBy"),
            reference: text("reviewReference"),
          },
        }),
    ...(text("transferReference") === "" || transfers === "none"
      ? {}
      : {
          transfer: {
            reference: text("transferReference"),
            sha256: hash("transferSha256"),
            country: transfers.country,
            mechanism: transfers.mechanism,
            ...ends("transferUntil"),
          },
        }),
    ...(text("contact") === "" ? {} : { contact: text("contact") }),
    subprocessors: treeIn(text("tree")),
  };
}

/** `Name; COUNTRY; activity`, one a line, a dash a level. A line that skips a level stands under the last one. */
function treeIn(text: string): readonly SubSubprocessor[] {
  interface Node {
    readonly name: string;
    readonly country: string;
    readonly activity?: string;
    readonly subprocessors: Node[];
  }
  const top: Node[] = [];
  const path: Node[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [, dashes = "", rest = ""] = /^\s*(-*)\s*(.*)$/.exec(line) ?? [];
    if (rest === "") continue;
    const [name = "", country = "", activity = ""] = rest.split(";").map((part) => part.trim());
    const level = Math.min(dashes.length, path.length);
    const node: Node = {
      ...{ name, country: country.toUpperCase(), subprocessors: [] },
      ...(activity === "" ? {} : { activity }),
    };
    (level === 0 ? top : (path[level - 1]?.subprocessors ?? top)).push(node);
    path.length = level;
    path.push(node);
  }
  return top;
}
