/** Importing and exporting contracts from the console: the file is read, shown as a plan, and written when confirmed. */
import { dryRunImport, errors, importContracts, writeContractsFile } from "@preau/contracts";
import { isFault } from "@preau/kernel";
import { sendPage, type WebRequest, type WebRoute, webRoutes } from "@preau/web";
import { actorOf, staff, type WebResponse, wordsOf } from "./contract-access.ts";
import type { Hub } from "./hub.ts";
import { importPortsOf } from "./import-ports.ts";
import { ContractImportPage, ContractPlanPage } from "./pages/contract-import-page.tsx";

/** A file of the largest size, in base64, with what stands around it. */
const FILE_LIMIT = 9 << 20;
const FORM_LIMIT = 16 << 20;

export function contractImportRoutes(hub: Hub): readonly WebRoute[] {
  return webRoutes([
    {
      method: "get",
      path: "/contracts/import",
      who: staff,
      clause: "D1",
      handler: (request, response) => sendChoice(request, response),
    },
    {
      method: "post",
      path: "/contracts/import",
      who: staff,
      clause: "D1",
      body: "multipart",
      bodyLimit: FILE_LIMIT,
      handler: (request, response) => plan(hub, request, response, request.bytes),
    },
    {
      method: "post",
      path: "/contracts/import/confirmation",
      who: staff,
      clause: "D1",
      bodyLimit: FORM_LIMIT,
      handler: (request, response) => confirm(hub, request, response),
    },
    {
      method: "get",
      path: "/contracts/export",
      who: staff,
      clause: "D1",
      handler: async (request, response) => {
        const { ports } = hub;
        const all = await ports.unitOfWork.transaction((unit) => ports.contracts.everything(unit, "all"));
        response.setHeader("Content-Disposition", 'attachment; filename="contracts.csv"');
        response.type("text/csv; charset=utf-8").send(writeContractsFile(all, request.language));
      },
    },
  ]);
}

function sendChoice(request: WebRequest, response: WebResponse, error?: unknown): void {
  const words = wordsOf(request);
  if (error instanceof Error && !(isFault(error) && error.code in errors)) throw error;
  const said = isFault(error)
    ? { says: error.entry.says, remedy: error.detail.remedy ?? error.entry.remedy, place: error.place }
    : undefined;
  if (isFault(error)) response.status(error.status);
  const page = (
    <ContractImportPage words={words} language={request.language} {...(said && { error: said })} />
  );
  sendPage(request, response, page, { title: words.import });
}

async function plan(
  hub: Hub,
  request: WebRequest,
  response: WebResponse,
  bytes: Uint8Array,
  isOther = false,
): Promise<void> {
  const words = wordsOf(request);
  try {
    const made = await hub.ports.unitOfWork.transaction((unit) =>
      dryRunImport(unit, importPortsOf(hub), bytes),
    );
    if (made.counts.refused > 0) response.status(400);
    const file = Buffer.from(bytes).toString("base64");
    const page = (
      <ContractPlanPage words={words} language={request.language} plan={made} file={file} isOther={isOther} />
    );
    sendPage(request, response, page, { title: words.planTitle });
  } catch (error) {
    sendChoice(request, response, error);
  }
}

async function confirm(hub: Hub, request: WebRequest, response: WebResponse): Promise<void> {
  const bytes = Buffer.from(request.form.get("file") ?? "", "base64");
  const digest = request.form.get("digest") ?? "";
  try {
    await hub.ports.unitOfWork.transaction((unit) =>
      importContracts(unit, importPortsOf(hub), actorOf(request), { bytes, digest }),
    );
  } catch (error) {
    if (!isFault(error, "CONTRACT_CHANGED_MEANWHILE") && !isFault(error, "CONTRACTS_FILE_REFUSED")) {
      sendChoice(request, response, error);
      return;
    }
    response.status(error.status);
    await plan(hub, request, response, bytes, true);
    return;
  }
  await hub.sequencer.runOnce();
  response.redirect(303, "/controllers");
}
