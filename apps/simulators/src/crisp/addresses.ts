import type { SimulatorAddress } from "../simulator.ts";
import type { Credentials } from "./credentials.ts";

/** What a client of the desk is configured with, and where a test steers it. */
export function deskAddresses(
  url: string,
  { websiteId, identifier, files }: Credentials,
): readonly SimulatorAddress[] {
  return [
    { id: "inbox", says: { en: "Operator's inbox", fr: "Boîte de l'opérateur" }, at: `${url}/` },
    { id: "chat", says: { en: "Visitor's chat box", fr: "Fenêtre du visiteur" }, at: `${url}/chat` },
    {
      id: "widget",
      says: { en: "Script of the widget", fr: "Script de la fenêtre à insérer" },
      at: `${url}/l.js`,
    },
    { id: "rest", says: { en: "REST service", fr: "Service REST" }, at: `${url}/v1` },
    { id: "website", says: { en: "  website", fr: "  site" }, at: websiteId },
    {
      id: "identifier",
      says: { en: "  identifier of the plugin's token", fr: "  identifiant du jeton" },
      at: identifier,
    },
    { id: "key", says: { en: "  its key (file)", fr: "  sa clé (fichier)" }, at: files.key },
    {
      id: "hookSecret",
      says: { en: "Secret of the plugin's hook (file)", fr: "Secret du crochet du greffon (fichier)" },
      at: files.hookSecret,
    },
    {
      id: "nextHookSecret",
      says: { en: "  the one to come (file)", fr: "  le prochain (fichier)" },
      at: files.nextHookSecret,
    },
    {
      id: "hookKey",
      says: { en: "Key of the website's hook (file)", fr: "Clé du crochet du site (fichier)" },
      at: files.urlKey,
    },
    {
      id: "hooks",
      says: { en: "PUT where hooks go, GET what was sent", fr: "PUT des destinations, GET des envois" },
      at: `${url}/_hooks`,
    },
    {
      id: "visitor",
      says: { en: "POST what a visitor writes (JSON)", fr: "POST de ce qu'écrit un visiteur (JSON)" },
      at: `${url}/visitor`,
    },
    {
      id: "captured",
      says: { en: "Everything that was sent to it", fr: "Tout ce qui lui a été envoyé" },
      at: `${url}/_captured`,
    },
    {
      id: "faults",
      says: { en: "Defects, switched on and off", fr: "Défauts, à mettre et à ôter" },
      at: `${url}/_faults`,
    },
  ];
}
