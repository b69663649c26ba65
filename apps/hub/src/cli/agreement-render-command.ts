/**
 * `preau agreement render [DIR]`: the annexes, the processor's record (D4.2) or the controller's extract, as Markdown, a
 * page or a PDF, on stdout or in files.
 */
import path from "node:path";
import { type Agreement, AgreementInvalid, formatDiagnostics } from "@preau/agreement";
import type { Document } from "@preau/documents";
import type { ControllerId } from "@preau/kernel";
import { readControllerView } from "../controller-view.ts";
import { makeAgreementDocument, makeControllerDocument, needsController } from "../document-set.ts";
import { fault } from "../errors.ts";
import type { Hub } from "../hub.ts";
import { readAgreement } from "../read-agreement.ts";
import { type CommandContext, configOf, withHub } from "./command-context.ts";
import { type RawRenderOptions, type RenderOptions, readRenderOptions } from "./render-options.ts";
import { reportError, terminalLanguage } from "./report-error.ts";
import { type Asked, writeDocuments } from "./write-documents.ts";

/** More controllers than a register has. */
const EVERYBODY = 1_000_000;

/**
 * 0 done, 2 refused and nothing written. Without a folder, the agreement in force. A record or an extract without a
 * controller is made for each controller of the register, in a folder.
 * @throws HUB_BAD_ARGUMENT, HUB_DOCUMENT_NEEDS_CONTROLLER, HUB_CONTROLLER_UNKNOWN, HUB_BINARY_TO_TERMINAL,
 *   HUB_FILE_UNREADABLE, HUB_FILE_UNWRITABLE
 */
export async function agreementRenderCommand(
  context: CommandContext,
  folder: string | undefined,
  raw: RawRenderOptions,
): Promise<number> {
  const options = readRenderOptions(raw, terminalLanguage(context.environment));
  if (options.format === "pdf" && options.out === undefined && !options.json && context.bytes === undefined)
    throw fault("HUB_BINARY_TO_TERMINAL", { place: "--out" });
  const { what, controller, language } = options;
  try {
    const named = folder === undefined ? undefined : readAgreement(path.resolve(context.cwd, folder));
    if (controller === undefined && !needsController(what)) {
      const agreement = named ?? readInForce(context);
      const document = makeAgreementDocument(what, { agreement, language, at: context.clock.now() });
      await writeDocuments(context, options, [{ of: agreement.id, make: async () => document }]);
      return 0;
    }
    return await withHub(context, {}, async (hub) => {
      const ids = controller === undefined ? await everybody(hub) : [controller];
      const asked = ids.map((id): Asked => ({ of: id, make: () => makeFor(hub, id, named, options) }));
      await writeDocuments(context, options, asked);
      return 0;
    });
  } catch (error) {
    if (!(error instanceof AgreementInvalid)) throw error;
    context.err(formatDiagnostics(error.diagnostics, terminalLanguage(context.environment)));
    reportError(error, context, context.environment);
    return 2;
  }
}

function readInForce(context: CommandContext): Agreement {
  const { agreement, folder } = configOf(context);
  return readAgreement(agreement === undefined ? undefined : path.resolve(folder, agreement));
}

async function makeFor(
  { ports }: Hub,
  controller: ControllerId,
  named: Agreement | undefined,
  { what, language }: RenderOptions,
): Promise<Document> {
  const { agreement, ...file } = await ports.unitOfWork.transaction((unit) =>
    readControllerView(unit, ports, controller),
  );
  return makeControllerDocument(what, {
    agreement: named ?? agreement,
    language,
    at: ports.clock.now(),
    file,
  });
}

async function everybody({ ports }: Hub): Promise<readonly ControllerId[]> {
  const { controllers } = await ports.unitOfWork.transaction((unit) =>
    ports.contracts.list(unit, { scope: "all", limit: EVERYBODY, offset: 0 }),
  );
  return controllers.map(({ id }) => id);
}
