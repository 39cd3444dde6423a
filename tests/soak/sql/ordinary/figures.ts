import type { Order, OutputType, RenderStats } from '../../../../shared/domain/index.ts';
import type { RunningPipeline } from '../../../helpers/pipeline.ts';

/** What the REST API says about a tenant, to compare queries with. */
export interface Figures {
  orders: Order[];
  /** Products, and those of the branch `Kugellager`. */
  products: number;
  bearings: number;
  categories: number;
  materials: number;
  mappings: { total: number; unmapped: number };
  outputTypes: OutputType[];
  stats: Record<'all' | 'this_week' | 'last_week' | 'this_month' | 'today', RenderStats>;
  byDay: RenderStats;
  byType: RenderStats;
}

interface Page<T> {
  items: T[];
  total?: number;
}

export async function figuresOf(pipeline: RunningPipeline, token: string): Promise<Figures> {
  const get = async <T>(path: string): Promise<T> => {
    const response = await pipeline.request(token, `/api${path}`);
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as T;
  };
  const stats = (period: string, group = 'none') =>
    get<RenderStats>(`/stats/renders?period=${period}&group_by=${group}`);
  const total = async (path: string): Promise<number> => (await get<Page<unknown>>(path)).total ?? Number.NaN;
  const mappings = (await get<Page<{ material_name: string | null }>>('/material-mappings?limit=200')).items;
  return {
    orders: (await get<Page<Order>>('/orders?limit=200')).items,
    products: await total('/products?limit=1'),
    bearings: await total('/products?limit=1&category=Kugellager'),
    categories: (await get<Page<unknown>>('/categories?limit=200')).items.length,
    materials: (await get<Page<unknown>>('/materials?limit=200')).items.length,
    mappings: {
      total: mappings.length,
      unmapped: mappings.filter((mapping) => mapping.material_name === null).length,
    },
    outputTypes: (await get<Page<OutputType>>('/output-types?limit=200')).items,
    stats: {
      all: await stats('all'),
      this_week: await stats('this_week'),
      last_week: await stats('last_week'),
      this_month: await stats('this_month'),
      today: await stats('today'),
    },
    byDay: await stats('all', 'day'),
    byType: await stats('all', 'output_type'),
  };
}
