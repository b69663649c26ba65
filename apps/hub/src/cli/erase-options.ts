/** `preau erase`: what is asked, checked before anything is opened (INTERFACES, *Erase*). */
import { type ControllerId, controllerId, type Ground } from "@preau/kernel";
import { fault } from "../errors.ts";

export interface EraseOptions {
  readonly lms: "moodle";
  /** `mysql://user@host:port/name`, without a password. */
  readonly db: string;
  readonly tablePrefix: string;
  readonly moodledata?: string;
  /** A map instead of the one that ships, and a file that adds to it. */
  readonly map?: string;
  readonly mapExtra?: string;
  readonly controller: ControllerId;
  /** The LMS's own account numbers, each once. */
  readonly subjects: readonly string[];
  readonly ground: Ground;
  readonly planOnly: boolean;
  readonly yes: boolean;
  readonly leaveUnknown: boolean;
  readonly json: boolean;
}

const GROUNDS: readonly Ground[] = ["account-deleted", "instruction", "retention", "contract-end"];

/** @throws HUB_BAD_ARGUMENT naming the option, HUB_PASSWORD_GIVEN, CONTROLLER_BAD_ID */
export function readEraseOptions(raw: Readonly<Record<string, unknown>>): EraseOptions {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" ? value : undefined;
  };
  const needed = (name: string, flag: string) => {
    const value = text(name);
    if (value === undefined || value === "") throw fault("HUB_BAD_ARGUMENT", { place: flag });
    return value;
  };
  if (needed("lms", "--lms") !== "moodle") throw fault("HUB_BAD_ARGUMENT", { place: "--lms" });
  const ground = GROUNDS.find((each) => each === text("ground"));
  if (ground === undefined) throw fault("HUB_BAD_ARGUMENT", { place: `--ground ${GROUNDS.join("|")}` });
  const subjects = [
    ...new Set(
      needed("subject", "--subject")
        .split(",")
        .map((each) => each.trim()),
    ),
  ];
  if (!subjects.every((each) => /^[1-9]\d{0,17}$/.test(each)))
    throw fault("HUB_BAD_ARGUMENT", { place: "--subject" });
  const tablePrefix = text("tablePrefix") ?? "mdl_";
  if (!/^[A-Za-z0-9_]{0,30}$/.test(tablePrefix)) throw fault("HUB_BAD_ARGUMENT", { place: "--table-prefix" });
  const moodledata = text("moodledata");
  const map = text("map");
  const mapExtra = text("mapExtra");
  const db = needed("db", "--db");
  checkAddress(db);
  return {
    lms: "moodle",
    db,
    tablePrefix,
    ...(moodledata === undefined ? {} : { moodledata }),
    ...(map === undefined ? {} : { map }),
    ...(mapExtra === undefined ? {} : { mapExtra }),
    controller: controllerId(needed("controller", "--controller")),
    subjects,
    ground,
    planOnly: raw["planOnly"] === true,
    yes: raw["yes"] === true,
    leaveUnknown: raw["leaveUnknown"] === true,
    json: raw["json"] === true,
  };
}

/** An LMS stands on a server, and a command line is read by others: no embedded file, no password. */
export function checkAddress(db: string): void {
  const user = /^(?:mysql|mariadb):\/\/([^/]*)@/.exec(db)?.[1];
  if (user === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--db mysql://user@host:port/name" });
  if (user.includes(":")) throw fault("HUB_PASSWORD_GIVEN", { place: "--db" });
}
