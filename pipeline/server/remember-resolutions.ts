import { registerHooks, type ResolveFnOutput } from 'node:module';

/**
 * From here on a module name is looked up once. By itself Node reads the package's whole package.json for each import of
 * it and for each file in it, and that of drizzle-orm has 179 kB: two thirds of the time of loading the pipeline
 * (decision 0071). What is answered is what Node answered before:
 *
 * - a package that our own sources import is the same one for all of them, for it lies in the one node_modules above;
 * - files of one folder with one ending have one format, for the next package.json above the folder decides it.
 */
export function rememberResolutions(): void {
  const packages = new Map<string, ResolveFnOutput>();
  const formats = new Map<string, string>();
  registerHooks({
    resolve: (specifier, context, next) => {
      const { parentURL, conditions } = context;
      // `require` tries endings and folders, and attributes choose another kind of module.
      const isPlain = conditions.includes('import') && Object.keys(context.importAttributes).length === 0;
      if (parentURL === undefined || !isPlain) return next(specifier, context);
      if (/^\.\.?\//.test(specifier)) {
        const url = new URL(specifier, parentURL).href;
        const format = formats.get(kindOf(url));
        if (format !== undefined) return { url, format, shortCircuit: true };
        const found = next(specifier, context);
        // Elsewhere than it says: behind a link.
        if (found.url === url && typeof found.format === 'string') formats.set(kindOf(url), found.format);
        return found;
      }
      if (parentURL.includes('/node_modules/')) return next(specifier, context);
      const found = packages.get(specifier) ?? next(specifier, context);
      packages.set(specifier, { ...found, shortCircuit: true });
      return found;
    },
  });
}

/** Folder and ending. */
function kindOf(url: string): string {
  return url.slice(0, url.lastIndexOf('/') + 1) + url.slice(url.lastIndexOf('.'));
}
