import { configure } from '@testing-library/react';

// A waiting test asks again until this long; a second is too short on a busy two-core machine, and a test that passes never waits it out.
configure({ asyncUtilTimeout: 10_000 });
