/** What `preau doctor` finds about messages: whether they leave, and what did not arrive. @clause DC */
import { countMessages, type MessageState, type TransportName } from "@preau/mailer";
import type { Hub } from "../hub.ts";
import type { Finding } from "./doctor-command.ts";

export async function mailFindings({ config, ports }: Hub): Promise<readonly Finding[]> {
  const counts = await ports.unitOfWork.transaction((unit) => countMessages(unit, "all"));
  const of = (...states: readonly MessageState[]) =>
    counts.filter(({ state }) => states.includes(state)).reduce((sum, { messages }) => sum + messages, 0);
  const [waiting, troubled] = [of("queued"), of("bounced", "dead")];
  return [
    transportFinding(ports.post.transport?.name, waiting, config.demonstration),
    {
      check: "mail arrived",
      result: troubled === 0 ? "PASS" : "WARN",
      evidence: troubled === 0 ? "none came back" : `${troubled} came back or were given up`,
      remedy: "See `preau mail list --state bounced` and `--state dead`, or /mail.",
    },
  ];
}

function transportFinding(
  transport: TransportName | undefined,
  waiting: number,
  demonstration: boolean,
): Finding {
  const check = "mail leaves";
  if (transport === "smtp" || transport === "brevo") {
    const way = transport === "smtp" ? "SMTP" : "Brevo";
    return { check, result: "PASS", evidence: `${way}; ${waiting} waiting; more by \`preau mail doctor\`` };
  }
  if (transport === "catcher")
    return {
      check,
      result: demonstration ? "PASS" : "WARN",
      evidence: "nothing leaves: messages are shown on /mail",
      remedy: "Name a mail server in preau.yaml, plugins.mailer.host.",
    };
  return {
    check,
    result: waiting === 0 ? "PASS" : "WARN",
    evidence: `nothing leaves: no transport; ${waiting} waiting`,
    remedy: "Name a mail server in preau.yaml, plugins.mailer.host: what waits leaves then.",
  };
}
