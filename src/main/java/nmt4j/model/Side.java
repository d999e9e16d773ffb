package nmt4j.model;

/// The two sides of a translation.
public enum Side { SOURCE, TARGET }
