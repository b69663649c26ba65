/** The jobs of exports: make a package, destroy it. */
import type { Job, JobDefinition } from "@preau/kernel";
import type { ContentMaker } from "../content-of.ts";
import { DESTROY, destroyWhenDue } from "../destroy-exports.ts";
import { fault } from "../errors.ts";
import type { ExportId } from "../export-order.ts";
import { RUN } from "../export-order-place.ts";
import { runExport } from "../export-order-run.ts";
import type { ExportPorts } from "../export-ports.ts";
import type { ExportOptions } from "../options.ts";

const ATTEMPTS = 20;

export function exportJobs(
  ports: ExportPorts,
  options: ExportOptions,
  makeContent: ContentMaker,
): readonly JobDefinition[] {
  return [
    {
      name: RUN,
      handler: async (job, { attempt, signal }) => {
        const id = orderIn(job);
        const isLast = attempt >= ATTEMPTS;
        const outcome = await runExport(
          ports,
          options,
          { controller: job.controller, id },
          { signal, isLast, makeContent },
        );
        ports.log.info("data-export.run", { order: id, outcome });
      },
      attempts: ATTEMPTS,
    },
    {
      name: DESTROY,
      handler: async (job) =>
        destroyWhenDue(ports, options, { controller: job.controller, id: orderIn(job) }),
      attempts: 50,
    },
  ];
}

/** @throws EXPORT_NO_EXPORT */
function orderIn({ payload }: Job): ExportId {
  const id = payload["order"];
  if (typeof id !== "string") throw fault("EXPORT_NO_EXPORT");
  return id as ExportId;
}
