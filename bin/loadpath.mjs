#!/usr/bin/env node
// Checks Node before anything newer than this file's syntax is loaded, so that an old Node gets a sentence, not a stack.
const OLDEST = [22, 12];

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  fail(`loadpath needs Node ${OLDEST.join('.')} or newer, and this is ${process.versions.node}.`);
} else {
  run();
}

async function run() {
  try {
    const { start } = await import('../dist/cli/start.cjs');
    process.exitCode = await start(process.argv.slice(2));
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !error.message.includes('start.cjs')) throw error;
    fail("loadpath is not built yet: run 'npm run build' in its folder first.");
  }
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
