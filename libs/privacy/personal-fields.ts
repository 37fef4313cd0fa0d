/** By event type: the members of `data` that hold personal data, each encrypted as a whole (null stays null). */
export type PersonalFields = Readonly<Record<string, readonly string[]>>;
