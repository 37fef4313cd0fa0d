import type { Ledger } from '#apps/composition/ledger.js';
import { followsChannelRules } from '#apps/composition/processors.js';
import { usualLanes } from '#apps/composition/usual-lanes.js';
import { openLanes } from '#apps/projector/lanes.js';
import { handleApplyChannelRules } from '#campaigns/write/run-channel-rules.js';
import type { CommandContext } from '#event-store/command-context.js';
import { freshUuid } from '#kernel/ids.js';
import { canonicalJson } from '#platform/http/canonical-json.js';
import { positionText, START } from '#kernel/position.js';
import type { GenerationStatus, ProcessorSpec } from '#read-store/read-store.js';
import { projectionStatus, type ProcessorStatus } from '#subscriptions/progress.js';
import { promote, rebuild } from '#subscriptions/rebuild.js';
import { verify, type Verdict } from '#subscriptions/verify.js';
import { printJson } from '../ask/ask.js';
import { EXIT, UsageError, type ExitCode } from '../exit-code.js';
import { withLedger } from '../open-ledger.js';
import { progressBar, type ProgressBar } from '../output/progress.js';
import { table } from '../output/table.js';
import { numberText } from '../output/values.js';

const ACTIONS = { status, rebuild: rebuildThem, promote: promoteThem, verify: verifyThem };

interface Work {
  readonly ledger: Ledger;
  readonly processors: readonly ProcessorSpec[];
  readonly json: boolean;
}

/** `concord projection status | rebuild | promote | verify [PROCESSOR]`. */
export async function projectionCommand(
  action: string,
  processor: string | undefined,
  options: { readonly data: string; readonly json?: boolean; readonly channelRules?: string },
  env: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  if (!Object.hasOwn(ACTIONS, action))
    throw new UsageError(`"${action}" is not one of ${Object.keys(ACTIONS).join(', ')}`);
  if (options.channelRules !== undefined) {
    if (action !== 'rebuild' || processor !== 'figures')
      throw new UsageError('--channel-rules belongs to "projection rebuild figures"');
    await withLedger(options.data, env, { mustExist: true }, (ledger) =>
      applyRules(ledger, options.channelRules ?? ''),
    );
  }
  // Opened afresh: which rules the figures stand on is read when a ledger is opened.
  return withLedger(options.data, env, { mustExist: true }, async (ledger) => {
    const all = ledger.processors.map(({ spec }) => spec);
    // Credit stands beside figures: both are restated, so that /roi never sets one beside the other under different rules for long.
    const wanted = (one: string): boolean =>
      options.channelRules === undefined ? one === processor : followsChannelRules(one);
    const processors = processor === undefined ? all : all.filter((spec) => wanted(spec.processor));
    if (processors.length === 0)
      throw new UsageError(
        `there is no processor "${processor ?? ''}"; known are ${all.map((spec) => spec.processor).join(', ')}`,
      );
    return ACTIONS[action as keyof typeof ACTIONS]({ ledger, processors, json: options.json === true }); // one of its keys
  });
}

/** From now on figures and credit show the past under this version of the channel rules, or (`recorded`) as it was recorded. */
async function applyRules({ eventStore, roster, hasher }: Ledger, text: string): Promise<void> {
  if (text !== 'recorded' && !/^[1-9]\d{0,8}$/.test(text))
    throw new UsageError(`--channel-rules takes a version such as 2, or "recorded", not "${text}"`);
  const version = text === 'recorded' ? null : Number(text);
  const context: CommandContext = {
    commandId: freshUuid(),
    commandDigest: hasher.digest(canonicalJson({ version })),
    correlationId: freshUuid(),
    causationId: null,
    actor: { id: 'command-line', team: 'system' },
    now: Date.now(),
  };
  await handleApplyChannelRules({ store: eventStore, roster }, context, { version });
}

async function status({ ledger, processors, json }: Work): Promise<ExitCode> {
  const { eventStore, readStore } = ledger;
  const names = new Set(processors.map((spec) => spec.processor));
  const found = (await projectionStatus(eventStore, readStore)).filter((one) => names.has(one.processor));
  if (json)
    printJson(
      found.map((one) => ({
        ...one,
        lanes: one.lanes.map((lane) => ({ ...lane, position: positionText(lane.position ?? START) })),
      })),
    );
  else process.stdout.write(`${statusTable(found)}\n`);
  return EXIT.done;
}

const statusTable = (found: readonly ProcessorStatus[]): string =>
  table(
    ['processor', 'generation', 'version', 'lane', 'position', 'behind', 'state'].map((name) => ({
      name,
      align: name === 'processor' || name === 'state' ? 'left' : 'right',
    })),
    found.flatMap(({ processor, generation, version, active, lanes }) =>
      lanes.map(({ lane, position, behind, stalled }) => [
        processor,
        String(generation),
        String(version),
        String(lane),
        positionText(position ?? START),
        numberText(behind),
        stalled !== null ? `stalled: ${stalled.reason}` : active ? (behind === 0 ? 'current' : 'behind') : 'not active',
      ]),
    ),
  );

async function rebuildThem({ ledger, processors, json }: Work): Promise<ExitCode> {
  const { eventStore, readStore } = ledger;
  const openLane = openLanes(ledger);
  const rebuilt: { processor: string; generation: number; seconds: number }[] = [];
  for (const processor of processors) {
    const bar = progressBar(`rebuild ${processor.processor}`, { unit: 'events' });
    const began = performance.now();
    try {
      const generation = await rebuild({
        eventStore,
        readStore,
        processor,
        lanes: usualLanes(ledger.config),
        openLane,
        onProgress: follow(bar, Number(await eventStore.head())),
      });
      rebuilt.push({ processor: processor.processor, generation, seconds: (performance.now() - began) / 1000 });
    } finally {
      bar.stop();
    }
    if (!json)
      process.stdout.write(
        `${processor.processor}: generation ${rebuilt.at(-1)?.generation ?? ''} is active (${(rebuilt.at(-1)?.seconds ?? 0).toFixed(1)} s)\n`,
      );
  }
  if (json) printJson(rebuilt);
  return EXIT.done;
}

const follow =
  (bar: ProgressBar, head: number) =>
  ({ checkpoints }: GenerationStatus): void =>
    bar.update(Math.min(...checkpoints.map((position) => Number(position ?? START))), head);

/** Finishes generations that a rebuild left behind. */
async function promoteThem({ ledger, processors, json }: Work): Promise<ExitCode> {
  const { eventStore, readStore } = ledger;
  const openLane = openLanes(ledger);
  const waiting = (await readStore.status()).filter(
    (one) => !one.active && processors.some((spec) => spec.processor === one.processor),
  );
  if (waiting.length === 0)
    throw new UsageError('no generation waits to be promoted; "concord projection rebuild" makes one');
  const promoted: { processor: string; generation: number }[] = [];
  for (const processor of processors) {
    const generation = Math.max(
      ...waiting.filter((one) => one.processor === processor.processor).map((one) => one.generation),
    );
    if (!Number.isFinite(generation)) continue;
    await promote({ eventStore, readStore, processor, generation, openLane });
    promoted.push({ processor: processor.processor, generation });
    if (!json) process.stdout.write(`${processor.processor}: generation ${generation} is active\n`);
  }
  if (json) printJson(promoted);
  return EXIT.done;
}

/** Builds everything once more beside what is there and compares; differences are a failure. */
async function verifyThem({ ledger, processors, json }: Work): Promise<ExitCode> {
  const { eventStore, readStore } = ledger;
  const openLane = openLanes(ledger);
  const verdicts: Verdict[] = [];
  for (const processor of processors) {
    const bar = progressBar(`verify ${processor.processor}`, { unit: 'events' });
    const { lanes } = await readStore.active(processor.processor);
    try {
      verdicts.push(
        await verify({
          eventStore,
          readStore,
          processor,
          lanes,
          openLane,
          onProgress: follow(bar, Number(await eventStore.head())),
        }),
      );
    } finally {
      bar.stop();
    }
  }
  if (json) printJson(verdicts.map((verdict) => ({ ...verdict, position: positionText(verdict.position) })));
  else {
    const rows = verdicts.flatMap(({ processor, views }) =>
      views.map(({ view, documents, same, differing }) => [
        processor,
        view,
        numberText(documents),
        same ? 'same' : `differs: ${differing.slice(0, 3).join(', ')}`,
      ]),
    );
    process.stdout.write(
      `${table(
        ['processor', 'view', 'documents', 'verdict'].map((name) => ({
          name,
          align: name === 'documents' ? 'right' : 'left',
        })),
        rows,
      )}\n`,
    );
  }
  return verdicts.every(({ same }) => same) ? EXIT.done : EXIT.failed;
}
