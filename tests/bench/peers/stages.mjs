// A process that does on its standard input's words what it is asked, and answers each in JSON.
import fs from "node:fs";
import net from "node:net";
import readline from "node:readline";

const sockets = [];
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...given) {
  sockets.push(this);
  return connect.apply(this, given);
};

const bytesMoved = () => sockets.reduce((sum, s) => sum + s.bytesRead + s.bytesWritten, 0);

const peakMb = () => {
  const told = /VmHWM:\s+(\d+) kB/.exec(fs.readFileSync("/proc/self/status", "utf8"));
  return Math.round(Number(told[1]) / 1024);
};

const cpuSeconds = () => {
  const used = process.cpuUsage();
  return (used.user + used.system) / 1e6;
};

async function measured(stage) {
  const bytes = bytesMoved();
  const cpu = cpuSeconds();
  const began = performance.now();
  const rows = await stage();
  return {
    s: (performance.now() - began) / 1000,
    cpu_s: cpuSeconds() - cpu,
    bytes: bytesMoved() - bytes,
    peak_mb: peakMb(),
    rows,
  };
}

export async function answer(stages) {
  const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");
  say({ ready: true });
  for await (const word of readline.createInterface({ input: process.stdin })) {
    say(await measured(stages[word]));
  }
  process.exit(0);
}

// The documents of the workload, one a line.
export function* documents(file, size) {
  const lines = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  for (let at = 0; at < lines.length; at += size) {
    yield lines.slice(at, at + size).map((line) => JSON.parse(line));
  }
}

// The ids of the next rows to be touched: never one twice.
export function taking(file, size) {
  const ids = fs.readFileSync(file, "utf8").split("\n").filter(Boolean);
  return () => ids.splice(0, size);
}
