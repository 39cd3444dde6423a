import { randomBytes } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { RENDERER_NAMES, type RendererName } from '../render/index.ts';
import { readLocation, type StoreLocation } from '../store/index.ts';
import { readArguments, UsageError } from './arguments.ts';
import { readHosting, type Hosting } from './hosting.ts';

/** How a pipeline is started (DESIGN.md 4.1). */
export interface PipelineOptions {
  port: number;
  host: string;
  /** TLS or a proxy; needed beyond this machine. */
  hosting?: Hosting;
  database: { kind: 'embedded'; dataDir: string } | { kind: 'server'; url: string };
  /** Where the images are kept. */
  files: StoreLocation;
  /** `large`: so many products, for benchmarks. */
  seed: 'sample' | 'none' | { large: number };
  /** Renders at once; 0 renders nothing here. */
  workers: number;
  /** What the workers of this process draw with; the built-in renderer unless said. */
  renderer?: RendererName;
  exitWithParent: boolean;
  /** Draw the images of the sample history on the side. */
  sampleImages: boolean;
}

export interface WorkerOptions {
  databaseUrl: string;
  files: StoreLocation;
  concurrency: number;
  renderer: RendererName;
  /** How operators see it. */
  name: string;
  /** Port of `/metrics` on loopback, null without one. */
  metricsPort: number | null;
}

/** The options of `npm run pipeline`. */
export const PIPELINE_USAGE =
  'npm run pipeline -- --port N (--data DIR | --database-url URL) [--files PLACE] [--seed sample|large=N|none] [--workers N] [--renderer NAME] [--host ADDR] [--tls-cert FILE --tls-key FILE | --behind-proxy [--proxy-addresses ADDR,…]]';
/** The options of `npm run worker`. */
export const WORKER_USAGE =
  'npm run worker -- --database-url URL [--files PLACE] [--concurrency N] [--renderer NAME] [--name NAME] [--metrics-port N]';

const count = z.coerce.number().int().min(0).max(256);

const pipelineSchema = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  host: z.string().default('127.0.0.1'),
  'tls-cert': z.string().min(1).optional(),
  'tls-key': z.string().min(1).optional(),
  'behind-proxy': z.boolean().default(false),
  'proxy-addresses': z.string().optional(),
  data: z.string().min(1).optional(),
  'database-url': z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  files: z.string().min(1).optional(),
  seed: z
    .union(
      [
        z.enum(['sample', 'none']),
        z
          .string()
          .regex(/^large=[1-9]\d{2,6}$/)
          .transform((text) => ({ large: Number(text.slice('large='.length)) })),
      ],
      'sample, none, or large=N with 100 to 3,000,000 products',
    )
    .refine((seed) => typeof seed === 'string' || seed.large <= 3_000_000, 'at most 3,000,000 products')
    .optional(),
  workers: count.optional(),
  renderer: z.enum(RENDERER_NAMES).default('built-in'),
  'exit-with-parent': z.boolean().default(false),
  'no-sample-images': z.boolean().default(false),
});

/** Reads the command line of `npm run pipeline`. */
export function readPipelineOptions(args: readonly string[]): PipelineOptions {
  const given = readArguments(args, pipelineSchema, PIPELINE_USAGE);
  const url = given['database-url'];
  if ((given.data === undefined) === (url === undefined)) {
    throw new UsageError(`Give either --data or --database-url.\nUsage: ${PIPELINE_USAGE}`);
  }
  const { data } = given;
  return {
    port: given.port,
    host: given.host,
    hosting: readHosting(given),
    database:
      data === undefined ? { kind: 'server', url: url ?? '' } : { kind: 'embedded', dataDir: path.resolve(data) },
    files: readFiles(given.files, data),
    // A private database without users would be of no use; a server's database is filled by its owner.
    seed: given.seed ?? (data === undefined ? 'none' : 'sample'),
    workers: given.workers ?? os.availableParallelism(),
    renderer: given.renderer,
    exitWithParent: given['exit-with-parent'],
    // A desk starts its pipeline without this flag; tests on a small machine say it through the environment.
    sampleImages: !given['no-sample-images'] && process.env['RENDERDESK_SAMPLE_IMAGES'] !== 'off',
  };
}

/** Where images are kept: as `--files` says, else in the data directory, else in the database. */
export function readFiles(given: string | undefined, dataDir: string | undefined): StoreLocation {
  if (given === undefined && dataDir !== undefined) return { kind: 'directory', path: path.resolve(dataDir, 'files') };
  const location = readLocation(given ?? 'postgres:');
  if (!location.ok) throw new UsageError(location.failure.message);
  return location.value;
}

const workerSchema = z.object({
  'database-url': z.url({ protocol: /^postgres(ql)?$/ }),
  files: z.string().min(1).optional(),
  concurrency: count.min(1).optional(),
  renderer: z.enum(RENDERER_NAMES).default('built-in'),
  name: z.string().trim().min(1).max(60).optional(),
  'metrics-port': z.coerce.number().int().min(0).max(65_535).optional(),
});

/** Reads the command line of `npm run worker`. */
export function readWorkerOptions(args: readonly string[]): WorkerOptions {
  const given = readArguments(args, workerSchema, WORKER_USAGE);
  return {
    databaseUrl: given['database-url'],
    files: readFiles(given.files, undefined),
    // Blender uses every core for one picture.
    concurrency: given.concurrency ?? (given.renderer === 'blender' ? 1 : os.availableParallelism()),
    renderer: given.renderer,
    metricsPort: given['metrics-port'] ?? null,
    name: given.name ?? `worker-${randomBytes(3).toString('hex')}`,
  };
}
