import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A waiting test asks again until this long; a second is too short on a busy two-core machine, and a test that passes never waits it out.
configure({ asyncUtilTimeout: 10_000 });

// Files share a worker and its modules, so the library's own clean-up would be there for the first file only.
afterEach(() => cleanup());
