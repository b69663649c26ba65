/** The pages on a real application, over the desk's house: browsers keep cookies, follow nothing. One house for a file's tests. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { migrate } from "@preau/database";
import {
  type ActorRole,
  addHours,
  type ControllerId,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  instant,
  makeEvents,
  manualClock,
  type Plugin,
  type Ports,
  type RequestId,
  type SubjectId,
} from "@preau/kernel";
import { freshDatabase, paperLedger, testBrowser } from "@preau/testing";
import {
  makeApiTokens,
  makeApp,
  makeSessions,
  mountRoutes,
  PUBLISHER,
  type SessionData,
  sessionRows,
  webRoutes,
} from "@preau/web";
import { makeRightsDesk } from "../../src/make-rights-desk.ts";
import type { DataSubjectRequestsOptions } from "../../src/options.ts";
import { dataSubjectRequestsPlugin } from "../../src/plugin.ts";
import { openTwoSchools, SCHOOL } from "../desk-house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
export const KIND = "school.pupil";

export type Site = Awaited<ReturnType<typeof openSite>>;

export async function openSite() {
  const clock = manualClock(NOW);
  const [data, keys] = [await freshDatabase("sqlite"), await freshDatabase("sqlite")];
  const house = await openTwoSchools(data.url, clock, { keysUrl: keys.url });
  const { database, ports } = house;
  const { ids, log, journal, unitOfWork } = ports;
  const plugin: Plugin<DataSubjectRequestsOptions> = dataSubjectRequestsPlugin;
  await migrate(database, [{ owner: plugin.id, migrations: dataSubjectRequestsPlugin.migrations }]);
  const store = inMemoryStore([
    { name: "pupil", category: "name", purpose: "runPlatform", verdict: "erase" },
  ]);
  house.sources.set("school", {
    source: inMemoryPersonalDataSource({ store, id: "school", kind: KIND }),
    second: inMemoryLookAgain(store),
  });
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids });
  const events = makeEvents([]);
  const paper = paperLedger({ clock, ids, events });
  const apiTokens = makeApiTokens({ clock, ids, journal, log, unitOfWork });
  const all = {
    ...{ ...ports, apiTokens, events, sessions },
    instructions: paper.ledger,
    rightsDesk: makeRightsDesk(ports),
  };
  const app = makeApp({
    ...{ log, clock, ids, sessions, publicUrl: "http://127.0.0.1", title: "Essai", menu: plugin.pages },
  });
  const options = plugin.options.parse({ publicUrl: "https://preau.example" });
  mountRoutes(app, plugin.routes(all as unknown as Ports, options));
  let next: SessionData | undefined;
  mountRoutes(
    app,
    webRoutes([
      {
        ...{ method: "get", path: "/test/sign-in", who: "anyone" },
        handler: async (request, response) => {
          if (next === undefined) throw new Error("who?");
          await request.signIn({ data: next });
          response.end();
        },
      },
    ]),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const browser = (language = "fr") =>
    testBrowser(base, { language, hidden: ["press", "why", "persons", "controller", "kind"] });
  const signedIn = async (data: Partial<SessionData> & Pick<SessionData, "actorRole">, language = "fr") => {
    const own = browser(language);
    next = { controller: SCHOOL, categories: [], dropped: [], refusals: [], ...data };
    await own.ask("/test/sign-in");
    return own;
  };
  return {
    ...{ ...house, clock, base, browser, signedIn, apiTokens, ledger: paper, store, all },
    reader: (actorRole: ActorRole, controller: ControllerId = SCHOOL) => signedIn({ actorRole, controller }),
    staff: (actorRole: ActorRole) => signedIn({ actorRole, controller: PUBLISHER }),
    person: (subject: SubjectId, more: Partial<SessionData> = {}) =>
      signedIn({ actorRole: "dataSubject", subject, origin: "gar", role: "pupil", ...more }),
    /** A pupil's own request, as somebody signed in made it. */
    opened: async (
      matter: "access" | "erasure" | "restriction" | "objection",
      { pupil, controller = SCHOOL, text }: { pupil: string; controller?: ControllerId; text?: string },
    ): Promise<{ readonly id: RequestId; readonly subject: SubjectId }> => {
      const subject = await house.identify(KIND, pupil, controller);
      const { requests } = await house.receive({
        ...{ channel: "page", receivedAt: clock.now(), language: "fr", matters: [matter] },
        ...(text === undefined ? {} : { text }),
        requester: { controller, subject, role: "pupil", origin: "outsideGar" },
        key: `${matter} ${pupil} ${controller}`,
      });
      const [id] = requests;
      if (id === undefined) throw new Error("no request");
      return { id, subject };
    },
    /** The link of the newest mail about that request. */
    linkTo: async (id: RequestId): Promise<string> => {
      await house.worker.drain();
      const posted = house.box.findLast(({ variables }) => variables["thing"] === id);
      const link = posted?.variables["link"];
      if (typeof link !== "string") throw new Error("no link was sent");
      return link;
    },
    later: (hours: number) => clock.set(addHours(clock.now(), hours)),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await house.close();
      await Promise.all([data.remove(), keys.remove()]);
    },
  };
}
