import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { DomainError, malformed } from '#kernel/errors.js';
import { uuidv5 } from '#kernel/ids.js';
import { commandAnswer, type CommandAnswer } from './command-endpoint.js';
import { problemOf, type Problem } from './problem.js';

/** Commands that one body brings at the most. */
export const MOST_AT_ONCE = 1000;

/**
 * The items of a body that is a list; what is wrong within an item is the item's own answer. Throws `REQUEST.INVALID` when the body is no list
 * of 1 to 1,000. `things`: what they are called.
 */
export function commandItems<Item>(
  body: unknown,
  things: string,
  read: (item: unknown) => Item,
): readonly (Item | DomainError)[] {
  if (!Array.isArray(body) || body.length === 0 || body.length > MOST_AT_ONCE) {
    const detail = `the body must be a list of 1 to ${MOST_AT_ONCE} ${things}`;
    throw malformed('REQUEST.INVALID', detail, [{ pointer: '', code: 'IS_ARRAY', detail }]);
  }
  return body.map((item: unknown) => {
    try {
      return read(item);
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  });
}

/** The answer to a list of commands: one each, in order. */
export const listAnswer = (
  outcomes: readonly (Outcome | DomainError)[],
  { correlationId }: Pick<CommandContext, 'correlationId'>,
): { readonly items: readonly (CommandAnswer | Problem)[] } => ({
  items: outcomes.map((outcome) =>
    outcome instanceof DomainError ? problemOf(outcome, correlationId).problem : commandAnswer(outcome),
  ),
});

/** Commands of different keys that are under way at the same time: enough to fill a group commit, and bounded. */
const SIDE_BY_SIDE = 64;

/**
 * Judges each item alone, as a command of its own (its id derives from the list's and its index). Those of one key are done in the order given,
 * different keys side by side. Only refusals become answers; a ledger out of reach fails the whole.
 */
export async function answerEach<Item>(
  context: CommandContext,
  items: readonly (Item | DomainError)[],
  keyOf: (item: Item) => string,
  run: (context: CommandContext, item: Item) => Promise<Outcome>,
): Promise<readonly (Outcome | DomainError)[]> {
  const answers = new Map<number, Outcome | DomainError>();
  const byKey = Map.groupBy(items.entries(), ([, item]) => (item instanceof DomainError ? '' : keyOf(item)));
  const groups = byKey.values();
  const work = async (): Promise<void> => {
    // The workers share one iterator: each takes the next key when it is done with one.
    for (const group of groups) {
      for (const [index, item] of group) answers.set(index, await answerTo(item, partOf(context, index), run));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return items.map((_, index) => answers.get(index) ?? missing(index));
}

async function answerTo<Item>(
  item: Item | DomainError,
  context: CommandContext,
  run: (context: CommandContext, item: Item) => Promise<Outcome>,
): Promise<Outcome | DomainError> {
  if (item instanceof DomainError) return item;
  try {
    return await run(context, item);
  } catch (error) {
    if (error instanceof DomainError && error.kind !== 'unavailable') return error;
    throw error;
  }
}

/** If-Match is about one stream, and has no meaning for many. */
const partOf = ({ expectedRevision: _, ...context }: CommandContext, index: number): CommandContext => ({
  ...context,
  commandId: uuidv5(context.commandId, String(index)),
  causationId: context.commandId,
});

const missing = (index: number): never => {
  throw new Error(`item ${index} was not answered`);
};
