/** Brevo: transactional mail by its API v3, and its webhooks. Nothing leaves this machine but calls of webhooks. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { systemClock } from "@preau/kernel";
import { makeFaults } from "../faults.ts";
import { listen } from "../listen.ts";
import type { Simulator, SimulatorAddress, SimulatorOptions } from "../simulator.ts";
import { openAccountFile } from "./account-file.ts";
import { nextNumber } from "./account-state.ts";
import { type BrevoAccount, brevoAccount } from "./brevo-account.ts";
import { brevoApplication } from "./brevo-application.ts";
import { brevoDefects } from "./defects.ts";
import { askedNames } from "./event-names.ts";

export const brevoSimulator: Simulator = {
  id: "mail",
  port: 8703,
  start: async ({ port, dataFolder, environment }) => {
    const folder = join(dataFolder, "mail");
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const keyFile = join(folder, "api-key");
    const apiKey = environment["PREAU_SIM_MAIL_API_KEY"] ?? (await keyIn(keyFile));
    const file = await openAccountFile(join(folder, "account.json"));
    const speed = Number(environment["PREAU_SIM_MAIL_SPEED"] ?? 1) || 1;
    const defects = makeFaults(brevoDefects);
    const account = brevoAccount({ state: file.state, clock: systemClock, speed, defects });
    const application = brevoApplication({ account, apiKey, keyFile, domains: domainsIn(environment) });
    const running = await listen(application, port);
    ownWebhook(account, environment);
    account.agenda.resume(file.left);
    file.keep(() => account.agenda.left());
    return {
      url: running.url,
      addresses: addressesAt(running.url, keyFile),
      stop: async () => {
        await running.stop();
        await account.stop();
        await file.close();
      },
    };
  },
};

/** The webhook of `PREAU_SIM_MAIL_HOOK`, as if somebody had made it by hand in the account. */
function ownWebhook({ state, agenda }: BrevoAccount, environment: SimulatorOptions["environment"]): void {
  const url = environment["PREAU_SIM_MAIL_HOOK"];
  if (url === undefined || [...state.webhooks.values()].some((each) => each.url === url)) return;
  const token = environment["PREAU_SIM_MAIL_HOOK_TOKEN"];
  const [id, at] = [nextNumber(state), agenda.now()];
  state.webhooks.set(id, {
    ...{ id, url, description: "PREAU_SIM_MAIL_HOOK", type: "transactional", batched: false },
    ...{ events: [...askedNames], headers: [], createdAt: at, modifiedAt: at },
    ...(token === undefined ? {} : { auth: { type: "bearer", token } }),
  });
}

function domainsIn(environment: SimulatorOptions["environment"]): readonly string[] {
  return (environment["PREAU_SIM_MAIL_DOMAINS"] ?? "").split(/[\s,]+/).filter(Boolean);
}

/** Made once, for its owner alone; the hub reads the same file. */
async function keyIn(file: string): Promise<string> {
  const made = `xkeysib-${randomBytes(32).toString("hex")}-${randomBytes(12).toString("base64url")}`;
  try {
    await writeFile(file, `${made}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return (await readFile(file, "utf8")).trim();
}

function addressesAt(url: string, keyFile: string): readonly SimulatorAddress[] {
  return [
    { id: "page", says: { en: "Mails received", fr: "Courriels reçus" }, at: `${url}/` },
    { id: "api", says: { en: "Brevo API v3", fr: "API v3 de Brevo" }, at: `${url}/v3` },
    { id: "apiKey", says: { en: "its key", fr: "sa clé" }, at: keyFile },
    {
      id: "faults",
      says: { en: "Defects, switched on and off", fr: "Défauts, à mettre et à ôter" },
      at: `${url}/_faults`,
    },
  ];
}
