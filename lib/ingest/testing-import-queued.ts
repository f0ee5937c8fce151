import { disconnect } from '#lib/db/client.ts';
import { importQueued } from './import-queued.ts';

// The process that the tests kill in the midst of an import.
await importQueued(process.argv[2] ?? '');
await disconnect();
