package nmt4j.diagnostics.sanity;

/// What one check says.
///
/// @param check   what must hold, in words
/// @param figure  measured
/// @param limit   of the figure
/// @param where   the worst place, or why it failed; empty if there is nothing to add
public record Finding(String check, String figure, String limit, boolean passed, String where) {}
