package nmt4j.service;

/// A request that gets no translation.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /// @param status  an HTTP status, 4xx or 5xx
    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
