import { create } from 'zustand';
import type { ConnectionState } from '../../shared/contract/index.ts';

/** Is the picture on the screen current? Told by the desk, and by this window where it lost the desk. */
export const useConnection = create<{ connection: ConnectionState }>()(() => ({ connection: { state: 'live' } }));
