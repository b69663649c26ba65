/** Who wrote can be corrected, as long as it stands; a message is what was received, and facts are evidence. @clause D10.1a */
import type { ActionResult, Rectification, Unit } from "@preau/kernel";
import { openInquiry, sealInquiry } from "./inquiry-seal.ts";
import type { RequestSourcePorts } from "./requests-personal-data.ts";
import { inquiriesOfSubjects } from "./store/inquiries.ts";
import { writeInquiry } from "./store/person-rows.ts";

const LONGEST = 320;

export async function rectifyInquiry(
  unit: Unit,
  ports: Pick<RequestSourcePorts, "vault">,
  { controller, subject: { subject }, changes }: Rectification,
): Promise<ActionResult> {
  const refused: { what: string; why: string; remedy: string }[] = [];
  let changed = 0;
  for (const { where, field, value } of changes) {
    const isWho = where === "dsr_inquiry" && (field === "name" || field === "address");
    const fits = isWho && typeof value === "string" && value.trim() !== "" && value.length <= LONGEST;
    let done = 0;
    if (fits)
      for (const { id } of await inquiriesOfSubjects(unit, controller, [subject])) {
        const written = await openInquiry(unit, ports, id);
        if (written?.[field] === undefined) continue;
        await writeInquiry(unit, id, await sealInquiry(ports, id, { ...written, [field]: value }));
        done += 1;
      }
    changed += done;
    if (done === 0)
      refused.push({
        what: `${where}.${field}`,
        why: "a message is kept as it was received, and what was done on it is evidence",
        remedy: "correct the data where it is kept",
      });
  }
  return { changed, refused };
}
