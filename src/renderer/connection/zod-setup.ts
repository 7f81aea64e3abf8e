import { z } from 'zod';

// zod's compiler probes `new Function`, which the page's security policy reports as a violation
z.config({ jitless: true });
