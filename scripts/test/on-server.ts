import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { commandEnvironment } from '../run-command.ts';
import { startTestServer } from './postgres-server.ts';

// Runs a command with RENDERDESK_TEST_DATABASE_ADMIN_URL naming a PostgreSQL server of its own:
// node scripts/test/on-server.ts vitest run pipeline
const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error('Usage: node scripts/test/on-server.ts COMMAND…');
  process.exit(2);
}
const server = await startTestServer();
process.on('SIGTERM', () => process.exit(143)).on('SIGINT', () => process.exit(130));
console.log(`on PostgreSQL ${server.version}: ${[program, ...args].join(' ')}`);
const env = commandEnvironment({ RENDERDESK_TEST_DATABASE_ADMIN_URL: server.adminUrl });
const [code] = (await once(spawn(program, args, { stdio: 'inherit', env }), 'exit')) as [number | null];
await server.stop();
process.exitCode = code ?? 1;
