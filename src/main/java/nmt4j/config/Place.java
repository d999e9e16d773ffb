package nmt4j.config;

/// Where a value comes from.
///
/// @param source  a file, or `--set`
/// @param line    counted from 1; 0 where there are no lines
record Place(String source, int line) {
    /// A place that has no lines.
    static Place of(String source) {
        return new Place(source, 0);
    }
}
