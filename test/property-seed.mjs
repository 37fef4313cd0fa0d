import fc from 'fast-check';

// The same cases every time, so that a red build is a changed program. CONCORD_TEST_SEED=random looks for new ones; a number repeats them.
const asked = process.env.CONCORD_TEST_SEED ?? '20261123';
const seed = asked === 'random' ? Date.now() % 2 ** 31 : Number(asked);
fc.configureGlobal({ seed });
