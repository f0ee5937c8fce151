#!/usr/bin/env node
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pinnedNode, prepare, root } from './bootstrap.mjs';

prepare();

const child = spawn(pinnedNode(), [path.join(root, 'cli', 'main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: {
    ...process.env,
    BAILIWICK_ROOT: root,
    BAILIWICK_HOME: path.resolve(root, process.env.BAILIWICK_HOME || '.bailiwick'),
  },
});

// The terminal sends Ctrl-C to both; the child decides when it is over. A signal sent to this process alone is passed on.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
