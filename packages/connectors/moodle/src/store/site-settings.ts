/** Moodle's own settings, as far as an erasure depends on them. */
import type { Database } from "@preau/database";

export interface SiteSettings {
  /** `4.5.10+ (Build: 20260227)`; undefined where there is no Moodle. */
  readonly release: string | undefined;
  /** Ids of the guest account and of the site administrators. */
  readonly guest: string;
  readonly administrators: readonly string[];
  readonly maintenance: boolean;
  readonly globalSearch: boolean;
}

const NAMES = ["release", "siteguest", "siteadmins", "maintenance_enabled", "enableglobalsearch"];

/** Reads the settings; all empty when the table is not there. */
export async function readSiteSettings(
  { knex }: Pick<Database, "knex">,
  prefix: string,
): Promise<SiteSettings> {
  const table = `${prefix}config`;
  const rows = (await knex.schema.hasTable(table))
    ? ((await knex.select("name", "value").from(table).whereIn("name", NAMES)) as {
        name: string;
        value: string;
      }[])
    : [];
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  return {
    release: values.get("release"),
    guest: values.get("siteguest") ?? "1",
    administrators: (values.get("siteadmins") ?? "").split(",").map((id) => id.trim()),
    maintenance: values.get("maintenance_enabled") === "1",
    globalSearch: values.get("enableglobalsearch") === "1",
  };
}
