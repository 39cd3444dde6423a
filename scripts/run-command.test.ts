import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

describe('runCommand', () => {
  it('collects both outputs and the exit code', async () => {
    const result = await runCommand(['node', '--eval', 'console.log("out"); console.error("err"); process.exit(3)']);
    expect(result).toMatchObject({ exitCode: 3 });
    expect(result.output.split('\n').sort()).toEqual(['', 'err', 'out']);
  });

  it('says so when the program is not there', async () => {
    const result = await runCommand(['no-such-program']);
    expect(result.exitCode).toBe(127);
    expect(result.output).toContain('no-such-program');
  });

  it.skipIf(process.platform === 'win32')('ends the whole group when time is up', async () => {
    // The answer comes when the last of them has let go of its output.
    const result = await runCommand(['sh', '-c', 'sleep 61 & wait'], { timeoutSeconds: 1 });
    expect(result.exitCode).toBe(124);
    expect(result.seconds).toBeLessThan(20);
  });

  it('gives the command this very Node', async () => {
    const result = await runCommand(['node', '--print', 'process.execPath']);
    expect(result.output.trim()).toBe(process.execPath);
  });
});
