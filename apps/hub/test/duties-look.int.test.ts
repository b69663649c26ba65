/** Every page of the duties of a processor, looked at in a real browser: one house for all of them. */
import { makeRelayLink } from "@preau/data-subject-requests";
import { controllerId, type MessageId, type MessageTemplate } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  chromiumSkipReason,
  expectPagesReadable,
  expectReadable,
  LOOKS,
  type Look,
  openPage,
  startChromium,
} from "./chromium.ts";
import { instructionPages, requestsToLookAt, subprocessorPages } from "./pages-to-look-at.ts";
import { message, relay } from "./relay-message.ts";
import { type RunningHouse, startHouse } from "./running-house.ts";
import { cookieOfRole } from "./signed-in.ts";

const MINISTRY = controllerId("ministry");
/** `PREAU_PICTURES=FOLDER` keeps a picture of every page. */
const PICTURES = process.env["PREAU_PICTURES"];
/** A page that several roles see is looked at as each of them in one look. */
const ROLE_OF_LOOK = { fr: "controllerDpo", en: "publisherDpo" } as const;

describe.skipIf(chromiumSkipReason() !== undefined)(
  "the duties of a processor in a real browser (WCAG 2.2 AA)",
  () => {
    const folder = makeFolder();
    let house: RunningHouse;
    let browser: Browser;
    let [plain, refused]: MessageId[] = [];
    let subprocessors: Awaited<ReturnType<typeof subprocessorPages>>;
    let instructions: Awaited<ReturnType<typeof instructionPages>>;
    let requests: Awaited<ReturnType<typeof requestsToLookAt>>;

    beforeAll(async () => {
      house = await startHouse(folder.path, { school: false });
      browser = await startChromium();
      const { hub, url } = house;
      const { post, unitOfWork, mailer } = hub.ports;
      (post.templates as Map<string, MessageTemplate>).set(relay.name, relay);
      const send = (key: string, change = {}) =>
        unitOfWork.transaction((unit) => mailer.send(unit, message(MINISTRY, key, change)));
      plain = await send("m/1");
      refused = await send("m/2", { to: { address: "no address" } });
      hub.worker.wake();
      const cookie = await cookieOfRole(hub, "operations");
      const queued = async () => (await fetch(`${url}/mail?state=queued`, { headers: { cookie } })).text();
      await vi.waitUntil(async () => !(await queued()).includes("/mail/msg_"), { timeout: 20_000 });
      subprocessors = await subprocessorPages(hub);
      instructions = await instructionPages(hub, url);
      requests = await requestsToLookAt(hub);
    }, 90_000);
    afterAll(async () => {
      await browser.close();
      await house.stop();
      folder.remove();
    });

    const picture = async (page: Page, look: Look, name: string) => {
      if (PICTURES === undefined) return;
      // A frame is drawn once it is in sight.
      const frame = page.locator("iframe");
      if ((await frame.count()) > 0) await frame.scrollIntoViewIfNeeded();
      await page.screenshot({
        path: `${PICTURES}/${name}-${look.language}-${look.width}.png`,
        fullPage: true,
      });
    };
    const lookAt = async (look: Look, as: { name: string; cookie: string; paths: readonly string[] }) =>
      expectPagesReadable(browser, {
        ...{ look, url: house.url, cookie: as.cookie, paths: as.paths },
        seen: (page, at) => picture(page, look, `${as.name}-${at}`),
      });
    /** The pages of both, as one of them, and what is each one's own. */
    const lookAtAll = async (
      look: Look,
      name: string,
      pages: { readonly shared: readonly string[]; readonly [role: string]: readonly string[] },
    ) => {
      for (const role of ["controllerDpo", "publisherDpo"] as const) {
        const paths = [...(ROLE_OF_LOOK[look.language] === role ? pages.shared : []), ...(pages[role] ?? [])];
        if (paths.length === 0) continue;
        await lookAt(look, {
          ...{ name: `${name}-${role}`, cookie: await cookieOfRole(house.hub, role, MINISTRY), paths },
        });
      }
    };
    const READABLE = "are readable, $language, $width pixels wide, dark $dark";

    describe("subprocessors (D8.2, D8.3)", () => {
      it.each(LOOKS)(READABLE, async (look) => {
        const { shared, publisher } = subprocessors;
        await lookAtAll(look, "subprocessors", { shared, publisherDpo: publisher });
      });
    });

    describe("the ledger of instructions (D6.1c, D6.1d, S14)", () => {
      it.each(LOOKS)(READABLE, async (look) => {
        const of = `controller=${MINISTRY}`;
        const [told, observation, notice] = instructions.shared.slice(-3);
        // What is decided on these is asked of the client alone, in both looks.
        const decided = ROLE_OF_LOOK[look.language] === "controllerDpo" ? [] : [told, observation, notice];
        await lookAtAll(look, "instructions", {
          shared: instructions.shared,
          controllerDpo: [...decided.filter((each) => each !== undefined), ...instructions.links],
          publisherDpo: [
            ...[`/instructions/new?${of}`, `/notices?${of}`, `/instructions/observations/new?${of}`],
          ],
        });
      });
    });

    describe("messages (DC)", () => {
      it.each(LOOKS)(READABLE, async (look) => {
        const shared = ["/mail", `/mail/${plain}`, `/mail/${refused}`];
        await lookAt(look, {
          ...{ name: "mail", cookie: await cookieOfRole(house.hub, "publisherDpo"), paths: shared },
        });
      });

      it("lead where they say, out of their frame too", async () => {
        const { page, refused: broken } = await openPage(browser, { language: "fr", width: 1280 });
        const value = (await cookieOfRole(house.hub, "publisherDpo")).slice("preau=".length);
        await page.context().addCookies([{ name: "preau", value, url: house.url }]);
        await page.goto(`${house.url}/mail/${plain}`);
        const link = page.frameLocator("iframe").getByRole("link", { name: "Ouvrir la demande" });
        const [opened] = await Promise.all([page.context().waitForEvent("page"), link.click()]);
        await opened.waitForURL(`${house.url}/agreement`);
        expect(await opened.getByText("Se déconnecter").count()).toBe(1);
        expect(broken).toEqual([]);
      });
    });

    describe("data subjects’ requests (D10.1a, D10.1b)", () => {
      it.each(LOOKS)(READABLE, async (look) => {
        const { access, restriction, report, subject } = requests;
        await lookAt(look, { name: "requests-visitor", cookie: "preau=none", paths: ["/requests/new"] });
        await lookAtAll(look, "requests", {
          shared: [],
          publisherDpo: [
            ...[
              "/requests?view=withController",
              `/requests/${restriction}`,
              "/requests/entry",
              "/inaccuracies",
            ],
            `/inaccuracies/new?controller=${MINISTRY}`,
          ],
          controllerDpo: [`/requests/${access}`, `/inaccuracies/${report}`],
        });
        const { secret } = await house.hub.sessions.start({
          data: {
            ...{ controller: MINISTRY, actorRole: "dataSubject", subject, origin: "gar", role: "pupil" },
            ...{ categories: [], dropped: [], refusals: [] },
          },
        });
        await lookAt(look, { name: "requests-person", cookie: `preau=${secret}`, paths: ["/requests/mine"] });
      });

      it.each(LOOKS)(
        "is asked, read, opened and refused by pressing, without a script, $language, $width",
        async (look) => {
          const { page } = await openPage(browser, { ...look, javaScript: false });
          const press = (name: RegExp) => page.getByRole("button", { name }).click();
          await page.goto(`${house.url}/requests/new`);
          await press(/Envoyer ma demande|Send my request/);
          expect(await page.getByRole("alert").innerText()).toMatch(/pas encore partie|not been sent yet/);
          await picture(page, look, "intake-refused");
          await page.getByLabel(/Voir mes données|See my data/).check();
          await press(/Envoyer ma demande|Send my request/);
          expect(await page.getByRole("main").innerText()).toContain("inq_");
          await picture(page, look, "intake-received");
          const link = await makeRelayLink(
            house.hub.ports,
            { controller: MINISTRY, id: requests.access },
            { role: "publisherDpo" },
          );
          await page.goto(house.url + link.path);
          await picture(page, look, "relay-look");
          await press(/Ouvrir la demande|Open the request/);
          expect(await page.getByRole("main").innerText()).toContain("notes de l’an dernier");
          await picture(page, look, "relay-opened");
          await page.goto(house.url + link.path);
          expect(await page.getByRole("main").innerText()).toMatch(/déjà été ouvert|opened already/);
          await picture(page, look, "relay-used");
          // Readable needs its script.
          const { page: reader } = await openPage(browser, look);
          await reader.goto(house.url + link.path);
          await expectReadable(reader);
          const cookie = await cookieOfRole(house.hub, "publisherDpo");
          await reader
            .context()
            .addCookies([{ name: "preau", value: cookie.slice("preau=".length), url: house.url }]);
          await reader.goto(`${house.url}/requests/inquiries/${requests.inquiry}`);
          await reader.getByRole("button", { name: /Afficher le texte|Show the text/ }).click();
          expect(await reader.getByRole("main").innerText()).toContain("Ésope D’Alençon");
          await expectReadable(reader);
          await picture(reader, look, "inquiry-shown");
        },
        120_000,
      );
    });
  },
);
