// RxDB's HTTP replication as its manual has it, over its own handler, answers compressed.
// Arguments: port, documents, ids, how many at once.
import compression from "compression";
import express from "express";
import fs from "node:fs";
import { getReplicationHandlerByCollection } from "rxdb/plugins/replication-websocket";
import { collectionOf } from "./rxdb_shape.mjs";
import { answer, documents, taking } from "./stages.mjs";

const [port, rows, ids, size] = process.argv.slice(2);
const columns = JSON.parse(fs.readFileSync(`${rows}.columns`, "utf8"));
const town = await collectionOf("server", columns);
const next = taking(ids, Number(size));
const handler = getReplicationHandlerByCollection(town.database, "town");

async function fill() {
  let count = 0;
  for (const part of documents(rows, 2000)) {
    count += (await town.bulkInsert(part)).success.length;
  }
  return count;
}

async function change() {
  const found = await town.findByIds(next()).exec();
  const moved = [...found.values()].map((doc) => {
    const { _rev, _meta, _attachments, _deleted, ...kept } = doc.toMutableJSON(false);
    return { ...kept, title: `${kept.title} (revu)` };
  });
  return (await town.bulkUpsert(moved)).success.length;
}

const app = express();
app.use(compression());
app.use(express.json({ limit: "20mb" }));
app.get("/pull", async (asked, told) => {
  const since = asked.query.id ? { id: asked.query.id, lwt: Number(asked.query.lwt) } : undefined;
  told.json(await handler.masterChangesSince(since, Number(asked.query.limit)));
});
app.post("/push", async (asked, told) => told.json(await handler.masterWrite(asked.body)));
app.listen(Number(port), "127.0.0.1", () => answer({ fill, change }));
