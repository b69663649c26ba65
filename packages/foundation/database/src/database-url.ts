/**
 * Addresses of databases: `sqlite:PATH`, `sqlite::memory:`, `mysql://user@host:port/name` (`mariadb://` is the same).
 * `?tls=verify` asks for TLS with a certificate that Node trusts. A password never stands here: addresses end up in
 * process lists, histories and logs.
 */
import { fault } from "./errors.ts";

export interface SqliteTarget {
  readonly dialect: "sqlite";
  /** A path, or `:memory:`. */
  readonly filename: string;
  /** How errors name it. */
  readonly place: string;
}

export interface MysqlTarget {
  readonly dialect: "mysql";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly name: string;
  readonly tls: boolean;
  /** `host:port/name`. */
  readonly place: string;
}

/**
 * Reads an address.
 * @throws DATABASE_BAD_URL, DATABASE_PASSWORD_IN_URL
 */
export function readDatabaseUrl(url: string): SqliteTarget | MysqlTarget {
  if (url.startsWith("sqlite:")) return sqliteTarget(url.slice("sqlite:".length));
  if (/^(mysql|mariadb):\/\//.test(url)) return mysqlTarget(url);
  throw fault("DATABASE_BAD_URL");
}

function sqliteTarget(filename: string): SqliteTarget {
  // "//data/x.db" would silently mean the root of the disk; "///data/x.db" says so.
  const ambiguous = filename.startsWith("//") && !filename.startsWith("///");
  if (filename === "" || filename.includes("\0") || ambiguous) throw fault("DATABASE_BAD_URL");
  const plain = filename.startsWith("///") ? filename.slice(2) : filename;
  return { dialect: "sqlite", filename: plain, place: `sqlite:${plain}` };
}

function mysqlTarget(text: string): MysqlTarget {
  let url: URL;
  let user: string;
  let name: string;
  try {
    url = new URL(text);
    user = decodeURIComponent(url.username);
    name = decodeURIComponent(url.pathname.slice(1));
  } catch (cause) {
    // The parser's own error repeats its input: it is not kept.
    throw fault("DATABASE_BAD_URL", { log: { parser: cause instanceof Error ? cause.name : "unknown" } });
  }
  if (url.password !== "") throw fault("DATABASE_PASSWORD_IN_URL");
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const tls = url.searchParams.get("tls");
  const known =
    [...url.searchParams.keys()].every((key) => key === "tls") && (tls === null || tls === "verify");
  if (host === "" || user === "" || name === "" || name.includes("/") || url.hash !== "" || !known) {
    throw fault("DATABASE_BAD_URL");
  }
  const port = url.port === "" ? 3306 : Number(url.port);
  return {
    dialect: "mysql",
    host,
    port,
    user,
    name,
    tls: tls === "verify",
    place: `${url.hostname}:${port}/${name}`,
  };
}
