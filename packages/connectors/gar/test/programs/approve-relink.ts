/**
 * Approves one request as its twin does at the same moment; prints what came of it. Arguments: URL of the data, URL of the
 * keys, the code, the subjects of the teacher and of the old account.
 */
import { openDatabase } from "@preau/database";
import { isFault, type SubjectId, systemClock } from "@preau/kernel";
import { approveRelink } from "../../src/accounts/approve-relink.ts";
import type { Approver } from "../../src/accounts/judge-relink.ts";
import { MINISTRY, makeBase, UAI } from "../accounts/accounts-base.ts";

const [url = "", keysUrl = "", code = "", teacher = "", old = ""] = process.argv.slice(2);
const [database, keysDatabase] = [await openDatabase({ url }), await openDatabase({ url: keysUrl })];
const { ports } = await makeBase({ database, keysDatabase }, systemClock);
// Sessions come with pages, which Node does not read from their sources; that they end is another test's.
const sessions = { ...ports, sessions: { revoke: () => Promise.resolve(0) } } as unknown as Parameters<
  typeof approveRelink
>[0];
const approver: Approver = {
  ...{ kind: "teacher", controller: MINISTRY, origin: "gar", role: "teacher", schools: [UAI] },
  ...{ identifierKind: "gar.ido", subject: teacher as SubjectId },
};
const options = { relinkApprovers: ["teacher"], relinkQuietDays: 0 };
const asked = { approver, wish: { code, old: old as SubjectId } };
// Both are up before either begins.
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
const outcome = await approveRelink(sessions, options, asked).catch((error: unknown) =>
  isFault(error) ? error.code : String(error),
);
await ports.subjects.finishForgetting();
ports.vault.close();
await database.close();
await keysDatabase.close();
process.stdout.write(`${outcome}\n`, () => process.exit(0));
