// Cost of a test is in its suffix: *.unit.spec (no I/O), *.int.spec (disk, threads), *.servers.spec (servers of other kinds).
const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        target: 'es2024',
      },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};
const ignored = ['/node_modules/', '/dist/', '/fixtures/'];
const shared = {
  transform,
  setupFiles: ['<rootDir>/test/property-seed.mjs'],
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testPathIgnorePatterns: [...ignored, '\\.servers\\.spec\\.ts$'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
};
export default {
  watchman: false,
  maxWorkers: 2,
  reporters: ['default', '<rootDir>/test/closing-line.mjs'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,examples}/**/*.unit.spec.ts'] },
    { ...shared, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs,examples}/**/*.int.spec.ts'] },
    { ...shared, displayName: 'architecture', testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'] },
    { ...shared, displayName: 'faults', testMatch: ['<rootDir>/test/faults/**/*.spec.ts'] },
    { ...shared, displayName: 'acceptance', testMatch: ['<rootDir>/test/acceptance/**/*.spec.ts'] },
    // Run by `npm run test:servers` alone.
    {
      ...shared,
      displayName: 'servers',
      testMatch: ['<rootDir>/{apps,libs,test}/**/*.servers.spec.ts'],
      testPathIgnorePatterns: ignored,
      setupFilesAfterEnv: ['<rootDir>/test/support/servers-setup.mjs'],
    },
  ],
};
