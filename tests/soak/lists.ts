import type { ProductListAnswer } from '../../shared/contract/index.ts';
import { startDesk, type RunningDesk } from '../helpers/desk.ts';
import { hopelessFiles, randomList, type MessyList } from './lists/random-list.ts';
import { seeded } from './random.ts';
import { SoakCount, type SoakSuite } from './suite.ts';

/** Random messy product lists through the upload of a real desk: every product that is named is found, or it is told. */
export const run: SoakSuite = async ({ rounds, seconds, seed }) => {
  const until = performance.now() + seconds * 1000;
  const random = seeded(seed);
  const desk = await startDesk({ args: ['--model', 'none'] });
  const count = new SoakCount();
  try {
    const pimIds = await somePimIds(desk);
    for (const file of hopelessFiles) count.check(await tryHopeless(desk, file));
    for (let round = 0; round < rounds && performance.now() < until; round += 1) {
      const list = randomList(random, pimIds);
      const problem = await tryList(desk, list);
      count.check(
        problem === null ? null : `${problem} (seed ${seed}, round ${round}):\n${new TextDecoder().decode(list.bytes)}`,
      );
    }
  } finally {
    await desk.stop();
  }
  return count.result();
};

async function somePimIds(desk: RunningDesk): Promise<string[]> {
  const response = await desk.request('/api/desk/products.list', {
    method: 'POST',
    body: JSON.stringify({ limit: 200 }),
  });
  const { items } = (await response.json()) as { items: { pim_id: string }[] };
  return items.map(({ pim_id }) => pim_id);
}

function upload(desk: RunningDesk, file: { name: string; bytes: Uint8Array<ArrayBuffer> }): Promise<Response> {
  return desk.request(`/api/desk/product-lists?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file.bytes,
  });
}

async function tryList(desk: RunningDesk, list: MessyList): Promise<string | null> {
  const response = await upload(desk, list);
  if (!response.ok) return `answered ${response.status}: ${(await response.text()).slice(0, 200)}`;
  const { product_count, counts } = (await response.json()) as ProductListAnswer;
  const { products } = list;
  return product_count === products ? null : `found ${product_count} of ${products}, ${JSON.stringify(counts)}`;
}

async function tryHopeless(
  desk: RunningDesk,
  file: { name: string; bytes: Uint8Array<ArrayBuffer> },
): Promise<string | null> {
  const response = await upload(desk, file);
  const text = await response.text();
  if (response.status >= 500) return `${file.name} answered ${response.status}: ${text.slice(0, 200)}`;
  if (response.ok && (JSON.parse(text) as ProductListAnswer).product_count > 0) return `${file.name} found products`;
  return null;
}
