/** Both CAS servers, and a service that keeps the logout requests that it is sent. */
import { type Clock, instant } from "@preau/kernel";
import express from "express";
import { makeFaults } from "../../src/faults.ts";
import { makeChoices } from "../../src/gar/choices.ts";
import { makeSessions } from "../../src/gar/sessions.ts";
import { casRouter } from "../../src/gar-cas/cas-router.ts";
import { casDefects } from "../../src/gar-cas/defects.ts";
import { casServices } from "../../src/gar-cas/services.ts";
import { listen } from "../../src/listen.ts";
import { formWithButton, makeBrowser } from "./browser.ts";

export const teacher = "Maëlle Caradec-Nuñes";

export async function casWorld() {
  let time = Date.parse("2026-11-23T08:00:00.000Z");
  const clock: Clock = { now: () => instant(time), monotonic: () => 0 };
  const sessions = makeSessions(() => time);
  const choices = makeChoices({ sessions, now: () => time });
  const defects = makeFaults(casDefects);

  const logoutRequests: string[] = [];
  const pages = express();
  pages.post("/service", express.urlencoded({ extended: false }), (request, response) => {
    logoutRequests.push((request.body as Record<string, string>)["logoutRequest"] ?? "");
    response.sendStatus(204);
  });
  pages.get("/service", (_request, response) => {
    response.send("back");
  });
  const party = await listen(pages, 0);
  const service = `${party.url}/service?state=a%20b`;

  const application = express();
  application.use(
    casRouter({
      ...{ clock, choices, sessions, defects },
      services: casServices([{ url: `${party.url}/service` }]),
      signOut: async (response, session, next) => {
        const outcomes = await Promise.all(session?.participants.map((each) => each.logOut()) ?? []);
        if (session !== undefined) sessions.end(session);
        if (next === undefined) response.json(outcomes);
        else response.redirect(303, next);
      },
    }),
  );
  application.use(choices.router);
  const running = await listen(application, 0);

  /** From `/login` to the service; gives the ticket that came along. */
  const ticketFor = async (person = teacher, { path = "", more = "", browser = makeBrowser() } = {}) => {
    const choice = await browser.get(
      `${running.url}${path}/login?service=${encodeURIComponent(service)}${more}`,
    );
    const back = await browser.submit(formWithButton(choice, person));
    if (!back.url.startsWith(`${service}&ticket=`)) throw new Error(`came back to ${back.url}`);
    return new URL(back.url).searchParams.get("ticket") ?? "";
  };

  const validate = (query: Record<string, string>, path = "/p3", init: RequestInit = {}) =>
    fetch(`${running.url}${path}/serviceValidate?${new URLSearchParams(query)}`, init);

  return {
    url: running.url,
    ...{ service, defects, logoutRequests, ticketFor, validate },
    later: (milliseconds: number) => {
      time += milliseconds;
    },
    /** The text of the answer about a new ticket. */
    answer: async (person = teacher, path = "") => {
      const ticket = await ticketFor(person, { path });
      return (await validate({ service, ticket }, `${path}/p3`)).text();
    },
    reset: () => {
      defects.clear();
      logoutRequests.length = 0;
    },
    stop: async () => {
      await Promise.all([running.stop(), party.stop()]);
    },
  };
}
