import { writeFileSync } from 'node:fs';
import { openBlender } from './blender/index.ts';
import { renderPart } from './built-in.ts';
import { requestFor } from './known-parts.fixture.ts';
const b = await openBlender();
if (!b.ok) throw new Error(b.failure.message);
for (const spec of process.argv.slice(2)) {
  const [name, camera, bg = '#ffffff'] = spec.split(':');
  const req = requestFor(name!, { width: 420, height: 420, samples: 40, camera: camera as never, background: bg });
  const t = {
    seal: { color: '#1b1d20', metallic: 0, roughness: 0.6 },
    cage: { color: '#b08a3c', metallic: 1, roughness: 0.35 },
    housing: { color: '#3f5a4a', metallic: 0, roughness: 0.45 },
  };
  const request = {
    ...req,
    materials: { ...req.materials, ...Object.fromEntries(Object.entries(t).filter(([k]) => k in req.materials)) },
  };
  const r = await b.value
    .render(request, { onLog: (x) => console.error(x) })
    .catch((e) => (console.error(e.message), null));
  if (r?.ok)
    (writeFileSync(`/tmp/rd-pics/${name}-${camera}.png`, r.value.bytes), console.log(spec, r.value.duration_ms));
  else if (r) console.log(r.failure);
  const d = await renderPart(request);
  if (d.ok) writeFileSync(`/tmp/rd-pics/${name}-${camera}-flat.png`, d.value.bytes);
}
