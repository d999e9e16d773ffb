package nmt4j.decoding;

/// Hears what becomes of the prefixes of one sentence in a beam search. Each step begins with what may follow each prefix;
/// then come those that were chosen, and those of them that are given up.
interface BeamListener {
    /// Does not listen.
    BeamListener NONE = new BeamListener() {};

    /// A prefix may go on freely.
    ///
    /// @param next  after the rules; as it is until the next step
    default void choosing(Prefix prefix, NextTokens next) {}

    /// One of the K best is to go on.
    default void kept(Prefix prefix) {}

    /// One of the K best is a translation.
    ///
    /// @param prefix  with `</s>`
    default void ended(Prefix prefix, Hypothesis translation) {}

    /// One that was kept need not go on: nothing that it can become is wanted.
    default void givenUp(Prefix prefix) {}

    default void stepped() {}
}
