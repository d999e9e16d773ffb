package nmt4j.training;

/// Where a run tells a person how it goes.
public interface Console {
    /// A line to be kept.
    void line(String line);

    /// How far the run is.
    ///
    /// @param total  updates; 0 if that is not known
    void progress(long update, long total);
}
