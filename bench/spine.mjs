// Measures the spine as a whole process, from outside: start, memory, size, pages, cells, PDF.
// Prints Markdown; exits 1 when a gate is missed. BENKADI_PROGRAM names the built program.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = process.env.BENKADI_PROGRAM;
const folder = mkdtempSync(join(tmpdir(), 'benkadi-bench-'));
const data = join(folder, 'data');
const rows = [];
let missed = 0;

function gate(what, value, unit, limit) {
  const held = value <= limit;
  if (!held) missed += 1;
  rows.push(`| ${what} | ${round(value)} ${unit} | ≤ ${limit} ${unit} | ${held ? 'held' : '**missed**'} |`);
}
const round = (it) => (it >= 100 ? Math.round(it) : Math.round(it * 100) / 100);
const sorted = (list) => [...list].sort((a, b) => a - b);
const median = (list) => sorted(list)[Math.floor(list.length / 2)];
const p95 = (list) => sorted(list)[Math.min(list.length - 1, Math.ceil(list.length * 0.95) - 1)];

function start(from) {
  const begun = performance.now();
  const child = spawn(program, ['serve', '--data', from, '--listen', '127.0.0.1:0', '--json']);
  child.stderr.resume();
  return new Promise((resolve, reject) => {
    let text = '';
    child.on('exit', () => reject(new Error(`the program ended: ${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const line = text.match(/"address":"([^"]+)"/);
      if (line) resolve({ child, address: line[1].replace(/\/$/, ''), begun });
    });
  });
}
const stop = ({ child }) => new Promise((done) => { child.removeAllListeners('exit'); child.on('exit', done); child.kill('SIGTERM'); });

let cookie = '';
async function ask(server, path, options = {}) {
  const response = await fetch(server.address + path, {
    redirect: 'manual',
    ...options,
    headers: { accept: 'text/html', cookie, ...options.headers },
  });
  const body = Buffer.from(await response.arrayBuffer());
  const spent = Number(/dur=([\d.]+)/.exec(response.headers.get('server-timing') ?? '')?.[1] ?? NaN);
  return { status: response.status, spent, body, headers: response.headers };
}
function expect(answer, status, path) {
  if (answer.status !== status) throw new Error(`${path} answered ${answer.status}: ${answer.body.toString().slice(0, 400)}`);
  return answer;
}

try {
  execFileSync(program, ['init', '--data', data, '--place', 'EX-CERCLE', '--content', 'exercise'], { stdio: 'ignore' });
  execFileSync(program, ['person', '--data', data, '--name', 'Awa Traoré', '--login', 'awa', '--office', 'cercle-adviser', '--title', 'Conseillère', '--place', 'EX-CERCLE'], { input: 'une phrase courte\n', stdio: ['pipe', 'ignore', 'inherit'] });

  // Cold start: from the launch to the whole first page, on a filled base, five times.
  const starts = [];
  for (let i = 0; i < 5; i += 1) {
    const server = await start(data);
    expect(await ask(server, '/'), 200, '/');
    starts.push(performance.now() - server.begun);
    await stop(server);
  }
  gate('Start to first page, filled base (median of 5)', median(starts), 'ms', 500);

  const server = await start(data);
  const sign = await ask(server, '/connexion', { method: 'POST', body: new URLSearchParams({ identifiant: 'awa', mot_de_passe: 'une phrase courte' }) });
  expect(sign, 303, '/connexion');
  cookie = sign.headers.getSetCookie().map((it) => it.split(';')[0]).join('; ');

  const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
  gate('Memory, idle after the first pages', Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024, 'MB', 100);
  gate('Program file', statSync(program).size / 1e6, 'MB', 80);

  // The largest core form of the reference questionnaire, opened a hundred times.
  const form = '/suivi/saisie/EX-C1/2024T4/J02?palier=complet';
  const page = expect(await ask(server, form), 200, form).body.toString();
  const opened = [];
  for (let i = 0; i < 100; i += 1) opened.push(expect(await ask(server, form), 200, form).spent);
  gate('Open a form, in the server (p95 of 100)', p95(opened), 'ms', 100);

  const jeton = /name="jeton" value="([^"]+)"/.exec(page)[1];
  const saved = [];
  for (let i = 0; i < 100; i += 1) {
    // `avant` is what the form showed: a cell that somebody else changed meanwhile is not overwritten.
    const avant = i === 0 ? '' : String((i - 1) % 50);
    const body = new URLSearchParams({ jeton, palier: 'complet', case: 'EDI_DELIB', valeur: String(i % 50), nsp: '', note: '', avant });
    const answer = await ask(server, '/suivi/saisie/EX-C1/2024T4/J02/cellule', { method: 'POST', body, headers: { accept: 'application/json' } });
    saved.push(expect(answer, 200, 'cellule').spent);
  }
  gate('Save a cell, durable, in the server (p95 of 100)', p95(saved), 'ms', 50);

  const report = '/suivi/rapports/EX-CERCLE/2024T3.pdf';
  const printed = [];
  for (let i = 0; i < 5; i += 1) printed.push(expect(await ask(server, report), 200, report).spent);
  gate('Activity report as PDF, first time', printed[0], 'ms', 3000);
  gate('Activity report as PDF (median of 5)', median(printed), 'ms', 3000);
  await stop(server);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

console.log(`| What | Measured | Gate | |\n|---|---|---|---|\n${rows.join('\n')}`);
process.exitCode = missed === 0 ? 0 : 1;
