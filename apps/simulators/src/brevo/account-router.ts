/**
 *   GET /account
 *   GET /senders/domains
 */
import { Router } from "express";
import type { BrevoAccount } from "./brevo-account.ts";
import { isoOf } from "./iso-time.ts";

export function accountRouter({ state, agenda, defects }: BrevoAccount, domains: readonly string[]): Router {
  const router = Router();

  router.get("/account", (_request, response) => {
    const credits = defects.get("no-credits") > 0 ? 0 : 300;
    response.json({
      organization_id: "0123456789abcdef01234567",
      user_id: 1,
      enterprise: false,
      companyName: "Éditeur d'exemple",
      email: "compte@publisher.example",
      firstName: "Camille",
      lastName: "Exemple",
      address: { street: "1 rue de l'Exemple", city: "Metz", zipCode: "57000", country: "France" },
      plan: [{ type: "free", credits, creditsType: "sendLimit" }],
      relay: {
        enabled: defects.get("under-validation") === 0,
        data: { userName: "compte@publisher.example", relay: "smtp-relay.brevo.com", port: 587 },
      },
    });
  });

  router.get("/senders/domains", (_request, response) => {
    const used = [...state.mails.values()].map(({ sender }) => sender.email.split("@")[1] ?? "");
    const valid = defects.get("sender-unknown") === 0;
    const all = [...new Set([...domains, ...used])];
    response.json({
      domains: all.map((domain, index) => ({
        id: String(index + 1),
        domain_name: domain,
        authenticated: valid,
        verified: valid,
        ip: null,
        provider: "unknown",
        creator: { id: "1", email: "compte@publisher.example", creationDate: isoOf(agenda.now()) },
      })),
      count: all.length,
      current_page: 1,
      total_pages: 1,
    });
  });

  return router;
}
