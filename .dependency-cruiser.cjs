// Dependencies point one way; test/architecture proves that these rules bite on a fixture that breaks each of them.
const PORTS = '(event-store|read-store|publishing|privacy|access)';
const CONTEXTS =
  '(leads|deals|members|organisation|imports|campaigns|attribution|figures|incentives|codelists|reviews|feedback)';
// What stands beside a context's events and may be used by others: the events and the pure folds.
const OPEN =
  '(events/|lead\\.ts$|deal\\.ts$|member\\.ts$|roster\\.ts$|identity\\.ts$|lead-deals\\.ts$|code-list\\.ts$|campaign\\.ts$|spend\\.ts$|known-[a-z]+\\.ts$|channel-rules\\.ts$)';
const FIGURES_OPEN_TO_REPORTS = '(^|/)libs/figures/(history|contribution|blocks|report|read|facts-reader)';
const TEST_CODE = '(\\.spec\\.ts$|/testing/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'kernel-imports-nothing',
      comment: 'The kernel is pure TypeScript: no other lib, no framework.',
      severity: 'error',
      from: { path: '(^|/)libs/kernel/', pathNot: TEST_CODE },
      to: { path: '(^|/)libs/(?!kernel/)|@nestjs|fastify|mongodb|kafkajs' },
    },
    {
      name: 'ports-know-only-the-kernel',
      severity: 'error',
      from: { path: `(^|/)libs/${PORTS}/`, pathNot: TEST_CODE },
      to: { path: '(^|/)(libs|apps)/', pathNot: `(^|/)libs/kernel/|(^|/)libs/${PORTS}/` },
    },
    {
      name: 'subscriptions-know-only-ports',
      severity: 'error',
      from: { path: '(^|/)libs/subscriptions/', pathNot: TEST_CODE },
      to: { path: '(^|/)(libs|apps)/', pathNot: `(^|/)libs/(kernel|${PORTS}|subscriptions)/` },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: '(^|/)libs/platform/', pathNot: TEST_CODE },
      to: { path: `(^|/)(libs/${CONTEXTS}|apps)/`, pathNot: '/events/' },
    },
    {
      name: 'a-context-sees-only-the-events-of-another',
      severity: 'error',
      from: { path: `(^|/)libs/${CONTEXTS}/`, pathNot: [TEST_CODE, '(^|/)libs/(attribution|reviews|incentives)/'] },
      to: { path: `(^|/)libs/${CONTEXTS}/`, pathNot: [`(^|/)libs/$2/`, `(^|/)libs/${CONTEXTS}/${OPEN}`] },
    },
    {
      name: 'attribution-and-reviews-stand-on-figures',
      comment:
        'Credit and reviews are facts like any figure: they share how deals are folded, blocks, their reader and reports. Not the other way.',
      severity: 'error',
      from: { path: '(^|/)libs/(attribution|reviews)/', pathNot: TEST_CODE },
      to: {
        path: `(^|/)libs/${CONTEXTS}/`,
        pathNot: ['(^|/)libs/$2/', `(^|/)libs/${CONTEXTS}/${OPEN}`, FIGURES_OPEN_TO_REPORTS],
      },
    },
    {
      name: 'incentives-stand-on-credit-and-figures',
      comment:
        'Bonuses split by the credit models, fold deals as figures do, and read figures for the pool of both teams. Not the other way.',
      severity: 'error',
      from: { path: '(^|/)libs/incentives/', pathNot: TEST_CODE },
      to: {
        path: `(^|/)libs/${CONTEXTS}/`,
        pathNot: [
          '(^|/)libs/incentives/',
          `(^|/)libs/${CONTEXTS}/${OPEN}`,
          FIGURES_OPEN_TO_REPORTS,
          '(^|/)libs/attribution/(credit-models|credit|definitions)',
        ],
      },
    },
    {
      name: 'no-lib-imports-an-app',
      severity: 'error',
      from: { path: '(^|/)libs/' },
      to: { path: '(^|/)apps/' },
    },
    {
      name: 'adapters-are-imported-only-by-apps',
      severity: 'error',
      from: { path: '(^|/)libs/([^/]+)/', pathNot: TEST_CODE },
      to: { path: `(^|/)libs/${PORTS}/(sqlite|eventstoredb|mongodb|kafka)/`, pathNot: '(^|/)libs/$2/' },
    },
    {
      name: 'decisions-are-pure',
      comment: 'A decision (the file named like its folder) has no I/O and no framework.',
      severity: 'error',
      from: { path: '(^|/)libs/[^/]+/write/([^/]+)/\\2\\.ts$' },
      to: {
        path: '@nestjs|class-validator|^(node:)?(fs|net|http|sqlite|child_process)(/|$)|(^|/)libs/(event-store|read-store|platform)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], extensions: ['.ts', '.js'] },
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
