package nmt4j.model;

/// Of a translation.
public enum Side { SOURCE, TARGET }
