import { jest } from '@jest/globals';

// Servers start in seconds, not milliseconds.
jest.setTimeout(120_000);
