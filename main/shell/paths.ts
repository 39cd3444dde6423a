import { join } from 'node:path';
import type { ServiceName } from '../desk-types.ts';

/** Where the built parts of the application lie; absolute paths, the same inside an asar archive. */
export interface ShellPaths {
  renderer: string;
  preload: string;
  icons: string;
  /** Runs a service inside a utility process, see `service-host.ts`. */
  serviceHost: string;
  services: Readonly<Record<ServiceName, string>>;
}

/** The paths seen from `out/main`, where the built entry lies. */
export function shellPaths(mainDirectory: string): ShellPaths {
  const out = join(mainDirectory, '..');
  return {
    renderer: join(out, 'renderer'),
    preload: join(out, 'preload', 'index.cjs'),
    icons: join(out, '..', 'resources', 'icons'),
    serviceHost: join(mainDirectory, 'service-host.js'),
    services: {
      pipeline: join(out, 'pipeline', 'index.js'),
      'offline-model': join(out, 'offline-model', 'index.js'),
    },
  };
}
