/** One ticket, two services over one database: what one has used up is used up for both, even where the server says yes to all. */
import { type DatabaseKind, freshDatabase, makeFolder, mariaDbSkipReason } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { flatXml, startCasServer, successXml } from "./cas-server.ts";
import { ido, teacher } from "./identity-provider.ts";
import { makeWorld } from "./world.ts";

const reason = mariaDbSkipReason();
if (reason !== undefined) process.stderr.write(`skipped: CAS at two replicas on MariaDB: ${reason}\n`);
const kinds: DatabaseKind[] = reason === undefined || process.env["CI"] ? ["sqlite", "mariadb"] : ["sqlite"];

describe.each(kinds)("a ticket counts once across replicas on %s (D4.1)", (kind) => {
  async function twoReplicas() {
    const database = await freshDatabase(kind);
    const folder = makeFolder();
    onTestFinished(async () => {
      await database.remove();
      folder.remove();
    });
    const cas = await startCasServer();
    const open = async () => {
      const options = { cas: { server: cas.url } };
      const world = await makeWorld({ url: database.url, folder: folder.path, options });
      onTestFinished(() => world.close());
      return world;
    };
    return { cas, replicas: [await open(), await open()] as const };
  }

  it("of twenty copies at two replicas, one makes a session", async () => {
    const { cas, replicas } = await twoReplicas();
    const browser = replicas[0].browser();
    const other = replicas[1].browser();
    const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
    for (const cookie of browser.cookies) other.cookies.set(...cookie);
    cas.behave((_ticket, response) => void response.end(successXml(flatXml(teacher))));
    const { path } = cas.issue(location);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? browser : other).ask(path)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(19).fill(403)]);
    expect(replicas.flatMap(({ emitted }) => emitted)).toHaveLength(1);
  });

  it("of one ticket under ten begun requests, one makes a session", async () => {
    const { cas, replicas } = await twoReplicas();
    const ticket = "ST-1-the-same-for-all";
    let said = 0;
    cas.behave((_ticket, response) => {
      said += 1;
      response.end(successXml(flatXml({ ...teacher, IDO: [ido(`person ${said}`)] })));
    });
    const paths = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        const browser = replicas[n % 2 === 0 ? 0 : 1].browser();
        const location = (await browser.ask("/gar/cas/login")).headers.get("location") ?? "";
        return { browser, path: cas.issue(location).path.replace(/ticket=.*/, `ticket=${ticket}`) };
      }),
    );
    const answers = await Promise.all(paths.map(({ browser, path }) => browser.ask(path)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(replicas.flatMap(({ emitted }) => emitted)).toHaveLength(1);
  });
});
