// express-pouchdb over LevelDB on disk. Arguments: port, folder, documents, ids, how many at once.
import express from "express";
import makeDoors from "express-pouchdb";
import fs from "node:fs";
import PouchDB from "pouchdb";
import { answer, documents, taking } from "./stages.mjs";

const [port, folder, rows, ids, size] = process.argv.slice(2);
fs.mkdirSync(`${folder}/databases`, { recursive: true });
process.chdir(folder); // It leaves a log and a configuration where it stands.
const Kept = PouchDB.defaults({ prefix: `${folder}/databases/` });
const town = new Kept("town");
const next = taking(ids, Number(size));

async function fill() {
  for (const part of documents(rows, 2000)) {
    await town.bulkDocs(part.map(({ id, ...columns }) => ({ _id: id, ...columns })));
  }
  return (await town.info()).doc_count;
}

async function change() {
  const found = await town.allDocs({ keys: next(), include_docs: true });
  const moved = found.rows.map(({ doc }) => ({ ...doc, title: `${doc.title} (revu)` }));
  return (await town.bulkDocs(moved)).length;
}

const app = express();
app.use("/db", makeDoors(Kept, { mode: "minimumForPouchDB", inMemoryConfig: true }));
app.listen(Number(port), "127.0.0.1", () => answer({ fill, change }));
