import { openMailer } from "@preau/mailer";
import express from "express";
import { invitation, toOfficer } from "./express-mails.ts";

const folder = process.env["MAIL_FOLDER"] ?? "./.mail";
export const mail = await openMailer({ folder, templates: [invitation], mailer: { transport: "catcher" } });
const app = express();
app.post("/invite/:school", async (request, response) => {
  response.status(202).json({ id: await mail.send(toOfficer(request.params.school)) });
});
export const server = app.listen(Number(process.env["PORT"] ?? 3000));
