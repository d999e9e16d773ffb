package nmt4j.config;

/// A record with rules between its keys.
interface Checked {
    /// Says what is wrong between keys that are each right by themselves.
    void check(Rules rules);
}
