import { emptyPlugin, type JobDefinition, type Plugin, type Route } from "@preau/kernel";
import { pluginContract } from "../src/index.ts";

const up = () => Promise.resolve();
const handler = () => undefined;

const desk = {
  ...emptyPlugin,
  id: "help-desk",
  clauses: ["D8.3", "D10.1a", "DA", "DB.n", "DB.K.gar-teacher", "DC", "DD.12", "S4"],
  options: {
    parse: (input: unknown) => {
      const unknown = Object.keys(input as object).filter((key) => key !== "hours");
      if (unknown.length > 0) throw new TypeError(`unknown option ${unknown.join()}`);
      return { hours: 48, ...(input as object) };
    },
  },
  requires: ["journal", "gate"],
  tablePrefix: "dsk_",
  migrations: [
    { id: "dsk_001_cases", up },
    { id: "dsk_002_case_state", up },
  ],
  routes: (): readonly Route[] => [
    { method: "get", path: "/desk", handler, who: "signedIn" },
    { method: "post", path: "/desk", handler, who: ["support"], clause: "D10.1b" },
    { method: "post", path: "/desk/hook", handler, who: "anyone", csrfExempt: "signed by the desk itself" },
  ],
  pages: [{ path: "/desk", title: { en: "The desk", fr: "Le guichet" }, who: "signedIn" }],
  commands: [
    { name: "desk list", summary: { en: "Lists cases.", fr: "Liste les dossiers." }, run: async () => 0 },
  ],
  jobs: (): readonly JobDefinition[] => [
    { name: "help-desk.forward", handler: async () => undefined, attempts: 3 },
  ],
  messages: [
    {
      name: "help-desk.acknowledged",
      clause: "D8.3",
      subject: { en: "Received", fr: "Bien reçu" },
      compose: ({ cases }, language) => [
        language === "fr" ? "Vos dossiers" : "Your cases",
        { facts: [[language === "fr" ? "Nombre" : "Number", JSON.stringify(cases)]] },
      ],
      example: { cases: 2 },
    },
  ],
  journalEvents: ["help-desk.caseOpened"],
  errors: {
    DESK_CLOSED: { status: 409, exit: 2, says: { en: "The desk is closed.", fr: "Le guichet est fermé." } },
  },
} as const satisfies Plugin;

pluginContract(desk);
pluginContract({ ...emptyPlugin, id: "nothing" });
