import { expect, test } from 'vitest';
import { orderLineSchema, orderSchema, pageOf } from '../../shared/domain/index.ts';
import { productIds, untilFinished } from '../test-support/orders.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 1 });

test('an image is fetched once, in parts where asked, and not again while its tag is the same', async () => {
  const operator = await pipeline().as('operator@kugelwerk.example');
  const order = await operator.change(orderSchema, 'POST', '/orders', {
    product_ids: await productIds(operator, 'query=6205&limit=1'),
    output_type_name: 'Web Standard',
    render_overrides: { width: 64, height: 64, format: 'png' },
  });
  await untilFinished(operator, order.id);
  const [line] = (await operator.read(pageOf(orderLineSchema), `/orders/${order.id}/lines`)).items;
  for (const variant of ['image', 'thumbnail']) {
    const path = `/renders/${line?.render_id}/${variant}`;
    const whole = await operator.bytes(path);
    const ask = (method: string, headers: Record<string, string>) =>
      fetch(`${pipeline().origin}/api${path}`, {
        method,
        headers: { authorization: `Bearer ${operator.token}`, ...headers },
      });
    const head = await ask('HEAD', {});
    const tag = head.headers.get('etag') ?? '';
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.length)]);
    expect(head.headers.get('cache-control')).toContain('immutable');
    for (const match of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const again = await ask('GET', { 'if-none-match': match });
      expect([again.status, (await again.arrayBuffer()).byteLength]).toEqual([304, 0]);
    }
    expect((await ask('GET', { 'if-none-match': '"other"' })).status).toBe(200);
    const part = await ask('GET', { range: 'bytes=10-29' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-29/${whole.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(10, 30));
    const none = await ask('GET', { range: 'bytes=99999999-' });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${whole.length}`]);
    expect(none.headers.get('cache-control')).toBe('no-store');
  }
});
