import { ensureRenderer, viteInstalled } from './start/renderer-build.ts';

/** Runs at the end of `npm install`, so that the first start does not have to wait for a build. */
if (viteInstalled()) {
  const build = await ensureRenderer();
  if ('problem' in build) {
    console.error(build.problem);
    process.exitCode = 1;
  } else {
    console.log(build.state === 'fresh' ? 'the window is built already' : 'the window is built');
  }
} else {
  console.log('devDependencies are not installed: the window is not built (an existing build in out/ is used)');
}
