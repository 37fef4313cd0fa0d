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

/** Keys whose commands are under way at the same time: enough to fill a group commit, and bounded. */
const SIDE_BY_SIDE = 256;

/** An item with the context of the command that it is. */
export interface Part<Item> {
  readonly context: CommandContext;
  readonly item: Item;
}

/**
 * Judges each item as a command of its own (its id derives from the list's and its index). Those of one key are handed over together, in the
 * order given, and get an answer each; different keys go side by side. A refusal of `run` is the answer of all it was given; a ledger out of
 * reach fails the whole.
 */
export async function answerGroups<Item>(
  context: CommandContext,
  items: readonly (Item | DomainError)[],
  keyOf: (item: Item) => string,
  run: (parts: readonly [Part<Item>, ...Part<Item>[]]) => Promise<readonly (Outcome | DomainError)[]>,
): Promise<readonly (Outcome | DomainError)[]> {
  const answers = new Map<number, Outcome | DomainError>();
  const parts: (Part<Item> & { readonly index: number })[] = [];
  for (const [index, item] of items.entries()) {
    if (item instanceof DomainError) answers.set(index, item);
    else parts.push({ index, item, context: partOf(context, index) });
  }
  const groups = Map.groupBy(parts, ({ item }) => keyOf(item)).values();
  const work = async (): Promise<void> => {
    // The workers share one iterator: each takes the next key when it is done with one.
    for (const group of groups) {
      const [first, ...others] = group;
      if (first === undefined) continue;
      const answered = await orRefusal(() => run([first, ...others]));
      for (const [place, { index }] of group.entries()) {
        const answer = answered instanceof DomainError ? answered : answered[place];
        if (answer !== undefined) answers.set(index, answer);
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return items.map((_, index) => answers.get(index) ?? missing(index));
}

/** The same where each command is run alone, one after the other within its key. */
export const answerEach = <Item>(
  context: CommandContext,
  items: readonly (Item | DomainError)[],
  keyOf: (item: Item) => string,
  run: (context: CommandContext, item: Item) => Promise<Outcome>,
): Promise<readonly (Outcome | DomainError)[]> =>
  answerGroups(context, items, keyOf, async (parts) => {
    const answers: (Outcome | DomainError)[] = [];
    for (const part of parts) answers.push(await orRefusal(() => run(part.context, part.item)));
    return answers;
  });

/** A refusal as an answer. Throws when the ledger is out of reach. */
export async function orRefusal<Answer>(answer: () => Promise<Answer>): Promise<Answer | DomainError> {
  try {
    return await answer();
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
