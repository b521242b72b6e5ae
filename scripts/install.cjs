/*
 * Installs what is missing, before `npm start`, `npm test` and the like. Plain JavaScript for any Node from 20 on: it
 * runs before the Node that Relance pins is there. When nothing is missing it only compares two hashes.
 */
'use strict';

const { createHash } = require('node:crypto');
const { spawnSync } = require('node:child_process');
const { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');

const root = join(__dirname, '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.relance-lock');
const lockFolder = join(modules, '.relance-installing');

const WAIT_MS = 200;
const STALE_MS = 15 * 60_000;

main();

function main() {
  const wanted = fingerprint();
  if (installed() === wanted) return;
  withLock(() => {
    // Another process may have installed while this one waited.
    if (installed() === wanted) return;
    if (!installedByHand()) install();
    writeFileSync(stampFile, wanted);
  });
}

/** Changes with the list of packages and with the machine: programs of one platform don't run on another. */
function fingerprint() {
  const list = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(list).update(`${process.platform}-${process.arch}`).digest('hex');
}

function installed() {
  return existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : null;
}

/** Whether somebody ran `npm install` since the list last changed: then everything is there but our stamp. */
function installedByHand() {
  const record = join(modules, '.package-lock.json');
  if (!existsSync(record) || existsSync(stampFile)) return false;
  const newer = statSync(record).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
  return newer && allThere(JSON.parse(readFileSync(record, 'utf8')).packages);
}

/** Same versions as the list asks for, and on disk; packages for other platforms may be absent. */
function allThere(present) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).every(([path, wanted]) => {
    if (path === '' || (wanted.optional && !present[path])) return true;
    return present[path]?.version === wanted.version && existsSync(join(root, path, 'package.json'));
  });
}

function install() {
  console.log('Installing what Relance needs (once; this takes a minute or two) …');
  // Not `npm ci`, which throws away what is there and begins anew. This too installs the versions of the list, and leaves the
  // list as it is. Development packages too, even under NODE_ENV=production: the tests and the web application's build need
  // them.
  const options = ['install', '--no-save', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const windows = process.platform === 'win32';
  const { error, status } = spawnSync(windows ? 'npm.cmd' : 'npm', options, {
    cwd: root,
    stdio: 'inherit',
    shell: windows,
  });
  if (error?.code === 'ENOENT')
    fail('npm was not found. Install Node.js with npm (https://nodejs.org), then try again.');
  if (error) fail(`npm could not be run: ${error.message}`);
  if (status !== 0)
    fail('npm could not install the packages (see above). Check the network and the disk, then try again.');
}

/** Runs `work` while no other installation of this folder does. A folder is made by one process only. */
function withLock(work) {
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
  const release = () => rmSync(lockFolder, { recursive: true, force: true });
  process.on('exit', release);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
  work();
}

function takeLock() {
  try {
    mkdirSync(modules, { recursive: true });
    mkdirSync(lockFolder);
    writeFileSync(join(lockFolder, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST')
      fail(`${root} can't be written to (${error.code}). Relance is installed in its own folder.`);
    if (holderIsGone()) rmSync(lockFolder, { recursive: true, force: true });
    return false;
  }
}

function holderIsGone() {
  try {
    const age = Date.now() - statSync(lockFolder).mtimeMs;
    const pid = join(lockFolder, 'pid');
    // No number yet: its holder is between making the folder and writing into it, or died right there.
    if (!existsSync(pid)) return age > 2_000;
    return age > STALE_MS || !isAlive(Number(readFileSync(pid, 'utf8')));
  } catch {
    return false;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
