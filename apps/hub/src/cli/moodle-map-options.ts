/** `preau moodle map check`: what is asked, checked before anything is opened. */
import { fault } from "../errors.ts";
import { checkAddress } from "./erase-options.ts";
import type { MapFiles } from "./moodle-map-file.ts";

export interface MapCheckOptions extends MapFiles {
  /** `mysql://user@host:port/name`, without a password. */
  readonly db: string;
  readonly tablePrefix: string;
  readonly json: boolean;
}

/** @throws HUB_BAD_ARGUMENT naming the option, HUB_PASSWORD_GIVEN */
export function readMapCheckOptions(raw: Readonly<Record<string, unknown>>): MapCheckOptions {
  const text = (name: string) => {
    const value = raw[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const db = text("db");
  if (db === undefined) throw fault("HUB_BAD_ARGUMENT", { place: "--db" });
  checkAddress(db);
  const given = raw["tablePrefix"];
  const tablePrefix = typeof given === "string" ? given : "mdl_";
  if (!/^[A-Za-z0-9_]{0,30}$/.test(tablePrefix)) throw fault("HUB_BAD_ARGUMENT", { place: "--table-prefix" });
  const map = text("map");
  const mapExtra = text("mapExtra");
  return {
    db,
    tablePrefix,
    ...(map === undefined ? {} : { map }),
    ...(mapExtra === undefined ? {} : { mapExtra }),
    json: raw["json"] === true,
  };
}
