package nmt4j.kernel;

/// What several threads throw: the first of it, the rest as suppressed.
final class Thrown {
    private Throwable first;

    synchronized void add(Throwable e) {
        if (first == null) first = e;
        else if (first != e) first.addSuppressed(e);
    }

    /// Throws it if there is any, and forgets it.
    void rethrow() {
        switch (take()) {
            case null -> {
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }

    private synchronized Throwable take() {
        var taken = first;
        first = null;
        return taken;
    }
}
