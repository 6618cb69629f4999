// PouchDB over LevelDB on disk. Arguments: port, folder, ids, how many edits at once.
import fs from "node:fs";
import PouchDB from "pouchdb";
import { answer, taking } from "./stages.mjs";

const [port, folder, ids, size] = process.argv.slice(2);
fs.mkdirSync(folder, { recursive: true });
const local = new PouchDB(`${folder}/tablet`);
const remote = new PouchDB(`http://127.0.0.1:${port}/db/town`, { skip_setup: true });
const next = taking(ids, Number(size));
const pages = { batch_size: 1000, batches_limit: 2 };

async function down() {
  return (await local.replicate.from(remote, pages)).docs_written;
}

async function up() {
  return (await local.replicate.to(remote, pages)).docs_written;
}

async function edit() {
  const found = await local.allDocs({ keys: next(), include_docs: true });
  const moved = found.rows.map(({ doc }) => ({ ...doc, note: "Fissure vue, à surveiller" }));
  return (await local.bulkDocs(moved)).length;
}

async function idle() {
  return (await up()) + (await down());
}

await answer({ copy: down, settle: idle, down, edit, up, idle });
