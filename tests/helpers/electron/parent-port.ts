import { EventEmitter } from 'node:events';

// Loaded into a Node child with `--import`: gives it the `process.parentPort` of an Electron utility process.
const port = new EventEmitter();
process.on('message', (data) => port.emit('message', { data }));
Object.defineProperty(process, 'parentPort', { value: port });
