package nmt4j.decoding;

/// When a beam search is done with a sentence.
public enum Stopping {
    /// As soon as as many translations have ended as are wanted.
    FIRST,
    /// As soon as K translations have ended.
    FULL,
    /// When no prefix that is left can become one of the best: what the beam finds is what it would find in the end.
    BOUNDED;

    /// @param ended   translations that have ended
    /// @param wanted  translations that are wanted
    /// @param size    K
    boolean isOver(int ended, int wanted, int size) {
        return switch (this) {
            case FIRST -> ended >= wanted;
            case FULL -> ended >= size;
            case BOUNDED -> false;
        };
    }
}
