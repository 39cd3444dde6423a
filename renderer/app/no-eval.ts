import { z } from 'zod';

// zod would try `new Function` to see whether it may; the page's policy forbids it and would report the attempt.
z.config({ jitless: true });
